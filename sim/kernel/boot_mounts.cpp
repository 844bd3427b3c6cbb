// The host's mount tree. systemd makes every mount shared (systemd(1), "/"; sharedsubtree.rst).
#include "base/text.h"
#include "sim/kernel/boot_builder.h"
#include "trace/world/mount_tree.h"

namespace cutaway::sim {
namespace {

using namespace abi::ms;
constexpr std::uint64_t kApi = kNosuid | kNodev | kNoexec | kRelatime;

}  // namespace

MountId BootBuilder::mount(FilesystemId fs, MountId parent, std::string_view at,
                           std::string_view target, std::uint64_t flags) {
  Mount made;
  made.id = MountId{++world.counters.mount};
  made.ns = ns(NsKind::Mnt);
  made.parent = parent;
  made.at = std::string(at);
  made.target = std::string(target);
  made.fs = fs;
  made.source = world.filesystems.at(fs).source;
  made.flags = flags;
  made.peer_group = ++world.counters.peer_group;
  put_mount(world, made);
  return made.id;
}

void BootBuilder::mount_dev(MountId root) {
  dev_mount_ = mount(dev_fs_, root, "/dev", "/dev", kNosuid | kRelatime);
  const FilesystemId pts = make_filesystem("devpts", "devpts", false);
  world.filesystems.mutate(pts).options = "rw,gid=5,mode=620,ptmxmode=000";
  mount(pts, dev_mount_, "/pts", "/dev/pts", kNosuid | kNoexec | kRelatime);
  const FilesystemId shm = make_filesystem("tmpfs", "tmpfs", true, 01777);
  mount(shm, dev_mount_, "/shm", "/dev/shm", kNosuid | kNodev);
  const FilesystemId mqueue = make_filesystem("mqueue", "mqueue", false);
  world.filesystems.mutate(mqueue).ns = ns(NsKind::Ipc);
  mount(mqueue, dev_mount_, "/mqueue", "/dev/mqueue", kApi);
}

/// v2: one mount. v1: a tmpfs with a folder for each hierarchy. Hybrid: that, and v2 at "unified".
void BootBuilder::mount_cgroups(MountId sys) {
  const bool only_v2 = world.machine.cgroup == CgroupVersion::V2;
  MountId parent = sys;
  std::string at = "/fs/cgroup", target = "/sys/fs/cgroup";
  FilesystemId tmpfs;
  if (!only_v2) {
    tmpfs = make_filesystem("tmpfs", "tmpfs", true);
    parent = mount(tmpfs, sys, at, target, kNosuid | kNodev | kNoexec);
  }
  for (const HierarchyId id : hierarchies_) {
    const Hierarchy hierarchy = world.hierarchies.at(id);
    const bool v2 = hierarchy.version == 2;
    const FilesystemId fs =
        make_filesystem(v2 ? "cgroup2" : "cgroup", v2 ? "cgroup2" : "cgroup", false);
    Filesystem& made = world.filesystems.mutate(fs);
    made.hierarchy = id;
    made.cgroup = hierarchy.root;
    made.ns = ns(NsKind::Cgroup);
    std::string name = v2 ? "unified" : cutaway::join(hierarchy.controllers, ",");
    made.options = v2 ? "rw,nsdelegate" : "rw," + name;
    if (starts_with(name, "name=")) name = name.substr(5);
    if (!only_v2) {
      folder(tmpfs, "/" + name);
      at = "/" + name;
      target = "/sys/fs/cgroup/" + name;
    }
    mount(fs, parent, at, target, kApi);
  }
  if (only_v2) return;
  // The names of single controllers lead to the hierarchies that hold two.
  for (const char* alias : {"cpu", "cpuacct"}) link(tmpfs, std::string("/") + alias, "cpu,cpuacct");
  for (const char* alias : {"net_cls", "net_prio"})
    link(tmpfs, std::string("/") + alias, "net_cls,net_prio");
}

void BootBuilder::mounts() {
  root_mount_ = mount(root_fs_, MountId{}, "/", "/", kRelatime);
  world.namespaces.mutate(ns(NsKind::Mnt)).root_mount = root_mount_;
  const FilesystemId proc = make_filesystem("proc", "proc", false);
  world.filesystems.mutate(proc).ns = ns(NsKind::Pid);
  mount(proc, root_mount_, "/proc", "/proc", kApi);
  const FilesystemId sysfs = make_filesystem("sysfs", "sysfs", false);
  world.filesystems.mutate(sysfs).ns = ns(NsKind::Net);
  const MountId sys = mount(sysfs, root_mount_, "/sys", "/sys", kApi);
  mount_dev(root_mount_);
  run_fs_ = make_filesystem("tmpfs", "tmpfs", true);
  folder(run_fs_, "/containerd", 0711);
  folder(run_fs_, "/docker", 0711);
  folder(run_fs_, "/lock", 01777);
  folder(run_fs_, "/systemd");
  mount(run_fs_, root_mount_, "/run", "/run", kNosuid | kNodev);
  mount_cgroups(sys);
}

}  // namespace cutaway::sim
