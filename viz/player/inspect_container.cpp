// Containers, images and their layers: what the server's records say.
#include <algorithm>

#include "base/text.h"
#include "spec/config.h"
#include "trace/world/lookup.h"
#include "viz/player/inspect_parts.h"
#include "viz/text/engine_told.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kShortId = 12;

std::string short_id(std::string_view id) {
  if (starts_with(id, "sha256:")) id.remove_prefix(7);
  return std::string(id.substr(0, kShortId));
}

std::string word_list(const std::vector<std::string>& words) {
  return words.empty() ? "–" : join(words, " ");
}

void add_record(const Inspected& at, const cutaway::Container& box, Facts& facts) {
  const Origin made = set_by<ContainerCreated>().about(box.number);
  facts.title("Container");
  facts.value("state", state_words(at.world, box),
              set_by<ContainerCreated, ContainerStarted, ContainerPaused, ContainerUnpaused,
                     ContainerExited, ContainerOom>()
                  .about(box.number),
              true);
  if (box.state == ContainerState::Exited || !box.error.empty()) {
    const Origin ended = set_by<ContainerExited>().about(box.number);
    facts.value("exit code", decimal(box.exit_code), ended, true);
    if (box.oom_killed) facts.value("OOMKilled", "true", ended);
    if (!box.error.empty()) facts.value("error", box.error, ended);
  }
  facts.value("image", box.image, made);
  facts.value("command", word_list(box.argv), made);
  facts.value("id", short_id(box.id), made);
  facts.value("name", box.name, made);
  facts.value("hostname", short_ids(box.hostname), made);
  facts.value("terminal", box.tty ? "yes (-t)" : "no", made);
  facts.value("at its end", box.auto_remove ? "removed (--rm)" : "record stays", made);
}

void add_times(const cutaway::Container& box, Facts& facts) {
  facts.title("Times");
  facts.value("created", clock_words(box.created), set_by<ContainerCreated>().about(box.number));
  if (box.started >= 0) {
    facts.value("started", clock_words(box.started), set_by<ContainerStarted>().about(box.number));
  }
  if (box.finished >= 0) {
    facts.value("ended", clock_words(box.finished), set_by<ContainerExited>().about(box.number));
  }
}

void add_processes(const Inspected& at, const cutaway::Container& box, Facts& facts) {
  const auto tasks = tasks_of(at.world, box.number);
  facts.title("Processes");
  if (tasks.empty()) facts.words("None: it is a record.");
  for (const cutaway::Task* task : tasks) {
    const TaskId who = task->id;
    facts.value(decimal(own_pid(*task)), decimal(task->pid()) + " " + task->comm, birth_of(who));
  }
}

void add_host(const Inspected& at, Facts& facts) {
  facts.title("Host");
  facts.value("kernel", at.world.machine.kernel);
  facts.value("cpus", decimal(at.world.machine.cpus));
  facts.value("memory", memory_words(at.world.machine.memory));
  facts.value("containers", decimal(static_cast<std::int64_t>(at.world.containers.size())),
              set_by<ContainerCreated, ContainerRemoved>());
  const cutaway::Task* first = host_task(at.world);
  if (first != nullptr) add_namespaces(at, *first, facts);
}

/// Who stands on a layer.
std::string users_of(const World& world, const std::string& digest) {
  std::vector<std::string> names;
  for (const cutaway::Container* box : containers_by_slot(world)) {
    if (std::find(box->layers.begin(), box->layers.end(), digest) != box->layers.end())
      names.push_back(container_name(world, *box));
  }
  return names.empty() ? "nobody" : join(names, " ");
}

template <class T>
Origin of_layer(const std::string& digest) {
  return set_by<T>([digest](const T& event) { return event.digest == digest; });
}

void add_layer(const Inspected& at, const cutaway::Layer& layer, Facts& facts) {
  const std::string& digest = layer.digest;
  const Origin fetched = of_layer<LayerFetched>(digest);
  const Origin unpacked = of_layer<LayerUnpacked>(digest);
  facts.title("Layer");
  facts.value("digest", layer_name(digest), fetched);
  if (layer.of > 0) facts.value("fetched", size_of_words(layer.bytes, layer.of), fetched, true);
  facts.value("hash", layer.verified ? "right" : "not checked", of_layer<LayerVerified>(digest));
  facts.value("files", layer.path.empty() ? "not unpacked" : size_words(layer.size), unpacked,
              layer.of == 0);
  if (!layer.path.empty()) facts.value("folder", short_path(short_ids(layer.path), 28), unpacked);
  facts.value("used by", users_of(at.world, digest), set_by<ContainerCreated, ContainerRemoved>());
  facts.words("Drawn once, however many containers stand on it: nobody can write to it.");
}

