// Starting: the writable layer is mounted over the image's, a shim is started, and the shim has a
// runtime make the container. Each start anew; when it fails the container stays Created.
#include <algorithm>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "sim/docker/network.h"
#include "sim/docker/restart.h"
#include "sim/docker/start_process.h"
#include "sim/docker/volumes.h"
#include "spec/docker_messages.h"
#include "spec/docker_networks.h"
#include "spec/plan/plan_input.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

namespace {

std::string container_folder(const Container& c) {
  return std::string(kDockerRoot) + "/containers/" + c.id;
}
std::string overlay_folder(const Container& c) {
  return std::string(kDockerRoot) + "/overlay2/" + c.id;
}

// cgroup mount points of the host by controller ("unified" on v2), from its mount table.
std::map<std::string, std::string> cgroup_mounts(const World& world) {
  std::map<std::string, std::string> mounts;
  const Task* init = task_by_pid(world, 1);
  world.mounts.each([&](const Mount& mount) {
    const Filesystem* fs = world.filesystems.find(mount.fs);
    if (fs == nullptr || init == nullptr || mount.ns != init->in(NsKind::Mnt) || !fs->hierarchy)
      return;
    const Hierarchy* hierarchy = world.hierarchies.find(fs->hierarchy);
    if (hierarchy == nullptr) return;
    if (hierarchy->version == 2) {
      if (world.machine.cgroup == CgroupVersion::V2) mounts["unified"] = mount.target;
    } else {
      mounts[join(hierarchy->controllers, ",")] = mount.target;
    }
  });
  return mounts;
}

// Docker's own three files, which are laid over the image's.
Co<int> write_etc(Sys sys, Container container) {
  const std::string folder = container_folder(container);
  auto hostname = write_file(sys, folder + "/hostname", container.hostname + "\n", 0644);
  co_await hostname;
  auto hosts_file = write_file(sys, folder + "/hosts", hosts_text(container), 0644);
  co_await hosts_file;
  const std::string resolv_conf = "/etc/resolv.conf";
  auto reading = read_file(sys, resolv_conf);
  const std::string hosts_own = co_await reading;
  auto resolver_file = write_file(sys, folder + "/resolv.conf",
                                  resolver_text(sys.world(), container, hosts_own), 0644);
  co_return static_cast<int>(co_await resolver_file);
}

}  // namespace

Co<std::int64_t> mount_root(Sys sys, Container container) {
  sys.step("rootfs.overlay");
  std::string lower = overlay_folder(container) + "-init/diff";
  for (auto layer = container.layers.rbegin(); layer != container.layers.rend(); ++layer) {
    lower += ":" + layer_folder(*layer) + "/diff";  // topmost first
  }
  const std::string base = overlay_folder(container);
  const std::string data =
      "lowerdir=" + lower + ",upperdir=" + base + "/diff,workdir=" + base + "/work";
  const std::string source = "overlay";
  const std::string target = base + "/merged";
  const std::int64_t mounted = co_await sys.mount(source, target, source, 0, data);
  if (mounted < 0) co_return mounted;
  for (const std::string& digest : container.layers) sys.emit(LayerMounted{digest, container.id});
  co_return 0;
}

