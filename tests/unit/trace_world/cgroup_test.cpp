// cgroups(7): folders, members, limits, charges (facts CGR-*, MEM-*, PDS-*, CGN-01).
#include <gtest/gtest.h>

#include "trace/world/lookup.h"
#include "trace/world/walk.h"
#include "world_builder.h"

namespace cutaway::test {
namespace {

using abi::Sys;
constexpr std::int64_t kPage = 4096;

void make_cgroup(Bench& bench, const std::string& path) {
  bench.call(kInit, Sys::mkdir, {Arg::bytes(path), Arg::integer(0755)});
}
void touch(Bench& bench, TaskId task, std::int64_t pages) {
  bench.run([task, pages](EffectSink& sink) { memory_effects(task, pages, sink); });
}
std::string read(const Bench& bench, const std::string& path) {
  return read_virtual(bench.world(), kInit, path);
}

TEST(CgroupV2, IsAFolder) {
  Bench bench;
  make_cgroup(bench, "/sys/fs/cgroup/a");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.max"), "max\n");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/cpu.max"), "max 100000\n");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/cgroup.controllers"), "cpuset cpu io memory pids\n");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/cgroup.events"), "populated 0\nfrozen 0\n");
  make_cgroup(bench, "/sys/fs/cgroup/a/b");
  const Task& init = bench.task(kInit);
  EXPECT_EQ(walk(bench.world(), init, "/sys/fs/cgroup/a/b/memory.max").err, abi::Errno::kENOENT)
      << "not enabled for children";
  bench.write_file(kInit, "/sys/fs/cgroup/a/cgroup.subtree_control", "+pids +memory");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/cgroup.subtree_control"), "memory pids\n");
  EXPECT_EQ(walk(bench.world(), init, "/sys/fs/cgroup/a/b/memory.max").err, abi::Errno::kOk);
  EXPECT_EQ(walk(bench.world(), init, "/sys/fs/cgroup/memory.max").err, abi::Errno::kENOENT)
      << "the root has no limits";
  bench.call(kInit, Sys::rmdir, {Arg::bytes("/sys/fs/cgroup/a/b")});
  EXPECT_EQ(walk(bench.world(), init, "/sys/fs/cgroup/a/b").err, abi::Errno::kENOENT);
}

TEST(CgroupV2, LimitsAreKept) {
  Bench bench;
  make_cgroup(bench, "/sys/fs/cgroup/a");
  const Events events = bench.write_file(kInit, "/sys/fs/cgroup/a/memory.max", "33554433\n");
  ASSERT_EQ(only<CgroupLimited>(events).size(), 1u);
  EXPECT_EQ(only<CgroupLimited>(events)[0].controller, "unified");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.max"), "33554432\n") << "whole pages";
  bench.write_file(kInit, "/sys/fs/cgroup/a/memory.max", "64M");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.max"), "67108864\n");
}

TEST(CgroupV2, MembersAndTheirChildrenCount) {
  Bench bench;
  make_cgroup(bench, "/sys/fs/cgroup/a");
  const TaskId task = bench.fork(kInit);
  bench.write_file(kInit, "/sys/fs/cgroup/a/cgroup.procs", "2");
  const TaskId child = bench.fork(task);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/pids.current"), "2\n");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/cgroup.procs"), "2\n3\n");
  EXPECT_EQ(read(bench, "/proc/3/cgroup"), "0::/a\n");
  bench.exit(child);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/pids.current"), "2\n") << "a zombie counts";
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/cgroup.procs"), "2\n");
  bench.call(task, Sys::wait4, {Arg::integer(-1)}, 3);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/pids.current"), "1\n");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/pids.peak"), "2\n");
}

TEST(CgroupV2, ARefusedForkIsCounted) {
  Bench bench;
  make_cgroup(bench, "/sys/fs/cgroup/a");
  const TaskId task = bench.fork(kInit);
  bench.write_file(kInit, "/sys/fs/cgroup/a/cgroup.procs", "2");
  bench.write_file(kInit, "/sys/fs/cgroup/a/pids.max", "1");
  const Events events = bench.failed(task, Sys::clone, {Arg::integer(17)}, abi::Errno::kEAGAIN);
  EXPECT_EQ(only<CgroupRefused>(events).size(), 1u);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/pids.events"), "max 1\n") << "PDS-01";
}

