// The machine as a litmus program finds it: what puts a sandbox together has happened before the
// trace begins, so it is the snapshot.
#include <algorithm>

#include "base/text.h"
#include "sim/kernel/boot.h"
#include "sim/kernel/boot_builder.h"
#include "sim/kernel/kernel.h"
#include "spec/litmus_text.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway::sim {
namespace {

/// Ids that no user of a machine has (login.defs(5) gives out less).
constexpr std::uint32_t kFirstId = 300'000, kIds = 65'536;
constexpr std::string_view kCgroup = "/cutaway", kBelow = "/cutaway/litmus";
constexpr std::int64_t kMemory = std::int64_t{128} << 20, kPids = 64, kCpuPpm = 500'000;
constexpr std::int64_t kPeriodUs = 100'000;
constexpr std::int32_t kEnginePid = 3977;
constexpr std::int64_t kPages = 60;

/// Kinds that a sandbox of tier U has for itself; time stays the machine's.
constexpr NsKind kOwn[] = {NsKind::User, NsKind::Mnt,    NsKind::Uts, NsKind::Ipc,
                           NsKind::Pid,  NsKind::Cgroup, NsKind::Net};

constexpr std::string_view kSandboxDevices[] = {"null", "zero", "full", "random", "urandom"};

std::string content_of(const spec::FileSpec& file) {
  if (file.kind == spec::FileSpec::Kind::Program)
    return std::string(kProgramMagic) + file.program + "\n";
  if (file.kind == spec::FileSpec::Kind::Litmus)
    return std::string(kProgramMagic) + "litmus\n" + spec::litmus_text(file.litmus);
  return file.bytes;
}

std::int64_t or_default(std::int64_t asked, std::int64_t usual) {
  return asked > 0 ? asked : usual;
}

/// What a sandbox may use, as each version of cgroups writes it.
struct LimitFile {
  const char* controller;
  int version;
  const char* file;
  std::string value;
};
std::vector<LimitFile> limit_files(const Sandbox& sandbox) {
  const std::string pids = decimal(or_default(sandbox.pids, kPids));
  const std::string memory = decimal(or_default(sandbox.memory_bytes, kMemory));
  const std::string quota = decimal(or_default(sandbox.cpu_ppm, kCpuPpm) * kPeriodUs / 1'000'000);
  const std::string period = decimal(kPeriodUs);
  return {{"pids", 1, "pids.max", pids},
          {"pids", 2, "pids.max", pids},
          {"memory", 1, "memory.limit_in_bytes", memory},
          {"memory", 2, "memory.max", memory},
          {"cpu", 1, "cpu.cfs_quota_us", quota},
          {"cpu", 1, "cpu.cfs_period_us", period},
          {"cpu", 2, "cpu.max", quota + " " + period}};
}

}  // namespace

NsId BootBuilder::own_namespace(NsKind kind) {
  const Namespace old = world.namespaces.at(ns(kind));
  Namespace made;
  made.id = NsId{++world.counters.ns};
  made.type = kind;
  made.inode = ++world.counters.ns_inode;
  made.owner = ns(NsKind::User);
  made.hostname = old.hostname;
  made.domainname = old.domainname;
  if (kind == NsKind::User || kind == NsKind::Pid) {
    made.parent = old.id;
    made.level = old.level + 1;
  }
  if (kind == NsKind::User) {
    made.owner = old.id;
    made.uid_map = made.gid_map = {IdMapping{0, kFirstId, kIds}};
  }
  if (kind == NsKind::Net) {  // network_namespaces(7): a loopback device, down
    Interface lo;
    lo.index = made.last_link = 1;
    lo.name = "lo";
    lo.type = "loopback";
    made.links.push_back(std::move(lo));
  }
  world.namespaces.put(made.id, made);
  return made.id;
}

/// From here on the builder makes what belongs to the sandbox.
void BootBuilder::sandbox_namespaces() {
  first_id_ = kFirstId;
  for (const NsKind kind : kOwn) ns_[static_cast<std::size_t>(kind)] = own_namespace(kind);
}

/// cgroups(7): made by the parent, in each hierarchy; the sandbox sees it as its root.
void BootBuilder::sandbox_cgroup(const Sandbox& sandbox) {
  const std::vector<LimitFile> files = limit_files(sandbox);
  std::vector<CgroupId> roots;
  for (const HierarchyId id : hierarchies_) {
    const Hierarchy hierarchy = world.hierarchies.at(id);
    const CgroupId above = cgroup(id, hierarchy.root, kCgroup);
    const CgroupId own = cgroup(id, above, kBelow);
    roots.push_back(own);
    const bool v2 = hierarchy.version == 2;
    if (v2) world.cgroups.mutate(above).limits["cgroup.subtree_control"] = "cpu memory pids";
    const std::vector<std::string>& all = hierarchy.controllers;
    for (const LimitFile& row : files) {
      const bool here = std::find(all.begin(), all.end(), row.controller) != all.end();
      if (here && row.version == (v2 ? 2 : 1))
        world.cgroups.mutate(own).limits[row.file] = row.value;
    }
  }
  Namespace& seen = world.namespaces.mutate(ns(NsKind::Cgroup));
  if (!sandbox.real_root) {
    seen.cgroup_roots = roots;
    seen.cgroup_root = roots.empty() ? CgroupId{} : roots.front();
  }
}

MountId BootBuilder::sandbox_mount(FilesystemId fs, MountId parent, std::string_view target,
                                   std::uint64_t flags, std::string_view root) {
  const MountId id = mount(fs, parent, target, target, flags);
  group_mount(world, id, 0, 0);  // private
  world.mounts.mutate(id).root = std::string(root);
  return id;
}

void BootBuilder::sandbox_file(std::string_view path, const spec::FileSpec& file) {
  using Kind = spec::FileSpec::Kind;
  const FilesystemId fs = world.mounts.at(sandbox_root_).fs;
  std::string above;
  std::vector<std::string> parts = split(path, '/');
  parts.pop_back();
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    above += "/" + part;
    const InodeId parent = world.filesystems.at(fs).root;
    if (inode_at(parent, above)) continue;
    folder(fs, above);
  }
  Inode inode;
  inode.uid = first_id_ + file.uid;
  inode.gid = first_id_ + file.gid;
  if (file.kind == Kind::Directory) {
    if (const InodeId there = inode_at(world.filesystems.at(fs).root, above)) {
      Inode& made = world.inodes.mutate(there);
      made.mode = abi::mode::kDirectory | file.mode;
      made.uid = inode.uid;
      made.gid = inode.gid;
    }
    return;
  }
  const bool link = file.kind == Kind::Link;
  inode.mode = (link ? abi::mode::kLink | 0777U : abi::mode::kRegular | file.mode);
  inode.target = file.link;
  const std::string content = content_of(file);
  if (!link) inode.content = BlobStore().put(content);  // equal bytes have equal ids everywhere
  inode.size = static_cast<std::int64_t>(link ? file.link.size() : content.size());
  put(fs, path, std::move(inode));
}

InodeId BootBuilder::inode_at(InodeId root, std::string_view path) const {
  InodeId at = root;
  for (const std::string& name : split(path, '/')) {
    if (name.empty()) continue;
    const auto& entries = world.inodes.at(at).entries;
    const auto found = entries.find(name);
    if (found == entries.end()) return {};
    at = found->second;
  }
  return at;
}

/// By bind mounts: mknod of a device is root's alone (user_namespaces(7)).
void BootBuilder::sandbox_devices() {
  const FilesystemId fs = world.mounts.at(sandbox_root_).fs;
  folder(fs, "/dev");
  for (const std::string_view name : kSandboxDevices) {
    const std::string path = "/dev/" + std::string(name);
    Inode place;
    place.mode = abi::mode::kRegular | 0644;
    place.uid = place.gid = first_id_;
    put(fs, path, std::move(place));
    const MountId made =
        sandbox_mount(dev_fs_, sandbox_root_, path, abi::ms::kNosuid | abi::ms::kRelatime,
                      "/" + std::string(name));
    Mount& mount = world.mounts.mutate(made);
    mount.source = "udev";
    mount.flags_locked = true;  // it comes from the namespace above
    mount.locked_flags = mount.flags;
    if (name == "null") sandbox_null_ = made;
  }
}

void BootBuilder::sandbox_root(const Sandbox& sandbox) {
  const FilesystemId fs = make_filesystem("tmpfs", "tmpfs", true);
  sandbox_root_ = sandbox_mount(fs, MountId{}, "/", abi::ms::kRelatime);
  // The root that a less privileged mount namespace begins with is locked, and whatever takes its
  // place by pivot_root(2) (MNT_LOCKED goes over; fs/namespace.c).
  world.mounts.mutate(sandbox_root_).locked = !sandbox.real_root;
  world.namespaces.mutate(ns(NsKind::Mnt)).root_mount = sandbox_root_;
  folder(fs, "/proc");
  const FilesystemId proc = make_filesystem("proc", "proc", false);
  world.filesystems.mutate(proc).ns = ns(NsKind::Pid);
  if (!sandbox.real_root) {
    for (const FilesystemId own : {fs, proc})
      world.filesystems.mutate(own).owner = ns(NsKind::User);
  }
  sandbox_mount(proc, sandbox_root_, "/proc",
                abi::ms::kNosuid | abi::ms::kNodev | abi::ms::kNoexec | abi::ms::kRelatime);
  if (!sandbox.real_root) {
    sandbox_devices();
  } else {
    folder(fs, "/dev");
    folder(fs, "/sys");
    mount_dev(sandbox_root_);
    sandbox_null_ = dev_mount_;
    const FilesystemId sysfs = make_filesystem("sysfs", "sysfs", false);
    world.filesystems.mutate(sysfs).ns = ns(NsKind::Net);
    mount_cgroups(sandbox_mount(sysfs, sandbox_root_, "/sys",
                                abi::ms::kNosuid | abi::ms::kNodev | abi::ms::kNoexec));
  }
  if (sandbox.files != nullptr) {
    for (const auto& [path, file] : *sandbox.files) sandbox_file(path, file);
  }
  // Nobody outside has these files: root of the sandbox made them.
  if (first_id_ == 0) return;
  std::vector<InodeId> unowned;
  world.inodes.each([&](const Inode& inode) {
    if (inode.fs == fs && inode.uid == 0) unowned.push_back(inode.id);
  });
  for (const InodeId id : unowned) {
    Inode& inode = world.inodes.mutate(id);
    inode.uid = inode.gid = first_id_;
  }
}