void add_config(const std::string& text, const Origin& origin, Facts& facts) {
  const auto config = spec::image_config_from_json(text);
  if (!config) return;
  facts.title("Config");
  if (!config->entrypoint.empty()) facts.value("Entrypoint", word_list(config->entrypoint), origin);
  facts.value("Cmd", word_list(config->cmd), origin);
  for (const std::string& variable : config->env) facts.value("Env", variable, origin);
  if (!config->working_dir.empty()) facts.value("WorkingDir", config->working_dir, origin);
  if (!config->user.empty()) facts.value("User", config->user, origin);
  if (!config->stop_signal.empty()) facts.value("StopSignal", config->stop_signal, origin);
  for (const std::string& port : config->exposed_ports) facts.value("Port", port, origin);
  facts.value("for", config->os + " " + config->architecture, origin);
}

void add_image(const Inspected& at, const std::string& ref, const cutaway::Image& image,
               Facts& facts) {
  const Origin tagged = set_by<ImageTagged>([ref](const ImageTagged& e) { return e.ref == ref; });
  facts.title("Image");
  facts.value("name", ref, tagged, true);
  facts.value("id", short_id(image.id), tagged);
  facts.value("digest", short_id(image.digest),
              either(set_by<ImageResolved>([ref](const ImageResolved& e) { return e.ref == ref; }),
                     tagged));
  facts.value("size", size_words(image.size), tagged);
  facts.title("Layers, topmost first");
  for (auto digest = image.layers.rbegin(); digest != image.layers.rend(); ++digest) {
    const auto found = at.world.layers->find(*digest);
    const std::string size =
        found == at.world.layers->end() ? "not here" : size_words(found->second.size);
    facts.value(layer_name(*digest), size, of_layer<LayerUnpacked>(*digest));
  }
  add_config(image.config, tagged, facts);
}

}  // namespace

std::string owner_words(const World& world, ContainerId number) {
  if (!number) return "the host";
  const cutaway::Container* container = world.containers.find(number);
  return container == nullptr ? "a container that is gone"
                              : "container " + container_name(world, *container);
}

void say_gone(const Inspected& at, Facts& facts) {
  const ContainerId number = at.subject.container;
  const TaskId who = at.subject.task;
  const auto before = [&](EventIndex maker) {
    return maker == kNoEvent ? at.moment.position == 0 : maker >= at.moment.position;
  };
  if (who && before(at.index.maker_of(who))) return facts.words("It has not begun yet.");
  if (who && at.world.tasks.find(who) == nullptr)
    return facts.words("It has ended, and its exit code was collected.");
  if (number && at.world.containers.find(number) == nullptr) {
    const Origin made = set_by<ContainerCreated>().about(number);
    const EventIndex maker = next_set(at.trace, at.index, made, 0);
    return facts.words(before(maker) ? "The container does not exist yet."
                                     : "The container has been removed.");
  }
  facts.words(number ? "No process of the container is there, so there is none of this."
                     : "There is none of this now.");
}

void inspect_container(const Inspected& at, Facts& facts) {
  if (!at.subject.container) return add_host(at, facts);
  const cutaway::Container* box = at.world.containers.find(at.subject.container);
  if (box == nullptr) return say_gone(at, facts);
  add_record(at, *box, facts);
  add_limits(at, *box, facts);
  add_processes(at, *box, facts);
  add_times(*box, facts);
}

void inspect_layer(const Inspected& at, Facts& facts) {
  const auto found = at.world.layers->find(at.subject.name);
  if (found == at.world.layers->end()) return facts.words("This layer is not in the store.");
  add_layer(at, found->second, facts);
}

void inspect_image(const Inspected& at, Facts& facts) {
  const auto found = at.world.images->find(at.subject.name);
  if (found != at.world.images->end()) return add_image(at, found->first, found->second, facts);
  facts.title("Image " + at.subject.name);
  const std::string name = at.subject.name;
  facts.value("in the cache", "no", set_by<ImageLookedUp, ImageRemoved>(), true);
  const Fetching coming = fetching(at.world);
  if (!coming.layers.empty()) {
    facts.value("fetched", size_of_words(coming.here, coming.all), set_by<LayerFetched>());
  }
  const auto& shelf = at.world.engine->hub_shelf;
  const bool offered = std::any_of(shelf.begin(), shelf.end(), [&name](const std::string& each) {
    return each == name || image_name(each) == name;
  });
  facts.value("the hub has it", offered ? "yes" : "no");
}

}  // namespace cutaway::viz
