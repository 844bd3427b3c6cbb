#include "viz/text/caption.h"

#include "base/text.h"
#include "spec/words.h"
#include "viz/player/event_class.h"
#include "viz/player/step_index.h"
#include "viz/text/call_checks.h"
#include "viz/text/call_parts.h"
#include "viz/text/call_path.h"
#include "viz/text/call_words.h"
#include "viz/text/engine_told.h"
#include "viz/text/event_words.h"
#include "viz/text/oom_parts.h"
#include "viz/text/people.h"
#include "viz/text/signal_parts.h"
#include "viz/text/story.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

/// What a caption is made from.
struct Telling {
  const Trace& trace;
  const World& world;
  const spec::Words& words;
  Story story;
  std::optional<Happening> now;
  std::optional<StopWait> stop;  ///< a stop that gives grace
};

spec::Sentence key_sentence(const Telling& t, const std::string& key) { return t.words[key]; }

std::string step_key(const Telling& t) {
  const StepId step = t.now ? t.now->event.stamp.step : StepId{};
  std::string_view name = step ? t.trace.step_name(step) : std::string_view();
  if (name.empty() && t.story.step != nullptr) name = t.story.step->id;
  return "step." + std::string(name);
}

/// A litmus program: somebody works, or waits for who did, though nobody has typed a command.
bool is_of_a_program(const Telling& t) {
  return t.world.tasks.first([](const cutaway::Task& task) {
    return task.role == Role::Init || task.role == Role::Workload;
  }) != nullptr;
}

spec::Sentence command_sentence(const Telling& t) {
  const auto& commands = t.world.engine->commands;
  if (t.story.typed_at == kNowhere || commands.empty())
    return t.words[is_of_a_program(t) ? "text.command.program" : "text.command.none"];
  const CommandRecord& command = commands.back();
  const spec::Sentence& said = t.words[command.done ? "text.command.done" : "text.command.runs"];
  const auto value = [&command](std::string_view name) {
    return name == "exit" ? decimal(command.exit) : command.line;
  };
  // The status is that of a container's program only where the command has waited for one.
  const bool waited =
      t.story.has_reached(spec::Beat::Start) && t.story.has_reached(spec::Beat::End);
  const bool why = !command.done || waited;
  return {fill(said.what, value), why ? fill(said.why, value) : std::string()};
}

spec::Sentence beat_sentence(const Telling& t) {
  if (!t.story.beat) return command_sentence(t);
  spec::Sentence said = t.words["beat." + std::string(spec::beat_name(*t.story.beat))];
  if (said.why.empty()) said.why = key_sentence(t, step_key(t)).what;
  return said;
}