void BootBuilder::sandbox_credentials(TaskId id) {
  Credentials& who = world.tasks.mutate(id).credentials;
  for (std::uint32_t* uid : {&who.uid, &who.euid, &who.suid, &who.fsuid}) *uid = first_id_;
  for (std::uint32_t* gid : {&who.gid, &who.egid, &who.sgid, &who.fsgid}) *gid = first_id_;
}

/// Descriptors 0, 1 and 2 on the sandbox's own /dev/null.
void BootBuilder::null_channels(TaskId task) {
  OpenFile null = null_device();
  const Mount& device = world.mounts.at(sandbox_null_);
  null.where = Location{sandbox_null_, device.root == "/" ? "/null" : device.root};
  const FileId file = open_file(std::move(null));
  for (const std::int32_t fd : {0, 1, 2}) descriptor(task, fd, file);
}

void BootBuilder::sandbox_tasks(const Sandbox& sandbox) {
  root_mount_ = sandbox_root_;
  const TaskId engine =
      sandbox.real_root
          ? TaskId{}
          : world.tasks.first([](const Task& task) { return task.comm == "cutaway"; })->id;
  Namespace& pids = world.namespaces.mutate(ns(NsKind::Pid));
  pids.last_pid = 2;
  const bool inner = pids.level > 0;
  TaskId parent = engine;
  for (const std::int32_t pid : {1, 2}) {
    const TaskId made = task(inner ? kEnginePid + pid : pid, parent, pid == 1 ? "reaper" : "litmus",
                             {pid == 1 ? "reaper" : "litmus"}, "", kPages, kBelow);
    Task& mine = world.tasks.mutate(made);
    if (inner) mine.pids.push_back(pid);
    mine.exe_at = {};
    mine.env = {};
    mine.role = pid == 1 ? Role::Init : Role::Workload;
    if (pid == 1) world.namespaces.mutate(ns(NsKind::Pid)).init = made;
    if (pid == 1 && engine) {  // it made no session of its own
      mine.session = world.tasks.at(engine).session;
      mine.process_group = world.tasks.at(engine).process_group;
    }
    sandbox_credentials(made);
    null_channels(made);
    parent = made;
  }
}

void BootBuilder::sandbox(const Sandbox& sandbox) {
  if (!sandbox.real_root) {
    const TaskId init = task(1, TaskId{}, "systemd", {"/sbin/init"}, "/usr/lib/systemd/systemd",
                             3'100, "/init.scope");
    null_descriptors(init);
    Namespace& pids = world.namespaces.mutate(ns(NsKind::Pid));
    pids.init = init;
    pids.last_pid = kEnginePid + 2;
    null_descriptors(
        task(kEnginePid, init, "cutaway", {"cutaway"}, "/usr/bin/cutaway", 2'000, "/user.slice"));
    sandbox_namespaces();
  } else {
    ns_[static_cast<std::size_t>(NsKind::Mnt)] = own_namespace(NsKind::Mnt);
  }
  sandbox_cgroup(sandbox);
  sandbox_root(sandbox);
  sandbox_tasks(sandbox);
}

SandboxWorld sandbox_world(const Machine& machine, const Sandbox& sandbox) {
  BootBuilder builder(machine);
  builder.namespaces();
  builder.files();
  builder.cgroups();
  builder.mounts();
  builder.sandbox(sandbox);
  SandboxWorld made;
  made.world = std::move(builder.world);
  made.world.tasks.each([&made](const Task& task) {
    if (task.comm == "reaper") made.reaper = task.id;
    if (task.comm == "litmus") made.first = task.id;
  });
  return made;
}

void put_sandbox_contents(BlobStore& blobs, const spec::FileSet& files) {
  for (const auto& [path, file] : files) blobs.put(content_of(file));
}

}  // namespace cutaway::sim
