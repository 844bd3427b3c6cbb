#include "world_builder.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/new_id.h"
#include "trace/world/virtual_content.h"
#include "trace/world/walk.h"

namespace cutaway::test {
namespace {

InodeId put(World& world, FilesystemId fs, std::string_view path, Inode inode) {
  const std::size_t slash = path.rfind('/');
  const std::string name(path.substr(slash + 1));
  const Inode* parent = inode_at(world, fs, path.substr(0, slash));
  const InodeId parent_id =
      parent == nullptr ? put_folder(world, fs, path.substr(0, slash)) : parent->id;
  inode.id = InodeId{++world.counters.inode};
  inode.fs = fs;
  const bool folder = (inode.mode & abi::mode::kType) == abi::mode::kDirectory;
  inode.links = folder ? 2 : 1;
  Inode& above = world.inodes.mutate(parent_id);
  above.entries[name] = inode.id;
  if (folder) ++above.links;
  world.inodes.put(inode.id, inode);
  return inode.id;
}

FilesystemId make_filesystem(World& world, std::string type, std::string source, bool keeps_files,
                             NsId ns = {}) {
  Filesystem fs;
  fs.id = FilesystemId{++world.counters.filesystem};
  fs.type = std::move(type);
  fs.source = std::move(source);
  fs.ns = ns;
  if (keeps_files) {
    Inode root;
    root.id = InodeId{++world.counters.inode};
    root.fs = fs.id;
    root.mode = abi::mode::kDirectory | 0755;
    root.links = 2;
    fs.root = root.id;
    world.inodes.put(root.id, root);
  }
  world.filesystems.put(fs.id, fs);
  return fs.id;
}

MountId attach(World& world, NsId ns, MountId parent, std::string at, FilesystemId fs) {
  Mount mount;
  mount.id = MountId{++world.counters.mount};
  mount.ns = ns;
  mount.parent = parent;
  mount.target = parent ? at : "/";
  mount.at = std::move(at);
  mount.fs = fs;
  mount.source = world.filesystems.at(fs).source;
  mount.flags = abi::ms::kRelatime;
  mount.peer_group = ++world.counters.peer_group;
  put_mount(world, mount);
  if (!parent) world.namespaces.mutate(ns).root_mount = mount.id;
  return mount.id;
}

NsId make_ns(World& world, NsKind kind) {
  Namespace ns;
  ns.id = NsId{++world.counters.ns};
  ns.type = kind;
  ns.inode = ++world.counters.ns_inode;
  if (kind == NsKind::Uts) ns.hostname = "host";
  if (kind == NsKind::Net) {
    ns.links.push_back(Interface{1, "lo", "loopback", true, {"127.0.0.1/8"}});
    ns.links.push_back(Interface{2, "eth0", "ether", true, {"10.0.2.15/24"}});
  }
  world.namespaces.put(ns.id, ns);
  return ns.id;
}

CgroupId make_hierarchy(World& world, std::int32_t version, std::vector<std::string> controllers) {
  Hierarchy hierarchy;
  hierarchy.id = HierarchyId{++world.counters.hierarchy};
  hierarchy.version = version;
  hierarchy.controllers = std::move(controllers);
  Cgroup root;
  root.id = CgroupId{++world.counters.cgroup};
  root.hierarchy = hierarchy.id;
  root.path = "/";
  root.tasks = 1;
  if (version == 2) root.limits["cgroup.subtree_control"] = join(hierarchy.controllers, " ");
  hierarchy.root = root.id;
  world.cgroups.put(root.id, root);
  world.hierarchies.put(hierarchy.id, hierarchy);
  return root.id;
}

std::vector<CgroupId> make_cgroups(World& world, CgroupVersion version) {
  if (version == CgroupVersion::V2)
    return {make_hierarchy(world, 2, {"cpuset", "cpu", "io", "memory", "pids"})};
  std::vector<CgroupId> roots;
  for (const char* controller : {"memory", "pids", "cpu", "freezer"})
    roots.push_back(make_hierarchy(world, 1, {controller}));
  return roots;
}

void mount_cgroups(World& world, NsId mnt, MountId sysfs, const std::vector<CgroupId>& roots,
                   NsId cgroup_ns) {
  MountId at = sysfs;
  const bool two = world.hierarchies.at(world.cgroups.at(roots[0]).hierarchy).version == 2;
  if (!two)
    at = attach(world, mnt, sysfs, "/fs/cgroup", make_filesystem(world, "tmpfs", "tmpfs", true));
  for (const CgroupId root : roots) {
    const Hierarchy& hierarchy = world.hierarchies.at(world.cgroups.at(root).hierarchy);
    const FilesystemId fs =
        make_filesystem(world, two ? "cgroup2" : "cgroup", "cgroup", false, cgroup_ns);
    world.filesystems.mutate(fs).hierarchy = hierarchy.id;
    world.filesystems.mutate(fs).cgroup = root;
    const std::string name = "/" + (two ? std::string("fs/cgroup") : hierarchy.controllers[0]);
    if (!two) put_folder(world, world.mounts.at(at).fs, name);
    attach(world, mnt, at, name, fs);
  }
}

void fix_targets(World& world) {
  std::vector<MountId> all;
  world.mounts.each([&all](const Mount& mount) { all.push_back(mount.id); });
  for (const MountId id : all) {
    const Mount& mount = world.mounts.at(id);
    if (mount.parent)
      world.mounts.mutate(id).target = path_in_ns(world, Location{mount.parent, mount.at});
  }
}

void make_mounts(World& world, const Task& init, const std::vector<CgroupId>& roots) {
  const NsId mnt = init.in(NsKind::Mnt);
  const FilesystemId disk = make_filesystem(world, "ext4", "/dev/vda1", true);
  for (const char* folder :
       {"/bin", "/dev", "/etc", "/proc", "/sys", "/tmp", "/root", "/var/lib", "/mnt"})
    put_folder(world, disk, folder, folder == std::string("/tmp") ? 01777 : 0755);
  put_file(world, disk, "/etc/passwd", 100);
  put_file(world, disk, "/bin/sh", 1000, 0755);
  put_link(world, disk, "/bin/ash", "sh");
  const MountId root = attach(world, mnt, MountId{}, "", disk);
  attach(world, mnt, root, "/proc",
         make_filesystem(world, "proc", "proc", false, init.in(NsKind::Pid)));
  const MountId sysfs =
      attach(world, mnt, root, "/sys",
             make_filesystem(world, "sysfs", "sysfs", false, init.in(NsKind::Net)));
  const FilesystemId dev = make_filesystem(world, "devtmpfs", "udev", true);
  put_device(world, dev, "/null", 1, 3);
  put_device(world, dev, "/zero", 1, 5);
  put_device(world, dev, "/ptmx", 5, 2);
  put_folder(world, dev, "/pts");
  const MountId devices = attach(world, mnt, root, "/dev", dev);
  attach(world, mnt, devices, "/pts", make_filesystem(world, "devpts", "devpts", false));
  mount_cgroups(world, mnt, sysfs, roots, init.in(NsKind::Cgroup));
  fix_targets(world);
}

}  // namespace

InodeId put_folder(World& world, FilesystemId fs, std::string_view path, std::uint32_t mode) {
  if (const Inode* existing = inode_at(world, fs, path)) return existing->id;
  Inode inode;
  inode.mode = abi::mode::kDirectory | mode;
  return put(world, fs, path, inode);
}
InodeId put_file(World& world, FilesystemId fs, std::string_view path, std::int64_t size,
                 std::uint32_t mode) {
  Inode inode;
  inode.mode = abi::mode::kRegular | mode;
  inode.size = size;
  if ((mode & 0111) != 0) inode.program = std::string(path.substr(path.rfind('/') + 1));
  return put(world, fs, path, inode);
}
InodeId put_device(World& world, FilesystemId fs, std::string_view path, std::uint32_t major,
                   std::uint32_t minor) {
  Inode inode;
  inode.mode = abi::mode::kChar | 0666;
  inode.major = major;
  inode.minor = minor;
  return put(world, fs, path, inode);
}
InodeId put_link(World& world, FilesystemId fs, std::string_view path, std::string_view target) {
  Inode inode;
  inode.mode = abi::mode::kLink | 0777;
  inode.target = std::string(target);
  return put(world, fs, path, inode);
}

FilesystemId root_fs(const World& world) {
  return world.mounts.at(world.namespaces.at(world.tasks.at(kInit).in(NsKind::Mnt)).root_mount).fs;
}

World make_host(CgroupVersion cgroup) {
  World world;
  world.machine.cgroup = cgroup;
  Task init;
  init.id = TaskId{++world.counters.task};
  init.leader = init.session = init.process_group = init.id;
  init.pids = {1};
  init.comm = "init";
  init.exe = "/sbin/init";
  init.argv = {"init"};
  for (int kind = 0; kind < kNsKinds; ++kind)
    init.ns[static_cast<std::size_t>(kind)] = make_ns(world, static_cast<NsKind>(kind));
  for (int kind = 0; kind < kNsKinds; ++kind) {
    if (static_cast<NsKind>(kind) != NsKind::User)
      world.namespaces.mutate(init.ns[static_cast<std::size_t>(kind)]).owner =
          init.in(NsKind::User);
  }
  init.pid_ns_for_children = init.in(NsKind::Pid);
  init.time_ns_for_children = init.in(NsKind::Time);
  Namespace& pids = world.namespaces.mutate(init.in(NsKind::Pid));
  pids.last_pid = 1;
  pids.init = init.id;
  init.cgroups = make_cgroups(world, cgroup);
  Namespace& cgroups = world.namespaces.mutate(init.in(NsKind::Cgroup));
  cgroups.cgroup_root = init.cgroups.front();
  cgroups.cgroup_roots = init.cgroups;
  init.fds = FdTableId{++world.counters.fd_table};
  world.fd_tables.put(init.fds, FdTable{init.fds, {}, 1});
  init.memory = AddressSpaceId{++world.counters.address_space};
  world.address_spaces.put(init.memory, AddressSpace{init.memory, 100, {}, {}, 1});
  init.sighand = SighandId{++world.counters.sighand};
  world.sighands.put(init.sighand, SignalHandlers{init.sighand, {}, 1});
  init.fs = FsContextId{++world.counters.fs_context};
  make_mounts(world, init, init.cgroups);
  const Location root{world.namespaces.at(init.in(NsKind::Mnt)).root_mount, "/"};
  world.fs_contexts.put(init.fs, FsContext{init.fs, root, root, 022, 1});
  world.tasks.put(init.id, init);
  return world;
}

Arg make_struct(std::initializer_list<std::pair<std::string, Arg>> fields) {
  Arg arg;
  arg.tag = ArgTag::Struct;
  for (const auto& each : fields) {
    arg.keys.push_back(each.first);
    arg.items.push_back(each.second);
  }
  return arg;
}

Bench::Bench(World start) : world_(std::move(start)), start_(world_) {}
Bench::~Bench() = default;

void Bench::emit(TaskId subject, Body&& body) {
  Event event;
  event.stamp.t = static_cast<std::int64_t>(events_.size());
  event.stamp.task = subject;
  event.body = std::move(body);
  evolve(world_, event);
  events_.push_back(std::move(event));
}

Events Bench::run(const std::function<void(EffectSink&)>& what) {
  const std::size_t from = events_.size();
  what(*this);
  EXPECT_EQ(broken(world_), "");
  return Events{this, from, events_.size()};
}

Events Bench::call(const SyscallDone& done) {
  Events caused = run([&done](EffectSink& sink) { effects(done, sink); });
  EXPECT_EQ(broken(world_), "") << "after " << abi::sys_name(done.sys);
  return caused;
}

Events Bench::call(TaskId task, abi::Sys sys, std::vector<Arg> args, std::int64_t ret) {
  SyscallDone done;
  done.task = task;
  done.sys = sys;
  done.args = std::move(args);
  done.ret = ret;
  return call(done);
}

Events Bench::failed(TaskId task, abi::Sys sys, std::vector<Arg> args, abi::Errno err) {
  SyscallDone done;
  done.task = task;
  done.sys = sys;
  done.args = std::move(args);
  done.ret = -1;
  done.err = err;
  return call(done);
}

TaskId Bench::clone(TaskId task, std::uint64_t flags) {
  const std::vector<std::int32_t> pids = next_pids(world_, world_.tasks.at(task), flags);
  const TaskId child = next_task(world_);
  const auto seen =
      pids.size() > world_.tasks.at(task).pids.size() ? pids[pids.size() - 2] : pids.back();
  call(task, abi::Sys::clone, {Arg::integer(static_cast<std::int64_t>(flags))}, seen);
  return child;
}

Events Bench::mount(TaskId task, std::string_view source, std::string_view target,
                    std::string_view type, std::uint64_t flags, std::string_view data) {
  return call(task, abi::Sys::mount,
              {Arg::bytes(std::string(source)), Arg::bytes(std::string(target)),
               Arg::bytes(std::string(type)), Arg::integer(static_cast<std::int64_t>(flags)),
               Arg::bytes(std::string(data))});
}

std::int32_t Bench::open(TaskId task, std::string_view path, std::uint64_t flags,
                         std::uint32_t mode) {
  const std::int32_t fd = lowest_free_fd(world_, world_.tasks.at(task));
  call(task, abi::Sys::openat,
       {Arg::integer(abi::at::kFdcwd), Arg::bytes(std::string(path)),
        Arg::integer(static_cast<std::int64_t>(flags)), Arg::integer(mode)},
       fd);
  EXPECT_NE(file_of(world_, world_.tasks.at(task), fd), nullptr) << path;
  return fd;
}

Events Bench::write(TaskId task, std::int64_t fd, std::string_view text) {
  return call(task, abi::Sys::write, {Arg::integer(fd), Arg::bytes(std::string(text))},
              static_cast<std::int64_t>(text.size()));
}

Events Bench::write_file(TaskId task, std::string_view path, std::string_view text) {
  const std::int32_t fd = open(task, path, abi::o::kWronly);
  Events caused = write(task, fd, text);
  close(task, fd);
  return caused;
}

World Bench::replayed() const {
  World world = start_;
  for (const Event& event : events_) evolve(world, event);
  return world;
}

std::string broken(const World& world) { return join(broken_invariants(world), "; "); }

std::string mount_targets(const World& world, NsId ns) {
  std::vector<std::string> targets;
  for (const MountId id : mounts_of_ns(world, ns)) targets.push_back(world.mounts.at(id).target);
  return join(targets, " ");
}

std::string mountinfo(const World& world, TaskId viewer) {
  return read_virtual(world, viewer, "/proc/self/mountinfo");
}

std::string read_virtual(const World& world, TaskId viewer, std::string_view path) {
  const Task& task = world.tasks.at(viewer);
  const Walk found = walk(world, task, path);
  EXPECT_EQ(found.err, abi::Errno::kOk) << path;
  return virtual_content(world, task, found.where);
}

}  // namespace cutaway::test
