// Creating: a record and an empty writable layer. No process, no namespace, no cgroup.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "spec/docker_line.h"
#include "spec/docker_messages.h"
#include "spec/docker_names.h"
#include "spec/reference.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

namespace {

std::string free_name(Sys sys) {
  while (true) {
    const std::string name = spec::random_container_name(sys.random());
    if (container_by_name(sys.world(), name) == nullptr) return name;
  }
}

// Colour, pattern and letter of a container: the lowest slot that no other has.
std::int32_t free_slot(const World& world) {
  for (std::int32_t slot = 0;; ++slot) {
    const bool taken =
        world.containers.first([slot](const Container& c) { return c.slot == slot; }) != nullptr;
    if (!taken) return slot;
  }
}

// The "-init" layer between image and writable layer: mount points that every container needs.
Co<int> make_init_layer(Sys sys, std::string folder) {
  static constexpr std::string_view kFolders[] = {"/dev/pts", "/dev/shm", "/etc", "/proc", "/sys"};
  static constexpr std::string_view kFiles[] = {"/dev/console", "/etc/hostname", "/etc/hosts",
                                                "/etc/resolv.conf"};
  for (const std::string_view path : kFolders) {
    const std::string place = folder + std::string(path);
    auto making = make_folders(sys, place, 0755);
    const int made = co_await making;
    if (made < 0) co_return made;
  }
  for (const std::string_view path : kFiles) {
    const std::string place = folder + std::string(path);
    auto writing = write_file(sys, place, "", 0755);
    co_await writing;
  }
  co_return 0;
}

Co<int> make_layers(Sys sys, std::string id) {
  sys.step("layer.init");
  const std::string base = std::string(kDockerRoot) + "/overlay2/" + id;
  auto init = make_init_layer(sys, base + "-init/diff");
  co_await init;
  static constexpr std::string_view kParts[] = {"/diff", "/work", "/merged"};
  for (const std::string_view part : kParts) {
    const std::string folder = base + std::string(part);
    auto making = make_folders(sys, folder, 0755);
    const int made = co_await making;
    if (made < 0) co_return made;
  }
  const std::string records = std::string(kDockerRoot) + "/containers/" + id;
  auto making = make_folders(sys, records, 0710);
  co_return co_await making;
}

struct Asked {
  spec::RunOptions options;
  std::string image;
  std::vector<std::string> args;
  bool readable = false;
};

// The client sends the words it was given; both ends read them with the same table (FIDELITY:
// docker's client sends what it made of them).
Asked read_body(const std::string& body) {
  Asked asked;
  const auto json = parse_json(body);
  if (!json || !json->is_object() || !json->contains("Words")) return asked;
  const spec::Parsed parsed = read_words((*json)["Words"].get<std::vector<std::string>>());
  const auto* command = std::get_if<spec::Command>(&parsed);
  if (command == nullptr) return asked;
  asked.options = command->run();
  asked.image = command->image;
  asked.args = command->args;
  asked.readable = true;
  return asked;
}

// What the record keeps, so that each start can resolve the config anew even when the image is
// gone.
std::string stored_form(const std::string& body, const std::string& image_config) {
  return Json{{"Words", (*parse_json(body))["Words"]}, {"Image", image_config}}.dump();
}

Container make_record(Sys sys, const spec::ContainerConfig& config, const std::string& ref,
                      const Image& image) {
  const World& world = sys.world();
  Container container;
  container.number = ContainerId(world.counters.container + 1);
  container.id = config.id;
  container.name = config.name;
  container.image = ref;
  container.image_id = image.id;
  container.created = sys.now();
  container.hostname = config.hostname;
  container.argv = config.argv;
  container.layers = image.layers;
  container.upper = std::string(kDockerRoot) + "/overlay2/" + config.id + "/diff";
  container.tty = config.tty;
  container.auto_remove = config.auto_remove;
  container.slot = free_slot(world);
  return container;
}

}  // namespace

std::string random_id(Sys sys) {
  std::string id;
  while (id.size() < 64) {
    std::string part = hex(sys.random());
    id += std::string(16 - part.size(), '0') + part;
  }
  return id;
}

Co<int> handle_create(Sys sys, ApiRequestIn request) {
  sys.step("image.look");
  Asked asked = read_body(request.message.body);
  const auto reference = spec::parse_reference(asked.image);
  if (!asked.readable || !reference) {
    auto refusing =
        answer_error(sys, request, 400, asked.readable ? reference.error().message : "bad request");
    co_return co_await refusing;
  }
  const std::string ref = reference->familiar();
  const auto found = sys.world().images->find(ref);
  const bool hit = found != sys.world().images->end();
  sys.emit(ImageLookedUp{ref, "cache", hit});
  if (!hit) {
    auto refusing = answer_error(sys, request, 404, spec::say::no_such_image(*reference));
    co_return co_await refusing;
  }
  const Image image = found->second;
  sys.step("container.create");
  const Container* same_name =
      asked.options.name.empty() ? nullptr : container_by_name(sys.world(), asked.options.name);
  if (same_name != nullptr) {
    auto refusing =
        answer_error(sys, request, 409, spec::say::name_in_use(asked.options.name, same_name->id));
    co_return co_await refusing;
  }
  if (asked.options.name.empty()) asked.options.name = free_name(sys);
  const auto image_config = spec::image_config_from_json(image.config);
  spec::DaemonFacts facts;
  facts.cpus = sys.world().machine.cpus;
  facts.cgroup_v2 = sys.world().machine.cgroup == CgroupVersion::V2;
  const std::string id = random_id(sys);
  const auto config = image_config
                          ? spec::resolve(*image_config, asked.options, asked.args, id, facts)
                          : fail(image_config.error());
  if (!config) {
    auto refusing = answer_error(sys, request, 400, config.error().message);
    co_return co_await refusing;
  }
  Container record = make_record(sys, *config, ref, image);
  record.config = stored_form(request.message.body, image.config);
  sys.about(record.number);
  sys.emit(ContainerCreated{record});
  auto layers = make_layers(sys, id);
  co_await layers;
  sys.step("container.create");
  auto telling = tell_container(sys, "create", record.number);
  co_await telling;
  const std::string body = Json{{"Id", id}, {"Warnings", Json::array()}}.dump();
  auto answering = answer(sys, request, 201, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim
