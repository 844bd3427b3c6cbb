// The chain that makes a container (canonical-steps.md), one effect after the other.
#include <gtest/gtest.h>

#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/walk.h"
#include "world_builder.h"

namespace cutaway::test {
namespace {

using abi::Sys;
constexpr std::uint64_t kContainer = abi::clone::kNewNs | abi::clone::kNewUts |
                                     abi::clone::kNewIpc | abi::clone::kNewPid |
                                     abi::clone::kNewNet | abi::clone::kNewCgroup | 17;

/// A host with image layers and the folders of a container on its disk.
World host_with_layers() {
  World world = make_host();
  const FilesystemId disk = root_fs(world);
  for (const char* folder :
       {"/c/work", "/c/merged", "/c/upper", "/l1/bin", "/l1/proc", "/l1/dev", "/l1/sys", "/l1/etc"})
    put_folder(world, disk, folder);
  put_file(world, disk, "/l1/bin/echo", 500, 0755);
  put_file(world, disk, "/l1/etc/hosts", 10);
  return world;
}

constexpr const char* kOverlay = "lowerdir=/l1,upperdir=/c/upper,workdir=/c/work";

class Container : public ::testing::Test {
 protected:
  Container() : bench(host_with_layers()) {
    bench.mount(kInit, "overlay", "/c/merged", "overlay", 0, kOverlay);
    child = bench.clone(kInit, kContainer);
  }
  void set_up_root() {
    bench.mount(child, "", "/", "", abi::ms::kRec | abi::ms::kSlave);
    bench.mount(child, "/c/merged", "/c/merged", "", abi::ms::kBind | abi::ms::kRec);
    bench.call(child, Sys::chdir, {Arg::bytes("/c/merged")});
    bench.mount(child, "proc", "proc", "proc",
                abi::ms::kNosuid | abi::ms::kNodev | abi::ms::kNoexec);
    bench.mount(child, "tmpfs", "dev", "tmpfs", abi::ms::kNosuid, "mode=755,size=65536k");
    bench.mount(child, "sysfs", "sys", "sysfs", abi::ms::kRdonly);
    bench.call(child, Sys::pivot_root, {Arg::bytes("."), Arg::bytes(".")});
  }
  void detach_old_root() {
    bench.call(child, Sys::umount2, {Arg::bytes("."), Arg::integer(2)});
    bench.call(child, Sys::chdir, {Arg::bytes("/")});
  }
  NsId mnt() const { return bench.task(child).in(NsKind::Mnt); }