namespace {

// Whose namespaces it shares, as paths to join; or docker's no.
struct SharedRow {
  const char *type, *words;
  spec::NamespaceChoice spec::ContainerConfig::*choice;
};
constexpr SharedRow kSharedNamespaces[] = {{"pid", "PID", &spec::ContainerConfig::pid},
                                           {"ipc", "IPC", &spec::ContainerConfig::ipc},
                                           {"uts", "UTS", &spec::ContainerConfig::uts}};

Result<std::map<std::string, std::string>> shared_namespaces(Sys sys,
                                                             const spec::ContainerConfig& config) {
  std::map<std::string, std::string> shared;
  for (const SharedRow& row : kSharedNamespaces) {
    const spec::NamespaceChoice& choice = config.*row.choice;
    if (choice.mode == spec::NamespaceMode::Host) shared[row.type] = "";
    if (choice.mode != spec::NamespaceMode::Container) continue;
    const Container* other = find_container(sys, choice.container);
    const Task* init = other == nullptr ? nullptr : sys.world().tasks.find(other->init);
    if (init == nullptr) {
      const std::string why = other == nullptr ? spec::say::no_such_container(choice.container)
                                               : spec::say::not_running(other->id);
      return fail(ErrorCode::Failed, spec::say::cannot_join(row.words, why));
    }
    shared[row.type] = "/proc/" + decimal(init->pid()) + "/ns/" + row.type;
  }
  return shared;
}

TaskId init_task(const World& world, std::int64_t pid) {
  const Task* task = task_by_pid(world, static_cast<std::int32_t>(pid));
  return task == nullptr ? TaskId{} : task->id;
}

// The start failed: 127 when the program is not there, 126 when it cannot be run, else 128. The
// record keeps the code and the reason, the container stays Created.
StartOutcome note_failure(Sys sys, const Container& container, const std::string& what) {
  const std::vector<std::string> words = split(what, ' ');  // "exec ENOENT"
  const std::string step = words.empty() ? std::string() : words[0];
  const abi::Errno err = words.size() > 1 ? abi::errno_of(words[1]) : abi::Errno::kOk;
  const std::string message = spec::say::start_failed_at(container.argv, step, err);
  const int exit = spec::run_status_of(message);
  sys.emit(ContainerExited{exit == 125 ? 128 : exit, 0, false, message});
  return {exit == 125 ? 500 : 400, message};
}

}  // namespace

std::string bundle_folder(const Container& c) {
  return "/run/containerd/io.containerd.runtime.v2.task/moby/" + c.id;
}

// The plan's input, with the namespaces to join that are another container's.
Result<spec::PlanInput> start_input(Sys sys, const Container& container,
                                    const spec::ContainerConfig& config) {
  const auto shared = shared_namespaces(sys, config);
  if (!shared) return fail(shared.error());
  spec::PlanHost host = plan_host(sys.world(), container);
  host.file_sources = file_sources(sys, config);
  host.shared = *shared;
  spec::PlanInput input = spec::plan_input(config, host);
  if (config.net.mode != spec::NamespaceMode::Container) return input;
  const Container* other = find_container(sys, config.net.container);
  if (other == nullptr)
    return fail(ErrorCode::Failed, spec::say::no_such_container(config.net.container));
  const Task* init = sys.world().tasks.find(other->init);
  if (!runs(*other) || init == nullptr)
    return fail(ErrorCode::Failed, spec::say::cannot_join_not_running(other->id));
  input.network_path = "/proc/" + decimal(init->pid()) + "/ns/net";
  return input;
}

