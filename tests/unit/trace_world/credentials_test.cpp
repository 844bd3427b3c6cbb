// Users, capabilities, seccomp and user namespaces (facts USR-*, SEC-05).
#include <gtest/gtest.h>

#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"
#include "world_builder.h"

namespace cutaway::test {
namespace {

using abi::Sys;

Events prctl(Bench& bench, TaskId task, std::int64_t option, std::int64_t arg = 0,
             std::int64_t arg3 = 0) {
  return bench.call(task, Sys::prctl,
                    {Arg::integer(option), Arg::integer(arg), Arg::integer(arg3)});
}

TEST(Ids, LeavingRootLosesCapabilities) {
  Bench bench;
  const TaskId plain = bench.fork(kInit), keeping = bench.fork(kInit);
  prctl(bench, keeping, 8, 1);
  for (const TaskId task : {plain, keeping})
    bench.call(task, Sys::setresuid, {Arg::integer(1000), Arg::integer(1000), Arg::integer(1000)});
  EXPECT_EQ(bench.task(plain).credentials.permitted, 0u);
  EXPECT_EQ(bench.task(keeping).credentials.permitted, abi::kAllCapabilities) << "PR_SET_KEEPCAPS";
  EXPECT_EQ(bench.task(keeping).credentials.effective, 0u);
  EXPECT_EQ(bench.task(plain).credentials.fsuid, 1000u);
  EXPECT_FALSE(bench.task(plain).dumpable);
}

TEST(Ids, OnlyTheEffectiveOneComesAndGoes) {
  Bench bench;
  const TaskId task = bench.fork(kInit);
  bench.call(task, Sys::setresuid, {Arg::integer(-1), Arg::integer(1000), Arg::integer(-1)});
  EXPECT_EQ(bench.task(task).credentials.uid, 0u);
  EXPECT_EQ(bench.task(task).credentials.effective, 0u);
  EXPECT_EQ(bench.task(task).credentials.permitted, abi::kAllCapabilities);
  bench.call(task, Sys::setresuid, {Arg::integer(-1), Arg::integer(0), Arg::integer(-1)});
  EXPECT_EQ(bench.task(task).credentials.effective, abi::kAllCapabilities);
}

TEST(Capabilities, AreSetAndDropped) {
  Bench bench;
  const TaskId task = bench.fork(kInit);
  prctl(bench, task, 24, 21);
  EXPECT_EQ(bench.task(task).credentials.bounding & 1u << 21, 0u);
  const Arg sets = make_struct({{"effective", Arg::integer(0x400)},
                                {"permitted", Arg::list({"CAP_NET_BIND_SERVICE", "CAP_CHOWN"})},
                                {"inheritable", Arg::integer(0x400)}});
  bench.call(task, Sys::capset, {Arg{}, sets});
  EXPECT_EQ(bench.task(task).credentials.permitted, 0x401u);
  EXPECT_EQ(bench.task(task).credentials.effective, 0x400u);
  prctl(bench, task, 47, 2, 10);
  EXPECT_EQ(bench.task(task).credentials.ambient, 0x400u);
  prctl(bench, task, 47, 4);
  EXPECT_EQ(bench.task(task).credentials.ambient, 0u);
}

TEST(Seccomp, StacksAndIsInherited) {
  Bench bench;
  const TaskId task = bench.fork(kInit);
  prctl(bench, task, 38, 1);
  bench.call(task, Sys::seccomp, {Arg::integer(1), Arg::integer(0), Arg{}});
  bench.call(task, Sys::seccomp, {Arg::integer(1), Arg::integer(0), Arg{}});
  const TaskId child = bench.fork(task);
  EXPECT_EQ(bench.task(child).credentials.seccomp_filters, 2) << "SEC-05";
  EXPECT_EQ(bench.task(child).credentials.seccomp, SeccompMode::Filter);
  EXPECT_TRUE(bench.task(child).credentials.no_new_privs);
}

class Rootless : public ::testing::Test {
 protected:
  Rootless() {
    user = bench.fork(kInit);
    bench.call(user, Sys::setresgid, {Arg::integer(1000), Arg::integer(1000), Arg::integer(1000)});
    bench.call(user, Sys::setresuid, {Arg::integer(1000), Arg::integer(1000), Arg::integer(1000)});
    child = bench.clone(user, abi::clone::kNewUser | 17);
  }
  void map() {
    bench.write_file(kInit, "/proc/3/setgroups", "deny");
    bench.write_file(kInit, "/proc/3/gid_map", "0 1000 1\n");
    bench.write_file(kInit, "/proc/3/uid_map", "0 1000 1\n");
  }
  Bench bench;
  TaskId user, child;
};

TEST_F(Rootless, GivesAllCapabilitiesInside) {
  EXPECT_EQ(bench.task(child).credentials.effective, abi::kAllCapabilities);
  EXPECT_EQ(bench.task(child).credentials.uid, 1000u);
  EXPECT_EQ(shown_id(bench.world(), bench.task(child).in(NsKind::User), IdKind::User, 1000),
            kOverflowId)
      << "not mapped yet";
}

TEST_F(Rootless, MapsItsOwnId) {
  map();
  const NsId ns = bench.task(child).in(NsKind::User);
  EXPECT_EQ(shown_id(bench.world(), ns, IdKind::User, 1000), 0u);
  EXPECT_TRUE(bench.world().namespaces.at(ns).setgroups_denied);
  EXPECT_EQ(read_virtual(bench.world(), kInit, "/proc/3/uid_map"),
            "         0       1000          1\n")
      << "USR-02";
  EXPECT_NE(read_virtual(bench.world(), child, "/proc/self/status").find("Uid:\t0\t0\t0\t0"),
            std::string::npos);
  EXPECT_NE(read_virtual(bench.world(), kInit, "/proc/3/status").find("Uid:\t1000\t1000"),
            std::string::npos);
}

TEST_F(Rootless, RootInsideIsAUserOutside) {
  map();
  bench.call(child, Sys::setresuid, {Arg::integer(0), Arg::integer(0), Arg::integer(0)});
  EXPECT_EQ(bench.task(child).credentials.uid, 1000u);
  EXPECT_EQ(bench.task(child).credentials.effective, abi::kAllCapabilities);
  bench.open(child, "/tmp/f", abi::o::kCreat | abi::o::kWronly, 0644);
  EXPECT_EQ(walk(bench.world(), bench.task(kInit), "/tmp/f").entry.uid, 1000u) << "USR-05";
}

TEST_F(Rootless, OwnsTheNamespacesItMakes) {
  bench.call(child, Sys::unshare,
             {Arg::integer(static_cast<std::int64_t>(abi::clone::kNewUts | abi::clone::kNewNet))});
  EXPECT_EQ(bench.world().namespaces.at(bench.task(child).in(NsKind::Uts)).owner,
            bench.task(child).in(NsKind::User));
  const std::size_t before = bench.world().namespaces.size();
  bench.exit(child);
  bench.call(user, Sys::wait4, {Arg::integer(-1)}, 3);
  EXPECT_EQ(bench.world().namespaces.size(), before - 3)
      << "and the user namespace goes when they are gone";
}

TEST(Namespaces, SetnsJoins) {
  Bench bench;
  const TaskId box =
      bench.clone(kInit, abi::clone::kNewUts | abi::clone::kNewPid | abi::clone::kNewNs | 17);
  const TaskId guest = bench.fork(kInit);
  for (const char* name : {"uts", "pid", "mnt"})
    bench.open(guest, std::string("/proc/2/ns/") + name);
  for (const std::int64_t fd : {0, 1, 2})
    bench.call(guest, Sys::setns, {Arg::integer(fd), Arg::integer(0)});
  EXPECT_EQ(bench.task(guest).in(NsKind::Uts), bench.task(box).in(NsKind::Uts));
  EXPECT_EQ(bench.task(guest).in(NsKind::Mnt), bench.task(box).in(NsKind::Mnt));
  EXPECT_EQ(bench.task(guest).in(NsKind::Pid), bench.task(kInit).in(NsKind::Pid))
      << "for children to come";
  const TaskId inside = bench.fork(guest);
  EXPECT_EQ(own_pid(bench.task(inside)), 2);
  EXPECT_EQ(parent_pid(bench.world(), bench.task(inside)), 0);
  bench.call(box, Sys::sethostname, {Arg::bytes("box"), Arg::integer(3)});
  EXPECT_EQ(bench.world().namespaces.at(bench.task(guest).in(NsKind::Uts)).hostname, "box");
  EXPECT_EQ(bench.world().namespaces.at(bench.task(kInit).in(NsKind::Uts)).hostname, "host")
      << "UTS-01";
}

}  // namespace
}  // namespace cutaway::test
