// Starting: the writable layer is mounted over the image's, a shim is started, and the shim has a
// runtime make the container. Each start anew; when it fails the container stays Created.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "sim/docker/start_process.h"
#include "spec/docker_messages.h"
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
  const std::string hosts = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";
  auto hostname = write_file(sys, folder + "/hostname", container.hostname + "\n", 0644);
  co_await hostname;
  auto hosts_file = write_file(sys, folder + "/hosts", hosts, 0644);
  co_await hosts_file;
  auto resolver = write_file(sys, folder + "/resolv.conf", "nameserver 10.0.0.2\n", 0644);
  co_return static_cast<int>(co_await resolver);
}

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

Co<StartOutcome> start_container(Sys sys, Container container) {
  sys.step("api.start");
  const auto config = stored_config(sys, container);
  if (!config) co_return StartOutcome{500, config.error().message};
  auto etc = write_etc(sys, container);
  co_await etc;
  auto mounting = mount_root(sys, container);
  const std::int64_t mounted = co_await mounting;
  if (mounted < 0) co_return note_failure(sys, container, "rootfs.overlay");
  sys.step("shim.start");
  const std::string bundle = bundle_folder(container);
  auto folders = make_folders(sys, bundle, 0711);
  co_await folders;
  const std::string text =
      spec::plan_input_to_json(spec::plan_input(*config, plan_host(sys.world(), container))).dump();
  auto configuring = write_file(sys, bundle + "/plan", text, 0600);
  co_await configuring;
  ProcessRequest request;
  request.program = "/usr/bin/containerd-shim-runc-v2";
  request.argv = {"containerd-shim-runc-v2", bundle};
  request.open_stdin = config->open_stdin;
  request.tty = config->tty;
  auto starting = start_process(sys, request);
  const StartedProcess shim = co_await starting;
  sys.step("api.start");
  if (shim.pid < 0) co_return note_failure(sys, container, shim.failure());
  if (shim.first_pid() == 0) {
    co_await sys.wait4(shim.pid, 0);
    const std::vector<std::int64_t> ours = {shim.out, shim.err, shim.events, shim.in};
    auto closing = close_all(sys, ours);
    co_await closing;
    co_return note_failure(sys, container, shim.failure());
  }
  const TaskId init = init_task(sys.world(), shim.first_pid());
  const Task* task = sys.world().tasks.find(init);
  sys.emit(ContainerStarted{init, task == nullptr ? std::vector<CgroupId>{} : task->cgroups});
  LivePipes pipes{container.number, shim.pid, shim.in, shim.out, shim.err, shim.events};
  auto watching = watch_container(sys, pipes);
  co_await watching;
  auto telling = tell_container(sys, "start", container.number);
  co_await telling;
  co_return StartOutcome{};
}

spec::PlanHost plan_host(const World& world, const Container& container) {
  spec::PlanHost host;
  host.cgroup_version = world.machine.cgroup == CgroupVersion::V2 ? 2 : 1;
  host.cgroup_mounts = cgroup_mounts(world);
  host.rootfs = overlay_folder(container) + "/merged";
  host.etc_folder = container_folder(container);
  return host;
}

Co<int> handle_start(Sys sys, ApiRequestIn request) {
  sys.step("api.start");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = answer_error(sys, request, 404, spec::say::no_such_container(request.target));
    co_return co_await refusing;
  }
  if (found->state == ContainerState::Running) {
    auto answering = answer(sys, request, 304, "");
    co_return co_await answering;
  }
  sys.about(found->number);
  auto starting = start_container(sys, *found);
  const StartOutcome started = co_await starting;
  auto answering = started.status < 400
                       ? answer(sys, request, started.status, "")
                       : answer_error(sys, request, started.status, started.message);
  co_return co_await answering;
}

}  // namespace cutaway::sim
