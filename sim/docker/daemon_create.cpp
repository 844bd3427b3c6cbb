// Creating: a record and an empty writable layer. No process, no namespace, no cgroup.

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/network.h"
#include "sim/docker/volumes.h"
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
  static constexpr std::string_view kRootFolders[] = {"/dev/pts", "/dev/shm", "/etc", "/proc",
                                                      "/sys"};
  static constexpr std::string_view kFiles[] = {"/dev/console", "/etc/hostname", "/etc/hosts",
                                                "/etc/resolv.conf"};
  for (const std::string_view path : kRootFolders) {
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

struct CreateBody {
  spec::RunOptions options;
  std::string image;
  std::vector<std::string> args;
  bool readable = false;
};

// The client sends the words it was given; both ends read them with the same table (FIDELITY:
// docker's client sends what it made of them).
CreateBody read_create_body(const std::string& body) {
  CreateBody asked;
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
std::string stored_form(const std::string& body, const std::string& image_config,
                        const std::map<std::string, std::string>& volumes) {
  return json_text(
      Json{{"Words", (*parse_json(body))["Words"]}, {"Image", image_config}, {"Volumes", volumes}});
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
  container.endpoints = asked_endpoints(config);
  return container;
}

// The simulated machine is an amd64.
Json warnings_of(const std::string& architecture) {
  Json warnings = Json::array();
  if (architecture != "amd64") warnings.push_back(spec::say::other_platform(architecture));
  return warnings;
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

namespace {

/// What a request asks to be created, as far as that is known; with a status: why it is not.
struct Creation {
  CreateBody asked;
  std::string ref, id;
  Image image;
  spec::ImageConfig image_config;
  spec::ContainerConfig config;
  int status = 0;
  std::string why;

  bool refuse(int with, std::string message) {
    status = with;
    why = std::move(message);
    return false;
  }
};

bool look_up_image(Sys sys, Creation& made) {
  sys.step("image.look");
  const auto reference = spec::parse_reference(made.asked.image);
  if (!made.asked.readable) return made.refuse(400, "bad request");
  if (!reference) return made.refuse(400, reference.error().message);
  made.ref = reference->familiar();
  const auto found = sys.world().images->find(made.ref);
  const bool hit = found != sys.world().images->end();
  sys.emit(ImageLookedUp{made.ref, "cache", hit});
  if (!hit) return made.refuse(404, spec::say::no_such_image(*reference));
  made.image = found->second;
  return true;
}

bool choose_name(Sys sys, Creation& made) {
  sys.step("container.create");
  std::string& name = made.asked.options.name;
  if (name.empty()) {
    name = free_name(sys);
    return true;
  }
  // What a name begins is an id's affair: a container may be called as another's id begins.
  const Container* holder = container_by_name(sys.world(), name);
  if (holder == nullptr || holder->name != name) return true;
  return made.refuse(409, spec::say::name_in_use(name, holder->id));
}

bool resolve_config(Sys sys, Creation& made) {
  auto image_config = spec::image_config_from_json(made.image.config);
  if (!image_config) return made.refuse(400, image_config.error().message);
  made.image_config = std::move(*image_config);
  spec::DaemonFacts facts;
  facts.cpus = sys.world().machine.cpus;
  facts.cgroup_v2 = sys.world().machine.cgroup == CgroupVersion::V2;
  made.id = random_id(sys);
  auto config =
      spec::resolve(made.image_config, made.asked.options, made.asked.args, made.id, facts);
  if (!config) return made.refuse(400, config.error().message);
  made.config = std::move(*config);
  return true;
}

/// The record, its layers and its volumes.
Co<int> create(Sys sys, Creation made, std::string stored) {
  Container record = make_record(sys, made.config, made.ref, made.image);
  record.ports = asked_ports(made.config, made.image_config);
  record.config = stored;
  sys.about(record.number);
  sys.emit(ContainerCreated{record});
  auto layers = make_layers(sys, made.id);
  co_await layers;
  auto mounts = prepare_mounts(sys, record, made.config);
  co_await mounts;
  sys.step("container.create");
  auto telling = tell_container(sys, "create", record.number);
  co_return co_await telling;
}

}  // namespace

Co<int> handle_create(Sys sys, ApiRequestIn request) {
  Creation made;
  made.asked = read_create_body(request.message.body);
  if (!look_up_image(sys, made) || !choose_name(sys, made) || !resolve_config(sys, made)) {
    auto refusing = answer_error(sys, request, made.status, made.why);
    co_return co_await refusing;
  }
  const std::map<std::string, std::string> volumes = names_for_anonymous(sys, made.config);
  spec::name_volumes(made.config, volumes);
  auto checking = check_bind_sources(sys, made.config);
  const std::string missing = co_await checking;
  if (!missing.empty()) {
    auto refusing = answer_error(sys, request, 400, missing);
    co_return co_await refusing;
  }
  const std::string stored = stored_form(request.message.body, made.image.config, volumes);
  auto creating = create(sys, made, stored);
  co_await creating;
  const std::string body =
      json_text(Json{{"Id", made.id}, {"Warnings", warnings_of(made.image_config.architecture)}});
  auto answering = answer(sys, request, 201, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim
