// Looking at one container or image, at its processes, at the daemon itself.

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/layer_store.h"
#include "sim/docker/live.h"
#include "sim/docker/network.h"
#include "spec/docker_inspect.h"
#include "spec/docker_messages.h"
#include "spec/docker_networks.h"
#include "spec/docker_views.h"
#include "spec/reference.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

namespace {

spec::OrderedJson network_settings_of(const World& world, const Container& container) {
  std::vector<spec::EndpointFacts> endpoints;
  for (const Endpoint& endpoint : container.endpoints) {
    const Network* network = find_network(world, endpoint.network);
    spec::EndpointFacts facts{endpoint.network,
                              network == nullptr ? "" : network->id,
                              endpoint.id,
                              endpoint.address,
                              endpoint.gateway,
                              endpoint.mac,
                              endpoint.prefix,
                              endpoint.aliases,
                              {}};
    if (network != nullptr && resolves_names(*network)) {
      facts.names = {container.name};
      facts.names.insert(facts.names.end(), endpoint.aliases.begin(), endpoint.aliases.end());
      facts.names.push_back(container.id.substr(0, 12));
    }
    if (endpoint.address.empty()) facts.gateway.clear(), facts.prefix = 0;
    endpoints.push_back(std::move(facts));
  }
  std::vector<spec::PortFacts> ports;
  ports.reserve(container.ports.size());
  for (const ContainerPort& port : container.ports)
    ports.push_back({port.port, port.protocol, port.host_address, port.host_port});
  return spec::network_settings(endpoints, ports);
}

spec::ContainerFacts container_facts(Sys sys, const Container& container) {
  spec::ContainerFacts facts;
  facts.state = state_of(sys, container);
  facts.restart_count = sys.shared<DaemonState>().live[container.number.value].restarts_made;
  facts.image_id = container.image_id;
  facts.created = spec::rfc3339(container.created);
  if (container.started >= 0) facts.started = spec::rfc3339(container.started);
  if (container.finished >= 0) facts.finished = spec::rfc3339(container.finished);
  facts.error = container.error;
  if (const Task* init = sys.world().tasks.find(container.init)) facts.pid = init->pid();
  facts.exit_code = container.exit_code;
  facts.oom_killed = container.oom_killed;
  facts.network_settings = network_settings_of(sys.world(), container);
  facts.root = std::string(kDockerRoot);
  facts.lower.push_back(facts.root + "/overlay2/" + container.id + "-init/diff");
  for (auto layer = container.layers.rbegin(); layer != container.layers.rend(); ++layer)
    facts.lower.push_back(layer_folder(*layer) + "/diff");
  for (const auto& [id, record] : sys.shared<DaemonState>().execs) {
    if (record.container == container.number && record.running) facts.exec_ids.push_back(id);
  }
  return facts;
}

std::string padded(std::int64_t value) { return (value < 10 ? "0" : "") + decimal(value); }

// `ps -ef` of the host, of the container's processes alone: their numbers are the host's.
std::vector<std::string> process_row(const World& world, const Task& task, std::int64_t born) {
  const Task* parent = world.tasks.find(task.parent);
  const Terminal* terminal = world.terminals.find(task.terminal);
  const std::uint32_t uid = task.credentials.euid;
  const std::int64_t cpu = task.cpu_time / kSecond, clock = born / kSecond;
  return {uid == 0 ? "root" : decimal(uid),
          decimal(task.pid()),
          decimal(parent == nullptr ? 0 : parent->pid()),
          "0",
          padded(clock / 3600 % 24) + ":" + padded(clock / 60 % 60),
          terminal == nullptr ? "?" : terminal->name.substr(5),
          padded(cpu / 3600) + ":" + padded(cpu / 60 % 60) + ":" + padded(cpu % 60),
          join(task.argv, " ")};
}

std::int64_t count_state(const World& world, ContainerState state) {
  std::int64_t count = 0;
  world.containers.each([&](const Container& each) { count += each.state == state ? 1 : 0; });
  return count;
}

}  // namespace

const std::pair<const std::string, Image>* find_image(Sys sys, std::string_view name) {
  const auto& images = *sys.world().images;
  const auto reference = spec::parse_reference(std::string(name));
  if (reference) {
    const auto found = images.find(reference->familiar());
    if (found != images.end()) return &*found;
  }
  const std::string hex(name.substr(starts_with(name, "sha256:") ? 7 : 0));
  if (hex.empty() || hex.find_first_not_of("0123456789abcdef") != std::string::npos) return nullptr;
  for (const auto& entry : images) {
    if (starts_with(std::string_view(entry.second.id).substr(7), hex)) return &entry;
  }
  return nullptr;
}

Result<spec::ImageConfig> config_of_image(const std::pair<const std::string, Image>* image) {
  if (image == nullptr) return fail(ErrorCode::Failed, "no image");
  return spec::image_config_from_json(image->second.config);
}

