// The steps of canonical order (crun's one clone; docker's defaults), one function each.
#include "spec/plan/plan.h"

#include <utility>

#include "base/text.h"
#include "spec/plan/plan_parts.h"

namespace cutaway::spec {

namespace {

using abi::Errno;
using abi::Sys;
namespace ms = abi::ms;

PlanStep subreaper(const PlanInput&) {
  return {"subreaper",
          Who::Shim,
          {call(Sys::prctl, {integer(36), integer(1)})}};  // PR_SET_CHILD_SUBREAPER
}

// Other words for it without root: then users are the container's own too.
std::string clone_step(const PlanInput& input) {
  return input.plain_user ? "userns.clone" : "ns.clone";
}

PlanStep ns_clone(const PlanInput& input) {
  std::uint64_t flags = abi::clone::kNewNs;
  if (owns(input, "uts")) flags |= abi::clone::kNewUts;
  if (owns(input, "ipc")) flags |= abi::clone::kNewIpc;
  if (owns(input, "pid")) flags |= abi::clone::kNewPid;
  if (input.own_network) flags |= abi::clone::kNewNet;
  // The kernel makes the user namespace first, and the new process owns the others from there.
  if (input.plain_user) flags |= abi::clone::kNewUser;
  return {clone_step(input),
          Who::Runtime,
          {keep(call(Sys::pipe2, {Arg{}, integer(abi::o::kCloexec)}), "sync"),
           keep(call(Sys::pipe2, {Arg{}, integer(abi::o::kCloexec)}), "report"),
           keep(call(Sys::clone, {integer(flags | abi::sig::kChld)}), "child")}};
}

// The child waits until its cgroup is ready. Only then it takes a cgroup namespace of its own: the
// namespace's root is the cgroup in which its maker stands (cgroup_namespaces(7)).
PlanStep ns_wait(const PlanInput& input) {
  PlanCall wait = call(Sys::read, {text("$sync.0"), Arg{}, integer(1)});
  wait.must_read = true;  // end of file: the runtime has given up
  PlanStep step{clone_step(input),
                Who::Init,
                {call(Sys::close, {text("$sync.1")}), call(Sys::close, {text("$report.0")}), wait,
                 call(Sys::close, {text("$sync.0")})}};
  if (input.cgroup_version == 2)
    step.calls.push_back(call(Sys::unshare, {integer(abi::clone::kNewCgroup)}));
  return step;
}

PlanStep ns_release(const PlanInput& input) {
  return {
      clone_step(input),
      Who::Runtime,
      {call(Sys::write, {text("$sync.1"), text("1"), Arg{}}), call(Sys::close, {text("$sync.0")}),
       call(Sys::close, {text("$sync.1")}), call(Sys::close, {text("$report.1")})}};
}

// The three files of user_namespaces(7), in the order that it asks for: without setgroups "deny"
// first, nobody may map a group without CAP_SETGID outside.
void add_map_steps(const PlainUser& user, Plan& plan) {
  const auto line = [](std::uint32_t id) { return "0 " + decimal(id) + " 1"; };
  plan.steps.push_back({"map.setgroups", Who::Init, write_file("/proc/self/setgroups", "deny")});
  plan.steps.push_back({"map.gid", Who::Init, write_file("/proc/self/gid_map", line(user.gid))});
  plan.steps.push_back({"map.uid", Who::Init, write_file("/proc/self/uid_map", line(user.uid))});
}

// Another container's network namespace, while the host's /proc is still in sight.
PlanStep net_join(const PlanInput& input) {
  return {"ns.join",
          Who::Init,
          {keep(open(input.network_path, abi::o::kCloexec), "ns_net"),
           call(Sys::setns, {text("$ns_net"), integer(abi::clone::kNewNet)}),
           call(Sys::close, {text("$ns_net")})}};
}

PlanStep mnt_private(const PlanInput&) {
  return {"mnt.private", Who::Init, {mount(Arg{}, "/", Arg{}, ms::kRec | ms::kPrivate)}};
}

// Without root only a mount table of its own is the container's to change: so the daemon's mount
// becomes init's, and goes with its namespace.
PlanStep mnt_overlay(const PlanInput& input) {
  return {"mnt.overlay",
          Who::Init,
          {mount(text("overlay"), input.rootfs, text("overlay"), 0, input.init_mounts)}};
}

PlanStep mnt_rootfs(const PlanInput& input) {
  return {"mnt.rootfs",
          Who::Init,
          {mount(text(input.rootfs), input.rootfs, Arg{}, ms::kBind | ms::kRec)}};
}

PlanStep net_setup(const PlanInput& input) {
  PlanStep step{"net.setup", Who::Init, {}};
  if (!input.own_network) return step;
  step.calls = {
      keep(call(Sys::socket, {integer(2), integer(2 | 02000000), integer(0)}),
           "inet"),  // AF_INET, SOCK_DGRAM
      call(Sys::ioctl, {text("$inet"), integer(0x8914), interface_up("lo")}),  // SIOCSIFFLAGS
      call(Sys::close, {text("$inet")})};
  return step;
}

PlanStep root_pivot(const PlanInput& input) {
  const std::uint64_t folder = abi::o::kDirectory | abi::o::kPath | abi::o::kCloexec;
  return {"root.pivot",
          Who::Init,
          {keep(open("/", folder), "old_root"), keep(open(input.rootfs, folder), "new_root"),
           call(Sys::fchdir, {text("$new_root")}), call(Sys::pivot_root, {text("."), text(".")})}};
}

// After pivot_root(".", ".") the old root lies on top of the new one, and the descriptor leads
// there (pivot_root(2), "new_root and put_old may be the same folder").
PlanStep root_detach(const PlanInput& input) {
  PlanStep step{
      "root.detach",
      Who::Init,
      {call(Sys::fchdir, {text("$old_root")}), mount(Arg{}, ".", Arg{}, ms::kRec | ms::kPrivate),
       call(Sys::umount2, {text("."), integer(abi::mnt::kDetach)}), call(Sys::chdir, {text("/")}),
       call(Sys::close, {text("$old_root")}), call(Sys::close, {text("$new_root")})}};
  if (input.read_only_root) step.calls.push_back(remount_readonly("/", 0));
  return step;
}

PlanStep uts_hostname(const PlanInput& input) {
  const auto length = static_cast<std::int64_t>(input.hostname.size());
  return {
      "uts.hostname", Who::Init, {call(Sys::sethostname, {text(input.hostname), integer(length)})}};
}

PlanStep sysctl(const PlanInput& input) {
  PlanStep step{"sysctl", Who::Init, {}};
  if (!input.own_network) return step;
  append(step, write_file("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0"));
  // A range of groups that the user namespace does not map is refused (EINVAL).
  if (!input.plain_user)
    append(step, write_file("/proc/sys/net/ipv4/ping_group_range", "0 2147483647"));
  return step;
}

PlanStep path_readonly(const PlanInput& input) {
  PlanStep step{"path.readonly", Who::Init, {}};
  if (input.privileged) return step;
  std::int32_t group = 0;
  for (const std::string& path : readonly_paths()) {
    ++group;
    PlanCall first =
        tolerate(mount(text(path), path, Arg{}, ms::kBind | ms::kRec), {Errno::kENOENT});
    first.skip_rest = true;  // what is not there cannot be remounted
    first.group = group;
    PlanCall second = remount_readonly(path, kQuiet);
    second.group = group;
    step.calls.push_back(std::move(first));
    step.calls.push_back(std::move(second));
  }
  return step;
}

PlanStep path_mask(const PlanInput& input) {
  PlanStep step{"path.mask", Who::Init, {}};
  if (input.privileged) return step;
  for (const std::string& path : masked_paths()) {
    PlanCall mask = tolerate(mount(text("/dev/null"), path, Arg{}, ms::kBind), {Errno::kENOENT});
    mask.otherwise_on = Errno::kENOTDIR;  // a folder: an empty read-only tmpfs instead
    mask.otherwise = {mount(text("tmpfs"), path, text("tmpfs"), ms::kRdonly)};
    step.calls.push_back(std::move(mask));
  }
  return step;
}

PlanStep rootfs_umount(const PlanInput& input) {
  return {"rootfs.umount",
          Who::Shim,
          {call(Sys::umount2, {text(input.rootfs), integer(abi::mnt::kDetach)})}};
}

}  // namespace

Plan run_plan(const PlanInput& input) {
  Plan plan;
  const auto add = [&plan](PlanStep step) { plan.steps.push_back(std::move(step)); };
  add(subreaper(input));
  add({"rt.start", Who::Shim, {}});
  add_join_steps(input, plan);
  add(ns_clone(input));
  add_cgroup_steps(input, plan);
  add(ns_release(input));
  add(ns_wait(input));
  if (input.plain_user) add_map_steps(*input.plain_user, plan);
  if (!input.network_path.empty()) add(net_join(input));
  add(mnt_private(input));
  if (!input.init_mounts.empty()) add(mnt_overlay(input));
  add(mnt_rootfs(input));
  add_mount_steps(input, plan);
  add(net_setup(input));
  add(root_pivot(input));
  add(root_detach(input));
  if (owns(input, "uts")) add(uts_hostname(input));
  add(sysctl(input));
  add(path_readonly(input));
  add(path_mask(input));
  add_process_steps(input, true, plan);
  add(exec_wait());
  add({"work", Who::Workload, {}});
  add({"io.write", Who::Workload, {}});
  add({"exit", Who::Workload, {}});
  add(reap(input));
  if (!input.cgroup_mounts.empty()) add(cg_remove(input));
  if (input.root_is_mount) add(rootfs_umount(input));
  return plan;
}

}  // namespace cutaway::spec