TEST(CgroupV2, MemoryIsChargedUpwardsAndStaysBehind) {
  Bench bench;
  make_cgroup(bench, "/sys/fs/cgroup/a");
  make_cgroup(bench, "/sys/fs/cgroup/b");
  bench.write_file(kInit, "/sys/fs/cgroup/a/cgroup.subtree_control", "+memory");
  make_cgroup(bench, "/sys/fs/cgroup/a/in");
  const TaskId task = bench.fork(kInit);
  bench.write_file(kInit, "/sys/fs/cgroup/a/in/cgroup.procs", "2");
  touch(bench, task, 10);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/in/memory.current"), std::to_string(10 * kPage) + "\n");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.current"), std::to_string(10 * kPage) + "\n")
      << "MEM-08";
  bench.write_file(kInit, "/sys/fs/cgroup/b/cgroup.procs", "2");
  touch(bench, task, 5);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/b/memory.current"), std::to_string(5 * kPage) + "\n")
      << "MEM-09";
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.current"), std::to_string(10 * kPage) + "\n");
  touch(bench, task, -7);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/b/memory.current"), "0\n");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.current"), std::to_string(8 * kPage) + "\n");
  bench.exit(task);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.current"), "0\n");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.peak"), std::to_string(10 * kPage) + "\n");
}

TEST(CgroupV2, ExecChargesTheNewProgram) {
  Bench bench;
  make_cgroup(bench, "/sys/fs/cgroup/a");
  const TaskId task = bench.fork(kInit);
  bench.write_file(kInit, "/sys/fs/cgroup/a/cgroup.procs", "2");
  touch(bench, task, 10);
  SyscallDone done;
  done.task = task;
  done.sys = Sys::execve;
  done.args = {Arg::bytes("/bin/sh"), Arg::list({"sh"}), Arg::list({})};
  done.pages = 30;
  bench.call(done);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.current"), std::to_string(30 * kPage) + "\n");
}

TEST(CgroupV2, FilesOfATmpfsCount) {
  Bench bench;
  make_cgroup(bench, "/sys/fs/cgroup/a");
  bench.mount(kInit, "t", "/mnt", "tmpfs");
  const TaskId task = bench.fork(kInit);
  bench.write_file(kInit, "/sys/fs/cgroup/a/cgroup.procs", "2");
  const std::int32_t fd = bench.open(task, "/mnt/f", abi::o::kCreat | abi::o::kWronly, 0644);
  bench.write(task, fd, std::string(5000, 'x'));
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.current"), std::to_string(2 * kPage) + "\n")
      << "MEM-06";
  bench.close(task, fd);
  bench.call(kInit, Sys::unlink, {Arg::bytes("/mnt/f")});
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/a/memory.current"), "0\n");
}

TEST(CgroupV1, HasAHierarchyPerController) {
  Bench bench(make_host(CgroupVersion::V1));
  make_cgroup(bench, "/sys/fs/cgroup/memory/d");
  make_cgroup(bench, "/sys/fs/cgroup/pids/d");
  const TaskId task = bench.fork(kInit);
  bench.write_file(kInit, "/sys/fs/cgroup/memory/d/cgroup.procs", "2");
  EXPECT_EQ(cgroup_of(bench.world(), bench.task(task), "memory")->path, "/d");
  EXPECT_EQ(cgroup_of(bench.world(), bench.task(task), "pids")->path, "/");
  bench.write_file(kInit, "/sys/fs/cgroup/pids/d/tasks", "2");
  EXPECT_EQ(read(bench, "/proc/2/cgroup"), "4:freezer:/\n3:cpu:/\n2:pids:/d\n1:memory:/d\n");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/memory/d/memory.limit_in_bytes"), "9223372036854771712\n");
  bench.write_file(kInit, "/sys/fs/cgroup/memory/d/memory.limit_in_bytes", "33554432");
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/memory/d/memory.limit_in_bytes"), "33554432\n");
  touch(bench, task, 3);
  EXPECT_EQ(read(bench, "/sys/fs/cgroup/memory/d/memory.usage_in_bytes"), "12288\n");
}

TEST(CgroupNamespace, ChangesTheViewOnly) {
  Bench bench;
  make_cgroup(bench, "/sys/fs/cgroup/a");
  const TaskId task = bench.fork(kInit);
  bench.write_file(kInit, "/sys/fs/cgroup/a/cgroup.procs", "2");
  bench.call(task, Sys::unshare, {Arg::integer(static_cast<std::int64_t>(abi::clone::kNewCgroup))});
  EXPECT_EQ(read_virtual(bench.world(), task, "/proc/2/cgroup"), "0::/\n") << "CGN-01";
  EXPECT_EQ(read_virtual(bench.world(), task, "/proc/1/cgroup"), "0::/..\n");
  EXPECT_EQ(read(bench, "/proc/2/cgroup"), "0::/a\n");
  bench.call(task, Sys::unshare, {Arg::integer(static_cast<std::int64_t>(abi::clone::kNewNs))});
  bench.mount(task, "cgroup", "/mnt", "cgroup2");
  EXPECT_EQ(walk(bench.world(), bench.task(task), "/mnt/memory.max").err, abi::Errno::kOk)
      << "the mount's root is /a";
}

}  // namespace
}  // namespace cutaway::test