Co<int> refuse_image(Sys sys, ApiRequestIn request, std::string name) {
  const auto reference = spec::parse_reference(name);
  const std::string no =
      reference ? spec::say::no_such_image(*reference) : reference.error().message;
  auto refusing = answer_error(sys, request, reference ? 404 : 400, no);
  co_return co_await refusing;
}

Co<int> handle_inspect(Sys sys, ApiRequestIn request) {
  sys.step("api.inspect");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  sys.about(found->number);
  const auto config = stored_config(sys, *found);
  const std::string body =
      config ? json_text(spec::inspect_container(*config, container_facts(sys, *found)))
             : std::string();
  auto answering = config ? answer(sys, request, 200, body)
                          : answer_error(sys, request, 500, config.error().message);
  co_return co_await answering;
}

Co<int> handle_image_inspect(Sys sys, ApiRequestIn request) {
  sys.step("api.inspect");
  const auto* found = find_image(sys, request.target);
  const auto config = config_of_image(found);
  if (!config) {
    auto refusing = refuse_image(sys, request, request.target);
    co_return co_await refusing;
  }
  spec::ImageFacts facts;
  facts.id = found->second.id;
  facts.digest = found->second.digest;
  facts.size_bytes = found->second.size;
  for (const auto& [ref, image] : *sys.world().images) {
    if (image.id == facts.id && !is_nameless(ref)) facts.names.push_back(ref);
  }
  const std::string body = json_text(spec::inspect_image(*config, facts));
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_top(Sys sys, ApiRequestIn request) {
  sys.step("api.top");
  const Container* found = find_container(sys, request.target);
  const bool runs = found != nullptr && (found->state == ContainerState::Running ||
                                         found->state == ContainerState::Paused);
  if (!runs) {
    const std::string no = found == nullptr ? spec::say::no_such_container(request.target)
                                            : spec::say::not_running(found->id);
    auto refusing = answer_error(sys, request, found == nullptr ? 404 : 409, no);
    co_return co_await refusing;
  }
  sys.about(found->number);
  const World& world = sys.world();
  const Task* init = world.tasks.find(found->init);
  Json rows = Json::array();
  world.tasks.each([&](const Task& task) {
    const bool member = init != nullptr && task.leader == task.id && !task.zombie() &&
                        task.in(NsKind::Pid) == init->in(NsKind::Pid);
    if (member) rows.push_back(process_row(world, task, found->started));
  });
  const std::string body = json_text(Json{
      {"Titles", {"UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"}}, {"Processes", rows}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_version(Sys sys, ApiRequestIn request) {
  sys.step("api.system");
  spec::OrderedJson json;
  json["Version"] = std::string(spec::kDockerClientVersion);
  json["ApiVersion"] = "1.48";
  json["Os"] = "linux";
  json["Arch"] = spec::go_arch(sys.world().machine.arch);
  json["OsArch"] = "linux/" + spec::go_arch(sys.world().machine.arch);
  json["KernelVersion"] = sys.world().machine.kernel;
  json["Experimental"] = false;
  auto answering = answer(sys, request, 200, json_text(json));
  co_return co_await answering;
}

Co<int> handle_info(Sys sys, ApiRequestIn request) {
  sys.step("api.system");
  const World& world = sys.world();
  const Namespace* uts = world.namespaces.find(world.tasks.at(sys.self()).in(NsKind::Uts));
  const std::int64_t running = count_state(world, ContainerState::Running);
  const std::int64_t paused = count_state(world, ContainerState::Paused);
  const auto all = static_cast<std::int64_t>(world.containers.size());
  std::set<std::string> ids;
  for (const auto& entry : *world.images) ids.insert(entry.second.id);
  const bool v2 = world.machine.cgroup == CgroupVersion::V2;
  spec::OrderedJson json;
  json["Containers"] = all;
  json["ContainersRunning"] = running;
  json["ContainersPaused"] = paused;
  json["ContainersStopped"] = all - running - paused;
  json["Images"] = ids.size();
  json["ServerVersion"] = std::string(spec::kDockerClientVersion);
  json["Driver"] = "overlay2";
  json["LoggingDriver"] = "json-file";
  json["CgroupDriver"] = "cgroupfs";
  json["CgroupVersion"] = v2 ? "2" : "1";
  json["DefaultRuntime"] = "runc";
  json["KernelVersion"] = world.machine.kernel;
  json["OSType"] = "linux";
  json["Architecture"] = world.machine.arch;
  json["NCPU"] = world.machine.cpus;
  json["MemTotal"] = world.machine.memory;
  json["MemText"] = decimal(world.machine.memory >> 20) + "MiB";
  json["Name"] = uts == nullptr ? "" : uts->hostname;
  json["DockerRootDir"] = std::string(kDockerRoot);
  auto answering = answer(sys, request, 200, json_text(json));
  co_return co_await answering;
}

}  // namespace cutaway::sim
