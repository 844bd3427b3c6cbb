// File systems of the container's own, and its devices.
#include <utility>

#include "base/text.h"
#include "spec/plan/plan_parts.h"

namespace cutaway::spec {

using abi::Sys;
namespace ms = abi::ms;

namespace {

// A file system of its own at `path` of the container, whose folder is made first where it is
// missing.
PlanStep mnt_new(const PlanInput& input, std::string id, const std::string& source,
                 const std::string& path, const std::string& type, std::uint64_t flags,
                 const std::string& data) {
  PlanStep step{std::move(id), Who::Init, {}};
  const std::string target = input.rootfs + path;
  step.calls.push_back(make_folder(target));
  step.calls.push_back(mount(text(source), target, text(type), flags, data));
  return step;
}

PlanStep mnt_cgroup(const PlanInput& input) {
  if (input.cgroup_version == 2) {
    return mnt_new(input, "mnt.cgroup", "cgroup", "/sys/fs/cgroup", "cgroup2", kQuiet | ms::kRdonly,
                   "");
  }
  PlanStep step =
      mnt_new(input, "mnt.cgroup", "tmpfs", "/sys/fs/cgroup", "tmpfs", kQuiet, "mode=755");
  for (const auto& [controller, mounted] : input.cgroup_mounts) {
    // "name=systemd" is mounted as "systemd".
    const std::string folder = controller.substr(controller.find('=') + 1);
    const std::string target = input.rootfs + "/sys/fs/cgroup/" + folder;
    step.calls.push_back(make_folder(target));
    append(step, bind_private(mounted + input.cgroup_path, target, kQuiet | ms::kRdonly));
    // Each of the controllers that are mounted together is found by its own name, too.
    if (folder.find(',') == std::string::npos) continue;
    for (const std::string& alone : split(folder, ','))
      step.calls.push_back(
          call(Sys::symlink, {text(folder), text(input.rootfs + "/sys/fs/cgroup/" + alone)}));
  }
  return step;
}

// sysfs shows a network namespace, and who mounts it must own that: the host's belongs to its root.
// Without root the host's /sys is shown instead, whole: no mount on it may be left away (mount(2)).
PlanStep mnt_sysfs(const PlanInput& input) {
  if (!input.plain_user || input.own_network)
    return mnt_new(input, "mnt.sysfs", "sysfs", "/sys", "sysfs", kQuiet | ms::kRdonly, "");
  PlanStep step{"mnt.sysfs", Who::Init, {make_folder(input.rootfs + "/sys")}};
  append(step, bind_private("/sys", input.rootfs + "/sys", kQuiet | ms::kRdonly));
  return step;
}

PlanStep mnt_bind(const PlanInput& input) {
  PlanStep step{"mnt.bind", Who::Init, {}};
  for (const BindMount& item : input.binds) {
    append(step,
           bind_private(item.source, input.rootfs + item.target, item.read_only ? ms::kRdonly : 0));
  }
  return step;
}

// The group of terminals, 5, is none that a single mapped id stands for.
std::string devpts_options(const PlanInput& input) {
  const std::string options = "newinstance,ptmxmode=0666,mode=0620";
  return input.plain_user ? options : options + ",gid=5";
}

// mknod(2) of a device is for the host's root: without it the host's own are shown (runc does the
// same).
std::vector<PlanCall> device(const PlanInput& input, const std::string& name, std::int64_t number) {
  const std::string path = input.rootfs + "/dev/" + name;
  if (!input.plain_user)
    return {call(Sys::mknod, {text(path), integer(abi::mode::kChar | 0666), integer(number)})};
  return {call(Sys::mknod, {text(path), integer(abi::mode::kRegular | 0666), integer(0)}),
          mount(text("/dev/" + name), path, Arg{}, ms::kBind)};
}

PlanStep dev_nodes(const PlanInput& input) {
  struct Node {
    const char* name;
    std::int64_t major, minor;
  };
  static constexpr Node kNodes[] = {{"null", 1, 3}, {"zero", 1, 5},   {"full", 1, 7},
                                    {"tty", 5, 0},  {"random", 1, 8}, {"urandom", 1, 9}};
  static constexpr std::pair<const char*, const char*> kLinks[] = {
      {"/proc/self/fd", "fd"},       {"/proc/self/fd/0", "stdin"}, {"/proc/self/fd/1", "stdout"},
      {"/proc/self/fd/2", "stderr"}, {"pts/ptmx", "ptmx"},         {"/proc/kcore", "core"}};
  PlanStep step{"dev.nodes", Who::Init, {call(Sys::umask, {integer(0)})}};
  const std::string dev = input.rootfs + "/dev/";
  for (const Node& node : kNodes)
    append(step, device(input, node.name, (node.major << 8) | node.minor));
  for (const auto& [target, name] : kLinks)
    step.calls.push_back(call(Sys::symlink, {text(target), text(dev + name)}));
  step.calls.push_back(call(Sys::umask, {integer(022)}));
  return step;
}

}  // namespace

namespace {

// With the host's ipc namespace its message queues and shared memory are seen as well.
void add_ipc_mounts(const PlanInput& input, Plan& plan) {
  const auto found = input.shared.find("ipc");
  if (found != input.shared.end() && found->second.empty()) {
    for (const char* name : {"mqueue", "shm"}) {
      const std::string path = std::string("/dev/") + name, target = input.rootfs + path;
      PlanStep step{std::string("mnt.") + name, Who::Init, {make_folder(target)}};
      append(step, bind_private(path, target, 0));
      plan.steps.push_back(std::move(step));
    }
    return;
  }
  plan.steps.push_back(mnt_new(input, "mnt.mqueue", "mqueue", "/dev/mqueue", "mqueue", kQuiet, ""));
  plan.steps.push_back(
      mnt_new(input, "mnt.shm", "shm", "/dev/shm", "tmpfs", kQuiet, "mode=1777,size=65536k"));
}

}  // namespace

void add_mount_steps(const PlanInput& input, Plan& plan) {
  const auto add = [&plan](PlanStep step) { plan.steps.push_back(std::move(step)); };
  add(mnt_new(input, "mnt.proc", "proc", "/proc", "proc", kQuiet, ""));
  add(mnt_new(input, "mnt.dev", "tmpfs", "/dev", "tmpfs", ms::kNosuid | ms::kStrictatime,
              "mode=755,size=65536k"));
  add(mnt_new(input, "mnt.devpts", "devpts", "/dev/pts", "devpts", ms::kNosuid | ms::kNoexec,
              devpts_options(input)));
  add(mnt_sysfs(input));
  if (!input.cgroup_mounts.empty()) add(mnt_cgroup(input));
  add_ipc_mounts(input, plan);
  add(mnt_bind(input));
  add(dev_nodes(input));
  add_user_mount_steps(input, plan);
}

}  // namespace cutaway::spec
