// The engine's records: commands, requests, images, layers, containers.
#include <algorithm>
#include <utility>

#include "trace/world/evolve_parts.h"
#include "trace/world/lookup.h"

namespace cutaway {
namespace {

/// A layer goes with the last image or container that stands on it.
bool layer_used(const World& world, const std::string& digest) {
  const auto lists = [&digest](const std::vector<std::string>& layers) {
    return std::find(layers.begin(), layers.end(), digest) != layers.end();
  };
  for (const auto& entry : *world.images) {
    if (lists(entry.second.layers)) return true;
  }
  return world.containers.first(
             [&lists](const Container& container) { return lists(container.layers); }) != nullptr;
}

Layer& layer(World& world, const std::string& digest) {
  Layer& found = world.layers.mutate()[digest];
  found.digest = digest;
  return found;
}

}  // namespace

void evolve_body(World& world, const Stamp& stamp, const CliTyped& body) {
  EngineState& engine = world.engine.mutate();
  CommandRecord record;
  record.line = body.line;
  record.client = stamp.task;
  engine.commands.push_back(std::move(record));
  engine.requests.clear();
}

void evolve_body(World& world, const Stamp& stamp, const CliDone& body) {
  const std::optional<std::size_t> done = command_of(world, stamp.task);
  if (!done) return;
  CommandRecord& record = world.engine.mutate().commands.mutate(*done);
  record.done = true;
  record.exit = body.exit;
}

void evolve_body(World& world, const Stamp&, const ApiRequested& body) {
  note_id(world.counters.request, body.id);
  world.engine.mutate().requests.push_back(ApiCall{body.id, body.method, body.path, 0});
}

void evolve_body(World& world, const Stamp&, const ApiAnswered& body) {
  for (ApiCall& call : world.engine.mutate().requests) {
    if (call.id == body.id) call.status = body.status;
  }
}

void evolve_body(World& world, const Stamp&, const ImageLookedUp& body) {
  EngineState& engine = world.engine.mutate();
  if (body.where == "hub") {
    ++engine.hub_asked;
    return;
  }
  engine.last_lookup = body.ref;
  engine.last_hit = body.hit;
}

void evolve_body(World& world, const Stamp&, const ImageTagged& body) {
  world.images.mutate()[body.ref] = body.image;
}

void evolve_body(World& world, const Stamp&, const ImageRemoved& body) {
  const auto found = world.images->find(body.ref);
  if (found == world.images->end()) return;
  const std::vector<std::string> layers = found->second.layers;
  world.images.mutate().erase(body.ref);
  for (const std::string& digest : layers) {
    if (!layer_used(world, digest)) world.layers.mutate().erase(digest);
  }
}

void evolve_body(World& world, const Stamp&, const LayerFetched& body) {
  Layer& fetched = layer(world, body.digest);
  fetched.bytes = body.bytes;
  fetched.of = body.of;
}

void evolve_body(World& world, const Stamp&, const LayerVerified& body) {
  layer(world, body.digest).verified = body.ok;
}

void evolve_body(World& world, const Stamp&, const LayerUnpacked& body) {
  Layer& unpacked = layer(world, body.digest);
  unpacked.path = body.path;
  unpacked.size = body.size;
}

void evolve_body(World& world, const Stamp& stamp, const ContainerCreated& body) {
  note_id(world.counters.container, body.container.number);
  if (!body.container.number) return;
  Container container = body.container;
  if (container.created == 0) container.created = stamp.t;
  world.containers.put(body.container.number, std::move(container));
}

void evolve_body(World& world, const Stamp& stamp, const ContainerStarted& body) {
  Container* container = container_of(world, stamp);
  if (container == nullptr) return;
  container->state = ContainerState::Running;
  container->started = stamp.t;
  container->finished = -1;
  container->exit_code = 0;
  container->oom_killed = false;
  container->error.clear();
  container->init = body.init;
  container->cgroups = body.cgroups;
}

void evolve_body(World& world, const Stamp& stamp, const ContainerRenamed& body) {
  if (Container* container = container_of(world, stamp)) container->name = body.name;
}

void evolve_body(World& world, const Stamp& stamp, const ContainerPaused&) {
  if (Container* container = container_of(world, stamp)) container->state = ContainerState::Paused;
}

void evolve_body(World& world, const Stamp& stamp, const ContainerUnpaused&) {
  if (Container* container = container_of(world, stamp)) container->state = ContainerState::Running;
}

void evolve_body(World& world, const Stamp& stamp, const ContainerExited& body) {
  Container* container = container_of(world, stamp);
  if (container == nullptr) return;
  container->exit_code = body.code;
  container->init = TaskId{};
  container->cgroups.clear();
  if (!body.error.empty()) {  // the start failed: as before it, with the reason
    container->error = body.error;
    container->state = ContainerState::Created;
    return;
  }
  container->state = ContainerState::Exited;
  container->oom_killed = container->oom_killed || body.oom;
  container->finished = stamp.t;
}

void evolve_body(World& world, const Stamp& stamp, const ContainerOom&) {
  if (Container* container = container_of(world, stamp)) container->oom_killed = true;
}

void evolve_body(World& world, const Stamp& stamp, const ContainerRemoved&) {
  const Container* found = world.containers.find(stamp.container);
  if (found == nullptr) return;
  const std::vector<std::string> layers = found->layers;
  world.containers.erase(stamp.container);
  for (const std::string& digest : layers) {
    if (!layer_used(world, digest)) world.layers.mutate().erase(digest);
  }
}

void evolve_body(World& world, const Stamp& stamp, const ContainerLogged& body) {
  Container* container = container_of(world, stamp);
  if (container == nullptr) return;
  std::vector<Segment>& log =
      body.channel == "stderr" ? container->log_stderr : container->log_stdout;
  log.push_back(Segment{body.data, 0, body.bytes});
}

}  // namespace cutaway
