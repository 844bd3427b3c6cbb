// Starting: the writable layer is mounted over the image's, a shim is started, and the shim has a
// runtime make the container. Each start anew; when it fails the container stays Created.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
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
std::string bundle_folder(const Container& c) {
  return "/run/containerd/io.containerd.runtime.v2.task/moby/" + c.id;
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

// What the shim's process does between clone and execve: its descriptors.
struct ShimFds {
  std::int64_t in = -1, out = -1, err = -1, events = -1;
  std::string bundle;
};

Program become_shim(Sys sys, State state) {
  const ShimFds fds = std::any_cast<ShimFds>(state.more);
  const std::int64_t from[] = {fds.in, fds.out, fds.err, fds.events};
  for (std::int64_t to = 0; to < 4; ++to) co_await sys.dup2(from[to], to);
  const std::string path = "/usr/bin/containerd-shim-runc-v2";
  const std::vector<std::string> argv = {"containerd-shim-runc-v2", fds.bundle};
  const std::vector<std::string> env;
  co_await sys.execve(path, argv, env);
  co_return 127;
}

// Pipes for the three channels and the shim's line; the shim's ends, and ours.
struct ShimStart {
  ShimFds theirs;
  std::int64_t in = -1, out = -1, err = -1, events = -1;
  std::int64_t pid = -1;  ///< < 0: −errno of the call that failed; nothing is left open
};

Co<int> close_all(Sys sys, std::vector<std::int64_t> fds) {
  for (const std::int64_t fd : fds) {
    if (fd >= 0) co_await sys.close(fd);
  }
  co_return 0;
}

// The ends of all channels: 0, or −errno (too many descriptors).
Co<std::int64_t> open_channels(Sys sys, ShimStart* shim, bool open_stdin) {
  std::int64_t* const ours[] = {&shim->out, &shim->err, &shim->events};
  std::int64_t* const theirs[] = {&shim->theirs.out, &shim->theirs.err, &shim->theirs.events};
  if (open_stdin) {
    const std::int64_t made = co_await sys.pipe2(abi::o::kCloexec);
    if (made < 0) co_return made;
    shim->theirs.in = sys.reply().out.at(0);
    shim->in = sys.reply().out.at(1);
  } else {
    const std::string null_path = "/dev/null";
    shim->theirs.in = co_await sys.open(null_path, abi::o::kCloexec);
    if (shim->theirs.in < 0) co_return shim->theirs.in;
  }
  for (int i = 0; i < 3; ++i) {
    const std::int64_t made = co_await sys.pipe2(abi::o::kCloexec);
    if (made < 0) co_return made;
    *ours[i] = sys.reply().out.at(0);
    *theirs[i] = sys.reply().out.at(1);
  }
  co_return 0;
}

Co<ShimStart> start_shim(Sys sys, std::string bundle, bool open_stdin) {
  ShimStart shim;
  shim.theirs.bundle = bundle;
  sys.step("shim.start");
  auto opening = open_channels(sys, &shim, open_stdin);
  shim.pid = co_await opening;
  if (shim.pid == 0) {
    State state;
    state.more = shim.theirs;
    shim.pid = co_await sys.clone(abi::sig::kChld, become_shim, state);
  }
  const ShimFds& theirs = shim.theirs;
  std::vector<std::int64_t> done = {theirs.in, theirs.out, theirs.err, theirs.events};
  if (shim.pid < 0) done.insert(done.end(), {shim.in, shim.out, shim.err, shim.events});
  auto closing = close_all(sys, done);
  co_await closing;
  co_return shim;
}

TaskId init_task(const World& world, const std::string& pid_text) {
  std::int64_t pid = 0;
  parse_decimal(pid_text, pid);
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
  auto starting = start_shim(sys, bundle, config->open_stdin);
  const ShimStart shim = co_await starting;
  sys.step("api.start");
  if (shim.pid < 0) {
    const std::string err(abi::errno_name(static_cast<abi::Errno>(-shim.pid)));
    co_return note_failure(sys, container, "shim.start " + err);
  }
  co_await sys.read(shim.events, 4096);
  const std::string line(trim(sys.reply().data));
  if (!starts_with(line, "started ")) {
    co_await sys.wait4(shim.pid, 0);
    const std::vector<std::int64_t> ours = {shim.out, shim.err, shim.events, shim.in};
    auto closing = close_all(sys, ours);
    co_await closing;
    co_return note_failure(sys, container, starts_with(line, "failed ") ? line.substr(7) : line);
  }
  const TaskId init = init_task(sys.world(), line.substr(8));
  const Task* task = sys.world().tasks.find(init);
  sys.emit(ContainerStarted{init, task == nullptr ? std::vector<CgroupId>{} : task->cgroups});
  LivePipes pipes{container.number, shim.pid, shim.in, shim.out, shim.err, shim.events};
  auto watching = watch_container(sys, pipes);
  co_await watching;
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
