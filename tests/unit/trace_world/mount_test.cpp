// mount(2), umount2(2), propagation (facts MNT-*; Documentation/filesystems/sharedsubtree.rst).
#include <gtest/gtest.h>

#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/walk.h"
#include "world_builder.h"

namespace cutaway::test {
namespace {

using abi::Sys;
using abi::ms::kBind;
using abi::ms::kPrivate;
using abi::ms::kRec;
using abi::ms::kShared;
using abi::ms::kSlave;
using abi::ms::kUnbindable;

class Mounts : public ::testing::Test {
 protected:
  Mounts() {
    for (const char* folder : {"/a", "/a/x", "/b", "/c"})
      bench.call(kInit, Sys::mkdir, {Arg::bytes(folder), Arg::integer(0755)});
    bench.mount(kInit, "", "/", "", kRec | kPrivate);
  }
  const Mount& at(const std::string& path) const {
    return bench.world().mounts.at(
        cross_mounts(bench.world(), walk(bench.world(), bench.task(kInit), path).where).mount);
  }
  bool mounted(const std::string& path) const { return at(path).target == path; }
  void umount(const std::string& path, std::int64_t flags = 0) {
    bench.call(kInit, Sys::umount2, {Arg::bytes(path), Arg::integer(flags)});
  }
  Bench bench;
};

TEST_F(Mounts, BindShowsTheSameFiles) {
  bench.mount(kInit, "/a", "/b", "", kBind);
  EXPECT_EQ(at("/b").root, "/a");
  EXPECT_EQ(walk(bench.world(), bench.task(kInit), "/b/x").err, abi::Errno::kOk);
  EXPECT_EQ(path_seen_by(bench.world(), bench.task(kInit),
                         walk(bench.world(), bench.task(kInit), "/b/x").where),
            "/b/x");
}

TEST_F(Mounts, BindOfAFileOntoAFile) {
  bench.open(kInit, "/b/f", abi::o::kCreat | abi::o::kWronly, 0644);
  bench.mount(kInit, "/etc/passwd", "/b/f", "", kBind);
  EXPECT_EQ(walk(bench.world(), bench.task(kInit), "/b/f").entry.size, 100) << "MNT-13";
  EXPECT_EQ(walk(bench.world(), bench.task(kInit), "/b/f/..").err, abi::Errno::kENOTDIR)
      << "a file has no .. (path_resolution(7))";
}

TEST_F(Mounts, OnlyARecursiveBindTakesMountsBelow) {
  bench.mount(kInit, "t", "/a/x", "tmpfs");
  bench.mount(kInit, "/a", "/b", "", kBind);
  EXPECT_FALSE(mounted("/b/x")) << "MNT-12";
  umount("/b");
  bench.mount(kInit, "/a", "/b", "", kBind | kRec);
  EXPECT_TRUE(mounted("/b/x"));
  umount("/a/x");
  bench.mount(kInit, "t", "/a/x", "tmpfs");
  bench.mount(kInit, "", "/a/x", "", kUnbindable);
  umount("/b", 2);
  bench.mount(kInit, "/a", "/b", "", kBind | kRec);
  EXPECT_FALSE(mounted("/b/x")) << "an unbindable one is left out";
}

TEST_F(Mounts, StackOnTopOfEachOther) {
  bench.mount(kInit, "one", "/a", "tmpfs");
  bench.mount(kInit, "two", "/a", "tmpfs");
  EXPECT_EQ(at("/a").source, "two");
  EXPECT_EQ(at("/a").at, "/");
  EXPECT_EQ(bench.world().mounts.at(at("/a").parent).source, "one");
  umount("/a");
  EXPECT_EQ(at("/a").source, "one");
}

TEST_F(Mounts, RemountWithBindIsForThisMountOnly) {
  bench.mount(kInit, "t", "/a", "tmpfs");
  bench.mount(kInit, "/a", "/b", "", kBind);
  bench.mount(kInit, "", "/b", "", abi::ms::kRemount | kBind | abi::ms::kRdonly);
  EXPECT_EQ(at("/b").flags, abi::ms::kRdonly | abi::ms::kRelatime);
  EXPECT_EQ(at("/a").flags, abi::ms::kRelatime);
  EXPECT_FALSE(bench.world().filesystems.at(at("/a").fs).read_only);
  bench.mount(kInit, "", "/b", "", abi::ms::kRemount | abi::ms::kRdonly);
  EXPECT_TRUE(bench.world().filesystems.at(at("/a").fs).read_only)
      << "without MS_BIND: for everyone";
}

TEST_F(Mounts, MoveTakesWhatIsBelowAlong) {
  bench.mount(kInit, "t", "/a", "tmpfs");
  bench.call(kInit, Sys::mkdir, {Arg::bytes("/a/in"), Arg::integer(0755)});
  bench.mount(kInit, "u", "/a/in", "tmpfs");
  bench.mount(kInit, "/a", "/b", "", abi::ms::kMove);
  EXPECT_TRUE(mounted("/b/in"));
  EXPECT_FALSE(mounted("/a"));
}

TEST_F(Mounts, LazyUmountKeepsWhatIsOpen) {
  bench.mount(kInit, "t", "/a", "tmpfs");
  const std::int32_t fd = bench.open(kInit, "/a/f", abi::o::kCreat | abi::o::kRdwr, 0644);
  umount("/a", 2);
  EXPECT_FALSE(mounted("/a"));
  bench.write(kInit, fd, "still");
  EXPECT_EQ(bench.world().inodes.at(file_of(bench.world(), bench.task(kInit), fd)->inode).size, 5)
      << "MNT-14";
  const std::size_t filesystems = bench.world().filesystems.size();
  bench.close(kInit, fd);
  EXPECT_EQ(bench.world().filesystems.size(), filesystems - 1) << "and then the tmpfs is lost";
}

TEST_F(Mounts, ANamespaceIsKeptByItsFile) {
  const TaskId child = bench.clone(kInit, abi::clone::kNewNet | 17);
  const NsId net = bench.task(child).in(NsKind::Net);
  bench.open(kInit, "/tmp/ns", abi::o::kCreat | abi::o::kWronly, 0600);
  bench.mount(kInit, "/proc/2/ns/net", "/tmp/ns", "", kBind);
  bench.exit(child);
  bench.call(kInit, Sys::wait4, {Arg::integer(-1)}, 2);
  ASSERT_TRUE(bench.world().namespaces.contains(net)) << "the mount holds it";
  const std::int32_t fd = bench.open(kInit, "/tmp/ns");
  bench.call(kInit, Sys::setns, {Arg::integer(fd), Arg::integer(0)});
  EXPECT_EQ(bench.task(kInit).in(NsKind::Net), net);
}

TEST_F(Mounts, SharedMountsPropagateBothWays) {
  bench.mount(kInit, "t", "/a", "tmpfs");
  bench.call(kInit, Sys::mkdir, {Arg::bytes("/a/in"), Arg::integer(0755)});
  bench.mount(kInit, "", "/a", "", kShared);
  bench.mount(kInit, "/a", "/b", "", kBind);
  EXPECT_EQ(at("/a").peer_group, at("/b").peer_group);
  bench.mount(kInit, "u", "/b/in", "tmpfs");
  EXPECT_TRUE(mounted("/a/in"));
  EXPECT_EQ(at("/a/in").peer_group, at("/b/in").peer_group);
  EXPECT_NE(at("/a/in").peer_group, 0u);
  umount("/a/in");
  EXPECT_FALSE(mounted("/b/in"));
}

TEST_F(Mounts, SlavesOnlyReceive) {
  bench.mount(kInit, "t", "/a", "tmpfs");
  bench.call(kInit, Sys::mkdir, {Arg::bytes("/a/in"), Arg::integer(0755)});
  bench.call(kInit, Sys::mkdir, {Arg::bytes("/a/out"), Arg::integer(0755)});
  bench.mount(kInit, "", "/a", "", kShared);
  bench.mount(kInit, "/a", "/b", "", kBind);
  bench.mount(kInit, "", "/b", "", kSlave);
  EXPECT_EQ(at("/b").master_group, at("/a").peer_group);
  bench.mount(kInit, "u", "/a/in", "tmpfs");
  EXPECT_TRUE(mounted("/b/in")) << "MNT-04";
  EXPECT_EQ(at("/b/in").master_group, at("/a/in").peer_group);
  bench.mount(kInit, "u", "/b/out", "tmpfs");
  EXPECT_FALSE(mounted("/a/out"));
}

TEST_F(Mounts, SharedSlavesPassOn) {
  bench.mount(kInit, "t", "/a", "tmpfs");
  bench.call(kInit, Sys::mkdir, {Arg::bytes("/a/in"), Arg::integer(0755)});
  bench.mount(kInit, "", "/a", "", kShared);
  bench.mount(kInit, "/a", "/b", "", kBind);
  bench.mount(kInit, "", "/b", "", kSlave);
  bench.mount(kInit, "", "/b", "", kShared);
  bench.mount(kInit, "/b", "/c", "", kBind);
  bench.mount(kInit, "u", "/a/in", "tmpfs");
  EXPECT_TRUE(mounted("/b/in") && mounted("/c/in"));
  EXPECT_EQ(at("/b/in").peer_group, at("/c/in").peer_group);
  EXPECT_EQ(at("/c/in").master_group, at("/a/in").peer_group);
  EXPECT_TRUE(bench.replayed() == bench.world());
}

TEST_F(Mounts, WhoLeavesItsLastPeerIsPrivate) {
  bench.mount(kInit, "t", "/a", "tmpfs");
  bench.mount(kInit, "", "/a", "", kShared);
  bench.mount(kInit, "", "/a", "", kSlave);
  EXPECT_EQ(at("/a").peer_group, 0u);
  EXPECT_EQ(at("/a").master_group, 0u);
}

TEST_F(Mounts, ALessPrivilegedNamespaceGetsSlavesThatAreLocked) {
  bench.mount(kInit, "t", "/a", "tmpfs");
  bench.mount(kInit, "", "/a", "", kShared);
  const TaskId child = bench.clone(kInit, abi::clone::kNewUser | abi::clone::kNewNs | 17);
  const Mount& copy =
      bench.world().mounts.at(walk(bench.world(), bench.task(child), "/a").where.mount);
  EXPECT_TRUE(copy.locked);
  EXPECT_EQ(copy.peer_group, 0u);
  EXPECT_EQ(copy.master_group, at("/a").peer_group);
}

TEST_F(Mounts, PivotRootWithAFolderForTheOldRoot) {
  const TaskId child = bench.clone(kInit, abi::clone::kNewNs | 17);
  bench.mount(child, "t", "/a", "tmpfs");
  bench.call(child, Sys::mkdir, {Arg::bytes("/a/old"), Arg::integer(0755)});
  bench.call(child, Sys::pivot_root, {Arg::bytes("/a"), Arg::bytes("/a/old")});
  const Task& task = bench.task(child);
  EXPECT_EQ(walk(bench.world(), task, "/old/etc/passwd").err, abi::Errno::kOk);
  EXPECT_EQ(walk(bench.world(), task, "/etc").err, abi::Errno::kENOENT);
  EXPECT_NE(mountinfo(bench.world(), kInit).find(" /proc "), std::string::npos)
      << "the host sees nothing of it";
  bench.call(child, Sys::umount2, {Arg::bytes("/old"), Arg::integer(2)});
  EXPECT_EQ(walk(bench.world(), task, "/old/etc").err, abi::Errno::kENOENT);
}

TEST_F(Mounts, ChrootIsLeftByStandingOutside) {
  const TaskId child = bench.fork(kInit);
  bench.call(child, Sys::chroot, {Arg::bytes("/a")});
  EXPECT_EQ(walk(bench.world(), bench.task(child), "/etc").err, abi::Errno::kENOENT);
  EXPECT_EQ(walk(bench.world(), bench.task(child), "/../..").where,
            walk(bench.world(), bench.task(child), "/").where);
  EXPECT_EQ(walk(bench.world(), bench.task(child), "etc/passwd").err, abi::Errno::kOk)
      << "its cwd is still outside";
  EXPECT_EQ(walk(bench.world(), bench.task(child), "b/..").where.path, "/") << "MNT-10";
}

}  // namespace
}  // namespace cutaway::test
