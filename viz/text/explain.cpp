#include "viz/text/explain.h"

#include "base/text.h"
#include "spec/words.h"
#include "viz/player/causes.h"
#include "viz/text/caption.h"
#include "viz/text/event_words.h"
#include "viz/text/model_words.h"
#include "viz/text/people.h"
#include "viz/text/signal_parts.h"
#include "viz/text/story.h"
#include "viz/text/told.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

constexpr std::size_t kMostCauses = 6;
constexpr std::size_t kMostTold = 12;

void tell_head(const Trace& trace, const World& world, std::size_t position, TextLines& lines) {
  const auto count = static_cast<std::int64_t>(trace.size());
  const std::string side = trace.header.side == SideKind::Sim ? "simulated" : "real";
  lines.add({{"Event " + decimal(static_cast<std::int64_t>(position)) + " of " + decimal(count),
              Ink::Strong},
             {"after " + clock_words(world.now) + ", " + side + ".", Ink::Plain}});
}

std::string_view mark_of(CaptionPart::State state) {
  switch (state) {
    case PartState::Ok:
      return " ✓";
    case PartState::Bad:
      return " ✗";
    case PartState::Limit:
      return " (limit)";
    case PartState::Next:
      return " (next)";
    case PartState::Plain:
      break;
  }
  return "";
}

void tell_caption(const Caption& caption, TextLines& lines) {
  lines.blank();
  lines.add({{caption.what, Ink::Strong}, {caption.why, Ink::Plain}});
  for (const CaptionPart& part : caption.parts) {
    lines.add(decimal(part.number) + " " + part.head + " " + part.value +
                  std::string(mark_of(part.state)),
              2, 4);
  }
}

/// Event n by its number: "[425] 1 in 8f2c: pivot_root(…) = 0".
std::string told_event(const Trace& trace, std::size_t n, const World& world) {
  const Event event = trace.event(n);
  const std::string index = "[" + decimal(static_cast<std::int64_t>(n)) + "] ";
  const auto* call = std::get_if<Syscall>(&event.body);
  if (call == nullptr) return index + event_words(trace, n, world);
  Event shown = event;
  shown.body = for_people(*call);
  const std::string who = task_tag(world, event.stamp.task);
  return index + (who.empty() ? "" : who + ": ") + event_words(spec::Words::of(), world, shown);
}

void tell_changes(const Trace& trace, const World& world, const Happening& now, TextLines& lines) {
  lines.blank();
  lines.add({{spec::Words::of()["text.explain.changed"].what, Ink::Strong}});
  std::size_t told = 0;
  for (const auto& [index, event] : now.effects) {
    if (std::holds_alternative<Syscall>(event.body)) continue;
    if (told++ < kMostTold) lines.add(told_event(trace, index, world), 2, 4);
  }
  if (told > kMostTold) {
    const auto more = static_cast<std::int64_t>(told - kMostTold);
    lines.add("… and " + decimal(more) + " more", 2, 4);
  }
  if (told == 0) lines.add(spec::Words::of()["text.no.effect"].what, 2);
}

void tell_why(const Trace& trace, const World& world, std::size_t n, TextLines& lines) {
  lines.blank();
  lines.add({{spec::Words::of()["text.explain.why"].what, Ink::Strong}});
  const auto event = static_cast<EventIndex>(n);
  for (const EventIndex cause : causes_of(trace, StepIndex(trace), event, kMostCauses)) {
    lines.add(told_event(trace, cause, world), 2, 4);
  }
  const std::string step(trace.step_name(trace.event(n).stamp.step));
  const spec::Sentence& said = spec::Words::of()["step." + step];
  if (!said.what.empty()) {
    lines.add({{said.what, Ink::Plain}, {said.why, Ink::Plain}, {"[" + step + "]", Ink::Quiet}}, 2,
              4);
  }
}

}  // namespace

std::string explain(const Trace& trace, std::size_t position, int columns,
                    const PictureOptions& options) {
  const World world = trace.world_at(position);
  TextLines lines(columns);
  tell_head(trace, world, position, lines);
  const auto now = happening_at(trace, position, options.focus);
  const ShipModel model = ship_model(trace, world, position, options);
  Caption caption = caption_of(trace, world, position, StepSize::Effect, options.focus);
  if (model.grace) tell_grace(caption, *model.grace);
  tell_caption(caption, lines);
  if (now) {
    tell_changes(trace, world, *now, lines);
    tell_why(trace, world, now->index, lines);
  }
  tell_model(model, ShipWords{}, lines);
  return lines.take();
}

}  // namespace cutaway::viz
