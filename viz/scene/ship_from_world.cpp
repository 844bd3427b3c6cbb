#include "viz/scene/ship_from_world.h"

#include "base/text.h"
#include "viz/player/step_index.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/scene/ship_words.h"
#include "viz/text/call_words.h"
#include "viz/text/engine_told.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

Picture picture_at(const Trace& trace, const World& world, std::size_t position,
                   const PictureOptions& options, const Census& census) {
  const Past past{trace, options.index, position};
  const std::int64_t window = cpu_window(past, world, options.cpu_window_ns);
  Picture p{trace,
            world,
            options,
            census,
            spec::Words::of(),
            position,
            story_at(trace, position, options.index),
            happening_at(trace, position, options.focus),
            host_task(world),
            window,
            cpu_lately(past, world, window),
            {},
            0,
            {},
            {},
            {}};
  measure_memory(p);
  p.stop = stop_wait_at(trace, world, position, p.story.done ? kNowhere : p.story.typed_at);
  if (p.now) {
    p.touched = touched_by(*p.now);
    p.path = path_of_call(world, *p.now);
  }
  return p;
}

// Is the command one that docker's client carries out, and not the host's own (sleep, ls)?
bool engine_is_asked(const Picture& p) {
  const auto& engine = *p.world.engine;
  return !engine.requests.empty() ||
         (!engine.commands.empty() && starts_with(engine.commands.back().line, "docker"));
}

// The engine alone is at work; or all is over and the greeting has come true.
bool engine_is_on_stage(const Picture& p) {
  if (!p.options.large_engine || p.story.typed_at == kNowhere || !engine_is_asked(p)) return false;
  if (p.story.done) return !p.options.sentence_cards.empty();
  return !p.story.beat || *p.story.beat <= spec::Beat::Create;
}

std::string running_words(const Picture& p) {
  std::int64_t running = 0;
  for (const cutaway::Container* container : p.census.containers())
    running += p.census.first_alive(*container) != nullptr ? 1 : 0;
  return running == 0 ? "" : counted(running, "container") + (running == 1 ? " runs" : " run");
}

std::string quiet_processes(const Picture& p) {
  std::string image = p.story.looked || p.story.done ? wanted_image(p.world) : "";
  const std::string running = running_words(p);
  if (image.empty() && !running.empty()) return running;
  if (image.empty()) image = p.words["text.the.container"].what;
  const spec::Sentence& said = p.words["text.quiet.processes"];
  const std::string nothing =
      fill(p.story.done ? said.why : said.what, [&image](std::string_view) { return image; });
  return running.empty() ? nothing : running + "; " + nothing;
}

std::string quiet_kernel(const ShipModel& model) {
  std::int64_t rows = 0;
  for (const Container& container : model.containers) rows += container.actor.gate ? 1 : 0;
  if (rows == 0) return spec::Words::of()["text.quiet.kernel"].what;
  return counted(rows + 1, "row");
}

void set_stage(const Picture& p, ShipModel& model) {
  using Size = ShipModel::Size;
  const bool at_rest = p.options.large_engine && p.story.typed_at != kNowhere && !p.story.done &&
                       !engine_is_asked(p);
  if (at_rest) model.size[0] = Size::Folded;
  if (!engine_is_on_stage(p)) return;
  model.size = {Size::Large, Size::Folded, Size::Folded, Size::Folded};
  model.quiet = {"", quiet_processes(p), quiet_kernel(model), p.words["text.quiet.hardware"].what};
  fill_large_engine(p, model.engine);
}

}  // namespace

ShipModel ship_model(const Trace& trace, const World& world, std::size_t position,
                     const PictureOptions& options) {
  Census own;
  Census& census = options.census != nullptr ? *options.census : own;
  census.take(world);
  const Picture p = picture_at(trace, world, position, options, census);
  ShipModel model;
  model.capacity = options.berths;
  model.engine = engine_model(p);
  model.host = host_actor(p);
  model.host_tasks = host_task_models(p);
  for (const cutaway::Container* container : census.containers()) {
    model.containers.push_back(container_model(p, *container));
  }
  model.hardware.cpus = cpu_lanes(p);
  fill_memory(p, model.hardware);
  fill_disk(p, model.hardware);
  fill_card(p, model.hardware);
  model.packet = packet_model(p);
  model.signal = signal_model(p);
  model.frame = frame_model(p);
  model.grace = grace_model(p);
  tell_grace(model);
  let_pass(model, options.later_ns);
  model.lost = lost_lately(p);
  model.outside = outside_model(p);
  if (model.outside) {
    const ShipWords words;
    model.host.name = words.vm;
    if (!model.hardware.host_files.empty())
      model.hardware.host_files = {"/", words.vm + "'s", "files"};
  }
  set_stage(p, model);
  return model;
}

}  // namespace cutaway::viz