  Bench bench;
  TaskId child;
};

TEST_F(Container, CloneGivesFreshNamespacesAndPidOne) {
  const Task& task = bench.task(child);
  EXPECT_EQ(task.pids, (std::vector<std::int32_t>{2, 1}));
  for (const NsKind kind :
       {NsKind::Mnt, NsKind::Pid, NsKind::Net, NsKind::Uts, NsKind::Ipc, NsKind::Cgroup})
    EXPECT_NE(task.in(kind), bench.task(kInit).in(kind)) << ns_kind_name(kind);
  EXPECT_EQ(task.in(NsKind::User), bench.task(kInit).in(NsKind::User));
  EXPECT_EQ(parent_pid(bench.world(), task), 0) << "PID-01: the parent is outside";
  EXPECT_EQ(bench.world().namespaces.at(task.in(NsKind::Pid)).init, child);
  EXPECT_EQ(bench.world().namespaces.at(task.in(NsKind::Uts)).hostname, "host") << "UTS-01: a copy";
  EXPECT_EQ(bench.world().namespaces.at(task.in(NsKind::Net)).links.size(), 1u) << "lo alone";
}

TEST_F(Container, ANewMountNamespaceIsACopy) {
  EXPECT_EQ(mount_targets(bench.world(), mnt()),
            mount_targets(bench.world(), bench.task(kInit).in(NsKind::Mnt)))
      << "MNT-01";
  const FsContext& fs = bench.world().fs_contexts.at(bench.task(child).fs);
  EXPECT_EQ(bench.world().mounts.at(fs.root.mount).ns, mnt()) << "its root is in the copy";
}

TEST_F(Container, AfterSlaveMountsStayInside) {
  bench.mount(child, "", "/", "", abi::ms::kRec | abi::ms::kSlave);
  const std::string before = mount_targets(bench.world(), bench.task(kInit).in(NsKind::Mnt));
  bench.mount(child, "tmpfs", "/mnt", "tmpfs");
  EXPECT_EQ(mount_targets(bench.world(), bench.task(kInit).in(NsKind::Mnt)), before) << "MNT-02";
  bench.mount(kInit, "tmpfs", "/tmp", "tmpfs");
  EXPECT_NE(mount_targets(bench.world(), mnt()).find(" /tmp"), std::string::npos)
      << "MNT-04: from the host it comes in";
}

TEST_F(Container, WithoutPrivateMountsReachTheHost) {
  bench.mount(child, "tmpfs", "/mnt", "tmpfs");
  EXPECT_NE(mount_targets(bench.world(), bench.task(kInit).in(NsKind::Mnt)).find(" /mnt"),
            std::string::npos)
      << "CLONE_NEWNS alone does not change propagation (MNT-05)";
}

TEST_F(Container, PivotRootStacksTheOldRootOnTheNew) {
  set_up_root();
  const World& world = bench.world();
  const FsContext& fs = world.fs_contexts.at(bench.task(child).fs);
  const Mount& root = world.mounts.at(world.namespaces.at(mnt()).root_mount);
  EXPECT_EQ(fs.root.mount, root.id);
  EXPECT_EQ(fs.cwd, fs.root);
  EXPECT_EQ(world.filesystems.at(root.fs).type, "overlay");
  const Location top = cross_mounts(world, fs.root);
  EXPECT_NE(top.mount, root.id) << "the old root is mounted on it";
  EXPECT_EQ(world.filesystems.at(world.mounts.at(top.mount).fs).type, "ext4");
}

TEST_F(Container, AWalkFindsWhatStandsAtThePlace) {
  set_up_root();
  detach_old_root();
  const World& world = bench.world();
  const Task& task = bench.task(child);
  for (const char* path : {"/", "/bin", "/bin/echo", "/bin/../bin/echo", "/etc", "/tmp", "/dev",
                           "/proc", "/proc/self/root/bin/echo", "/proc/1/fd", "/sys"}) {
    const Walk found = walk(world, task, path);
    const std::optional<Entry> there = entry_at(world, task, found.where);
    ASSERT_EQ(found.err == abi::Errno::kOk, there.has_value()) << path;
    if (!there) continue;
    EXPECT_EQ(found.entry.inode, there->inode) << path;
    EXPECT_EQ(found.entry.mode, there->mode) << path;
    EXPECT_EQ(found.entry.fs, there->fs) << path;
  }
}

TEST_F(Container, DetachingTheOldRootLeavesOnlyTheOverlay) {
  set_up_root();
  detach_old_root();
  const World& world = bench.world();
  EXPECT_EQ(mount_targets(world, mnt()), "/ /proc /dev /sys");
  EXPECT_EQ(world.filesystems.at(world.mounts.at(world.namespaces.at(mnt()).root_mount).fs).type,
            "overlay");
  const Task& task = bench.task(child);
  EXPECT_EQ(walk(world, task, "/bin/echo").err, abi::Errno::kOk);
  EXPECT_EQ(walk(world, task, "/var/lib").err, abi::Errno::kENOENT)
      << "the host's files are unreachable";
  EXPECT_EQ(walk(world, task, "/../../..").where, walk(world, task, "/").where);
  std::size_t detached = 0;
  world.mounts.each([&detached](const Mount& mount) { detached += mount.ns ? 0 : 1; });
  EXPECT_EQ(detached, 0u) << "nothing holds the old root any more";
  EXPECT_EQ(walk(world, bench.task(kInit), "/var/lib").err, abi::Errno::kOk)
      << "the host is as it was";
}

TEST_F(Container, MountinfoIsTheContainersOwn) {
  set_up_root();
  detach_old_root();
  const std::string info = mountinfo(bench.world(), child);
  EXPECT_NE(info.find(" / / rw,relatime"), std::string::npos) << info;
  EXPECT_NE(info.find(" - overlay overlay rw," + std::string(kOverlay)), std::string::npos) << info;
  EXPECT_NE(info.find(" /proc rw,nosuid,nodev,noexec,relatime - proc proc rw"), std::string::npos)
      << info;
  EXPECT_NE(info.find(" /sys ro,relatime - sysfs sysfs ro"), std::string::npos) << info;
}

TEST_F(Container, ItsProcShowsItsPids) {
  set_up_root();
  detach_old_root();
  EXPECT_EQ(read_virtual(bench.world(), child, "/proc/self/status").find("Pid:\t1\n") ==
                std::string::npos,
            false);
  EXPECT_EQ(walk(bench.world(), bench.task(child), "/proc/2").err, abi::Errno::kENOENT);
  EXPECT_NE(read_virtual(bench.world(), kInit, "/proc/2/status").find("NSpid:\t2\t1\n"),
            std::string::npos)
      << "PID-03";
}

TEST_F(Container, ItsEndTakesItsMountsAndNamespaces) {
  set_up_root();
  detach_old_root();
  const std::size_t namespaces = bench.world().namespaces.size();
  const Events end = bench.exit(child);
  EXPECT_GE(only<MountDetached>(end).size(), 4u) << "MNT-15";
  EXPECT_EQ(only<NsDestroyed>(end).size(), 5u) << "the pid namespace waits for the zombie";
  bench.call(kInit, Sys::wait4, {Arg::integer(-1)}, 2);
  EXPECT_EQ(bench.world().namespaces.size(), namespaces - 6);
  EXPECT_EQ(bench.world().tasks.size(), 1u);
  EXPECT_TRUE(bench.replayed() == bench.world());
}

TEST_F(Container, ADescriptorOfTheOldRootKeepsIt) {
  const std::int32_t fd = bench.open(child, "/", abi::o::kDirectory);
  set_up_root();
  detach_old_root();
  const OpenFile* file = file_of(bench.world(), bench.task(child), fd);
  ASSERT_TRUE(bench.world().mounts.contains(file->where.mount));
  EXPECT_EQ(walk(bench.world(), bench.task(child), "var/lib", LastLink::Follow, &file->where).err,
            abi::Errno::kOk)
      << "that is why runtimes close every descriptor (CVE-2024-21626)";
  EXPECT_EQ(walk(bench.world(), bench.task(child), "proc/1", LastLink::Follow, &file->where).err,
            abi::Errno::kENOENT)
      << "what was mounted on it is gone";
  bench.close(child, fd);
  std::size_t detached = 0;
  bench.world().mounts.each([&detached](const Mount& mount) { detached += mount.ns ? 0 : 1; });
  EXPECT_EQ(detached, 0u);
}

}  // namespace
}  // namespace cutaway::test
