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

constexpr std::uint64_t kQuiet = ms::kNosuid | ms::kNodev | ms::kNoexec;

PlanStep subreaper(const PlanInput&) {
  return {"subreaper",
          Who::Shim,
          {call(Sys::prctl, {integer(36), integer(1)})}};  // PR_SET_CHILD_SUBREAPER
}

PlanStep ns_clone(const PlanInput& input) {
  std::uint64_t flags =
      abi::clone::kNewNs | abi::clone::kNewUts | abi::clone::kNewIpc | abi::clone::kNewPid;
  if (input.own_network) flags |= abi::clone::kNewNet;
  return {"ns.clone",
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
  PlanStep step{"ns.clone",
                Who::Init,
                {call(Sys::close, {text("$sync.1")}), call(Sys::close, {text("$report.0")}), wait,
                 call(Sys::close, {text("$sync.0")})}};
  if (input.cgroup_version == 2)
    step.calls.push_back(call(Sys::unshare, {integer(abi::clone::kNewCgroup)}));
  return step;
}

PlanStep ns_release(const PlanInput&) {
  return {
      "ns.clone",
      Who::Runtime,
      {call(Sys::write, {text("$sync.1"), text("1"), Arg{}}), call(Sys::close, {text("$sync.0")}),
       call(Sys::close, {text("$sync.1")}), call(Sys::close, {text("$report.1")})}};
}

PlanStep cg_create(const PlanInput& input) {
  PlanStep step{"cg.create", Who::Runtime, {}};
  for (const std::string& folder : cgroup_folders(input)) {
    step.calls.push_back(
        tolerate(call(Sys::mkdir, {text(folder), integer(0755)}), {Errno::kEEXIST}));
  }
  const std::string* cpuset = input.cgroup_version == 1 ? cgroup_mount(input, "cpuset") : nullptr;
  if (cpuset == nullptr) return step;
  // A new cpuset of v1 has no cpus and no memory nodes, and takes no member (cpuset(7): ENOSPC).
  const std::string folder = *cpuset + input.cgroup_path;
  const std::string parent = folder.substr(0, folder.rfind('/'));
  for (const char* file : {"/cpuset.cpus", "/cpuset.mems"})
    append(step, copy_file(parent + file, folder + file));
  return step;
}

PlanStep cg_attach(const PlanInput& input) {
  PlanStep step{"cg.attach", Who::Runtime, {}};
  for (const std::string& folder : cgroup_folders(input)) {
    append(step, write_file(folder + "/cgroup.procs", "${child}"));
  }
  return step;
}

PlanStep cg_limit(const PlanInput& input) {
  PlanStep step{"cg.limit", Who::Runtime, {}};
  std::vector<CgroupSetting> settings = device_settings(input);
  for (CgroupSetting& setting : cgroup_settings(input)) settings.push_back(std::move(setting));
  std::int32_t group = 0;
  for (const CgroupSetting& setting : settings) {
    const std::string* mounted = cgroup_mount(input, setting.controller);
    if (mounted == nullptr) continue;
    auto writing = write_file(*mounted + input.cgroup_path + "/" + setting.file, setting.value);
    ++group;
    for (PlanCall& made : writing) made.group = group;
    if (setting.optional) {  // without swap accounting there is nothing to limit
      writing.front().tolerated = {Errno::kENOENT};
      writing.front().skip_rest = true;
    }
    append(step, std::move(writing));
  }
  return step;
}

PlanStep mnt_private(const PlanInput&) {
  return {"mnt.private", Who::Init, {mount(Arg{}, "/", Arg{}, ms::kRec | ms::kPrivate)}};
}

PlanStep mnt_rootfs(const PlanInput& input) {
  return {"mnt.rootfs",
          Who::Init,
          {mount(text(input.rootfs), input.rootfs, Arg{}, ms::kBind | ms::kRec)}};
}

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
  }
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
  for (const Node& node : kNodes) {
    const std::int64_t device = (node.major << 8) | node.minor;
    step.calls.push_back(call(
        Sys::mknod, {text(dev + node.name), integer(abi::mode::kChar | 0666), integer(device)}));
  }
  for (const auto& [target, name] : kLinks)
    step.calls.push_back(call(Sys::symlink, {text(target), text(dev + name)}));
  step.calls.push_back(call(Sys::umask, {integer(022)}));
  return step;
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

// The end is waited for by the program of the shim itself; these calls come behind it. Whether the
// kernel ended somebody for want of memory is known only as long as the cgroup is there.
PlanStep reap(const PlanInput& input) {
  PlanStep step{"reap", Who::Shim, {}};
  const auto mounted = input.cgroup_mounts.find(input.cgroup_version == 2 ? "unified" : "memory");
  if (input.memory_bytes == 0 || mounted == input.cgroup_mounts.end()) return step;
  const char* file = input.cgroup_version == 2 ? "/memory.events" : "/memory.oom_control";
  step.calls = {keep(open(mounted->second + input.cgroup_path + file, abi::o::kCloexec), "file"),
                keep(call(Sys::read, {text("$file"), Arg{}, integer(256)}), "oom"),
                call(Sys::close, {text("$file")})};
  return step;
}

PlanStep cg_remove(const PlanInput& input) {
  PlanStep step{"cg.remove", Who::Shim, {}};
  for (const std::string& folder : cgroup_folders(input))
    step.calls.push_back(tolerate(call(Sys::rmdir, {text(folder)}), {Errno::kENOENT}));
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
  add(ns_clone(input));
  add(cg_create(input));
  add(cg_attach(input));
  add(cg_limit(input));
  add(ns_release(input));
  add(ns_wait(input));
  add(mnt_private(input));
  add(mnt_rootfs(input));
  add(mnt_new(input, "mnt.proc", "proc", "/proc", "proc", kQuiet, ""));
  add(mnt_new(input, "mnt.dev", "tmpfs", "/dev", "tmpfs", ms::kNosuid | ms::kStrictatime,
              "mode=755,size=65536k"));
  add(mnt_new(input, "mnt.devpts", "devpts", "/dev/pts", "devpts", ms::kNosuid | ms::kNoexec,
              "newinstance,ptmxmode=0666,mode=0620,gid=5"));
  add(mnt_new(input, "mnt.sysfs", "sysfs", "/sys", "sysfs", kQuiet | ms::kRdonly, ""));
  add(mnt_cgroup(input));
  add(mnt_new(input, "mnt.mqueue", "mqueue", "/dev/mqueue", "mqueue", kQuiet, ""));
  add(mnt_new(input, "mnt.shm", "shm", "/dev/shm", "tmpfs", kQuiet, "mode=1777,size=65536k"));
  add(mnt_bind(input));
  add(dev_nodes(input));
  add(net_setup(input));
  add(root_pivot(input));
  add(root_detach(input));
  add(uts_hostname(input));
  add(sysctl(input));
  add(path_readonly(input));
  add(path_mask(input));
  add_process_steps(input, true, plan);
  add(exec_wait());
  add({"work", Who::Workload, {}});
  add({"io.write", Who::Workload, {}});
  add({"exit", Who::Workload, {}});
  add(reap(input));
  add(cg_remove(input));
  if (input.root_is_mount) add(rootfs_umount(input));
  return plan;
}

}  // namespace cutaway::spec