namespace {

bool has_cables(const World& world, const Container& container) {
  return std::any_of(container.endpoints.begin(), container.endpoints.end(),
                     [&](const Endpoint& endpoint) {
                       const Network* network = find_network(world, endpoint.network);
                       return network != nullptr && has_bridge(*network);
                     });
}

// All that shim and runtime need: the root, the bundle with the plan, the socket for networks.
Co<std::string> prepare_bundle(Sys sys, Container container, spec::PlanInput input,
                               ProcessRequest* request) {
  auto etc = write_etc(sys, container);
  co_await etc;
  auto mounting = mount_root(sys, container);
  const std::int64_t mounted = co_await mounting;
  if (mounted < 0) co_return std::string("rootfs.overlay");
  sys.step("shim.start");
  const std::string bundle = bundle_folder(container);
  auto folders = make_folders(sys, bundle, 0711);
  co_await folders;
  const std::string text = json_text(spec::plan_input_to_json(input));
  auto configuring = write_file(sys, bundle + "/plan", text, 0600);
  co_await configuring;
  request->program = "/usr/bin/containerd-shim-runc-v2";
  request->argv = {"containerd-shim-runc-v2", bundle};
  request->container = container.number;
  if (!has_cables(sys.world(), container)) co_return std::string();
  auto listening = listen_for_namespaces(sys, bundle);
  request->namespaces = co_await listening;
  request->argv.emplace_back("network");
  co_return std::string();
}

// It runs: its processes are known, its networks told of, its output is copied.
Co<int> begin_life(Sys sys, ContainerId number, StartedProcess shim) {
  const TaskId init = init_task(sys.world(), shim.first_pid());
  const Task* task = sys.world().tasks.find(init);
  sys.emit(ContainerStarted{init, task == nullptr ? std::vector<CgroupId>{} : task->cgroups});
  const std::string bundle = bundle_folder(sys.world().containers.at(number));
  LivePipes pipes{number, shim.pid, shim.in, shim.out, shim.err, shim.events, shim.ended, bundle};
  auto watching = watch_container(sys, pipes);
  co_await watching;
  const std::vector<Endpoint> endpoints = sys.world().containers.at(number).endpoints;
  for (const Endpoint& endpoint : endpoints) {
    auto telling = tell_network(sys, "connect", endpoint.network, number);
    co_await telling;
  }
  auto telling = tell_container(sys, "start", number);
  co_return co_await telling;
}

Co<StartOutcome> undo_start(Sys sys, Container container, StartedProcess shim) {
  if (shim.pid >= 0) {
    co_await sys.wait4(shim.pid, 0);
    const std::vector<std::int64_t> ours = {shim.out, shim.err, shim.events, shim.in};
    auto closing = close_all(sys, ours);
    co_await closing;
  }
  auto deleting = remove_bundle(sys, bundle_folder(container));
  co_await deleting;
  auto releasing = release_networks(sys, container.number);
  co_await releasing;
  co_return note_failure(sys, container, shim.failure());
}

// What a start refuses before anything is made; the container stays as it was.
Co<StartOutcome> refuse_start(Sys sys, ContainerId number, std::string message) {
  auto releasing = release_networks(sys, number);
  co_await releasing;
  sys.emit(ContainerExited{128, 0, false, message});
  co_return StartOutcome{500, message};
}

}  // namespace

Co<StartOutcome> start_container(Sys sys, Container container) {
  sys.step("api.start");
  const auto config = stored_config(sys, container);
  if (!config) co_return StartOutcome{500, config.error().message};
  const auto input = start_input(sys, container, *config);
  if (!input) co_return StartOutcome{409, input.error().message};
  auto allocating = allocate_networks(sys, container.number, *config);
  const std::string refused = co_await allocating;
  if (!refused.empty()) {
    auto refusing = refuse_start(sys, container.number, refused);
    co_return co_await refusing;
  }
  sys.step("api.start");
  container = sys.world().containers.at(container.number);
  ProcessRequest request;
  auto preparing = prepare_bundle(sys, container, *input, &request);
  const std::string wrong = co_await preparing;
  if (!wrong.empty()) co_return note_failure(sys, container, wrong);
  request.open_stdin = config->open_stdin;
  request.tty = config->tty;
  auto starting = start_process(sys, request);
  const StartedProcess shim = co_await starting;
  sys.step("api.start");
  if (shim.pid < 0 || shim.first_pid() == 0) {
    auto undoing = undo_start(sys, container, shim);
    co_return co_await undoing;
  }
  auto beginning = begin_life(sys, container.number, shim);
  co_await beginning;
  co_return StartOutcome{};
}

spec::PlanHost plan_host(const World& world, const Container& container) {
  spec::PlanHost host;
  host.cgroup_version = world.machine.cgroup == CgroupVersion::V2 ? 2 : 1;
  host.cgroup_mounts = cgroup_mounts(world);
  host.rootfs = overlay_folder(container) + "/merged";
  host.etc_folder = container_folder(container);
  host.volumes_folder = std::string(kVolumes);
  return host;
}

Co<int> handle_start(Sys sys, ApiRequestIn request) {
  sys.step("api.start");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  if (found->state == ContainerState::Running) {
    auto answering = answer(sys, request, 304, "");
    co_return co_await answering;
  }
  sys.about(found->number);
  forget_restarts(sys, found->number);
  auto starting = start_container(sys, *found);
  const StartOutcome started = co_await starting;
  auto answering = started.status < 400
                       ? answer(sys, request, started.status, "")
                       : answer_error(sys, request, started.status, started.message);
  co_return co_await answering;
}

}  // namespace cutaway::sim