spec::Sentence step_sentence(const Telling& t) {
  spec::Sentence said = key_sentence(t, step_key(t));
  return said.what.empty() ? beat_sentence(t) : said;
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string as_sentence(std::string text) {
  text = capitalized(std::move(text));
  const bool ended =
      !text.empty() && (text.back() == '.' || text.back() == '?' || text.back() == '!');
  return ended ? text : text + ".";
}

std::string said_of(const Telling& t, std::size_t index) {
  return as_sentence(event_words(t.trace, index, t.world));
}

std::optional<OomNews> oom_told(const Telling& t) {
  return t.now ? oom_news(t.trace, t.world, t.now->event) : std::nullopt;
}

/// What has words of its own: memory that runs out, and signals.
std::optional<spec::Sentence> news_told(const Telling& t) {
  if (const auto oom = oom_told(t)) return oom_sentence(t.words, t.world, *oom);
  return t.now ? signal_sentence(t.words, t.world, *t.now, t.stop) : std::nullopt;
}

std::string_view stopped_key(Where reach) {
  return reach == Where::Gate     ? "text.stopped.gate"
         : reach == Where::Rights ? "text.stopped.rights"
         : reach == Where::Row    ? "text.stopped.row"
                                  : "text.stopped.table";
}

/// Why a call is made: what its step does. A refusal did not do it, and who ends does nothing more.
std::string reason_of(const Telling& t, const Syscall& call) {
  const CallPath path = path_of_call(t.world, *t.now);
  if (path.refused) {
    const cutaway::Task* caller = t.world.tasks.find(t.now->caller);
    const auto right = caller == nullptr ? std::nullopt : right_check(t.world, *caller, call);
    const bool elsewhere = path.reach == Where::Rights && right && right->held_elsewhere;
    return t.words[elsewhere ? "text.stopped.elsewhere" : stopped_key(path.reach)].what;
  }
  const bool ends = call.sys == abi::Sys::exit || call.sys == abi::Sys::exit_group;
  if (ends && step_key(t) != "step.exit") return t.words["text.ends"].what;
  return key_sentence(t, step_key(t)).what;
}

/// The call at hand; of one that its task still waits in nobody knows the answer.
Syscall call_so_far(const Telling& t) {
  Syscall call = *t.now->call;
  const cutaway::Task* caller = t.world.tasks.find(t.now->caller);
  const bool waits = caller != nullptr && caller->state == TaskState::Blocked;
  if (waits && !t.now->answered) call.returned = false;
  return call;
}

spec::Sentence call_sentence_of(const Telling& t) {
  if (!t.now) return step_sentence(t);
  if (auto told = news_told(t)) return *told;
  if (std::holds_alternative<CliDone>(t.now->event.body)) return command_sentence(t);
  if (!t.now->call) return {said_of(t, t.now->index), step_sentence(t).what};
  spec::Sentence said = call_sentence(t.words, t.world, t.now->caller, call_so_far(t));
  if (said.why.empty()) said.why = reason_of(t, *t.now->call);
  return said;
}

/// The effect first, then the call that did it.
spec::Sentence effect_sentence(const Telling& t) {
  if (!t.now || is<Syscall>(t.trace.record(t.now->index))) return call_sentence_of(t);
  if (auto told = news_told(t)) return *told;
  spec::Sentence said = {said_of(t, t.now->index), {}};
  if (t.now->call) {
    said.why = task_tag(t.world, t.now->caller) + ": " + call_label(*t.now->call, 60) + ".";
  } else {
    said.why = key_sentence(t, step_key(t)).why;
  }
  return said;
}

std::vector<CaptionPart> engine_parts(const Telling& t) {
  static constexpr std::string_view kHeads[] = {
      "text.part.ask", "text.part.look", "text.part.again", "text.part.fetch", "text.part.layers"};
  std::vector<CaptionPart> parts;
  for (const EnginePoint& point : engine_points(t.world, t.story)) {
    const PartState state = point.state == EnginePoint::State::Bad   ? PartState::Bad
                            : point.state == EnginePoint::State::Now ? PartState::Next
                                                                     : PartState::Ok;
    parts.push_back({point.number, t.words[kHeads[static_cast<std::size_t>(point.kind)]].what,
                     point.value, state});
  }
  return parts;
}

bool engine_at_work(const Telling& t) {
  return !t.story.beat || *t.story.beat <= spec::Beat::Create;
}

std::vector<CaptionPart> parts_of(const Telling& t, StepSize size) {
  std::vector<CaptionPart> parts;
  if (const auto oom = oom_told(t)) {
    for (OomPart& each : oom_way(t.words, t.world, *oom)) parts.push_back(std::move(each.part));
    return parts;
  }
  if (t.now && signal_news(t.now->event.body)) {
    for (SignalPart& each : signal_way(t.words, t.world, *t.now, t.stop))
      parts.push_back(std::move(each.part));
    return parts;
  }
  const bool coarse = size == StepSize::Command || size == StepSize::Beat;
  if (coarse && (engine_at_work(t) || !t.now || !t.now->call)) return engine_parts(t);
  if (t.now && t.now->call) return call_parts(t.words, t.world, *t.now);
  return engine_at_work(t) ? engine_parts(t) : std::vector<CaptionPart>();
}

spec::Sentence sentence_of(const Telling& t, StepSize size) {
  switch (size) {
    case StepSize::Command:
      return command_sentence(t);
    case StepSize::Beat:
      return beat_sentence(t);
    case StepSize::EngineStep:
      return step_sentence(t);
    case StepSize::Syscall:
      return call_sentence_of(t);
    case StepSize::Effect:
      return effect_sentence(t);
  }
  return {};
}

}  // namespace

Caption caption_of(const Trace& trace, const World& world, std::size_t position, StepSize size,
                   EventIndex focus, const StepIndex* index) {
  Telling t{trace,
            world,
            spec::Words::of(),
            story_at(trace, position, index),
            happening_at(trace, position, focus),
            {}};
  if (!t.story.done) t.stop = stop_wait_at(trace, world, position, t.story.typed_at);
  const spec::Sentence said = position == 0 ? t.words["text.start"] : sentence_of(t, size);
  return {said.what, said.why, position == 0 ? std::vector<CaptionPart>() : parts_of(t, size)};
}

}  // namespace cutaway::viz
