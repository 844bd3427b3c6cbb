// What is taken out of calls before they are compared, and what is not.
#include "trace/compare/normal.h"

#include <gtest/gtest.h>

#include "trace/compare/families.h"
#include "trace/compare/paths.h"

namespace cutaway {
namespace {

using abi::Sys;

const std::string kId = "8f2c1a3b77de5f6071829304a5b6c7d8e9f00112233445566778899aabbccdde";

Trace with_container() {
  Trace trace;
  ContainerCreated created;
  created.container.number = ContainerId{1};
  created.container.id = kId;
  trace.append({{}, created});
  return trace;
}

Syscall call(Sys sys, std::vector<Arg> args, std::int64_t ret) {
  Syscall made;
  made.sys = sys;
  made.args = std::move(args);
  made.ret = ret;
  return made;
}

TEST(Normal, texts) {
  const Normaliser normal(with_container());
  struct Row {
    std::string from, to;
  };
  const Row rows[] = {
      {"hi there\n", "hi there\n"},
      {"HOSTNAME=" + kId.substr(0, 12), "HOSTNAME=<container>"},
      {"pipe:[17]", "pipe:[#]"},
      {"mnt:[4026531841]", "mnt:[#]"},
      {"/proc/4711/ns/net", "/proc/<pid>/ns/net"},
      {"/proc/self/fd/7", "/proc/self/fd/<fd>"},
      {"/proc/sys/net", "/proc/sys/net"},
      {"/var/lib/docker/overlay2/" + kId + "/merged/proc", "<state>/rootfs/proc"},
      {"/run/state/containers/" + kId + "/rootfs/proc", "<state>/rootfs/proc"},
      {"lowerdir=/a/" + kId + "/diff:/b/" + kId + "/diff,upperdir=/c/" + kId + "/upper",
       "lowerdir=<state>/upper:<state>/upper,upperdir=<state>/upper"},
      {"/sys/fs/cgroup/docker/" + kId + "/pids.max", "/sys/fs/cgroup/<container>/pids.max"},
      {"/var/lib/docker/volumes/shared/_data/x", "<state>/volumes/shared/_data/x"},
      {"/tmp/tmp.aB3xY9kQ/x", "/tmp/tmp.<temp>/x"},
      {"/tmp/tmpfiles", "/tmp/tmpfiles"},
      {"a face in 512 cafes", "a face in 512 cafes"},
  };
  for (const Row& row : rows) EXPECT_EQ(normal.text(row.from), row.to);
}

TEST(Normal, pids_descriptors_and_addresses) {
  const Normaliser normal(with_container());
  const auto key = [&normal](const Syscall& made) { return normal.call(made).normal_key(); };
  const auto wait = [](std::int64_t pid, std::int64_t ret) {
    return call(Sys::wait4, {Arg::integer(pid)}, ret);
  };
  EXPECT_EQ(key(wait(4711, 4711)), key(wait(18377, 18377)));
  EXPECT_NE(key(wait(-1, 4711)), key(wait(4711, 4711)));
  EXPECT_NE(key(wait(4711, 0)), key(wait(4711, 4711)));
  const auto close = [](std::int64_t fd, std::string is) {
    return call(Sys::close, {Arg::fd(fd, std::move(is))}, 0);
  };
  EXPECT_EQ(key(close(5, "pipe:[17]")), key(close(9, "pipe:[4242]")));
  EXPECT_NE(key(close(1, "pipe:[17]")), key(close(2, "pipe:[17]")));
  EXPECT_NE(key(close(5, "/etc/passwd")), key(close(5, "/etc/group")));
  const auto brk = [](std::int64_t at) { return call(Sys::brk, {Arg::integer(at)}, 0x1000); };
  EXPECT_EQ(key(brk(0x55550000)), key(brk(0x7f000000)));
  EXPECT_NE(key(brk(0)), key(brk(0x55550000)));
  const auto nodes = [](std::int64_t mode) {
    return call(Sys::mkdir, {Arg::bytes("/x"), Arg::integer(mode)}, 0);
  };
  EXPECT_NE(key(nodes(0755)), key(nodes(0700)));
}

TEST(Normal, a_pid_written_to_a_cgroup) {
  const Normaliser normal(with_container());
  const auto write = [&normal](std::string pid, std::string file) {
    const auto length = static_cast<std::int64_t>(pid.size());
    return normal
        .call(call(Sys::write,
                   {Arg::fd(5, std::move(file)), Arg::bytes(std::move(pid)), Arg::integer(length)},
                   length))
        .normal_key();
  };
  const std::string procs = "/sys/fs/cgroup/x/cgroup.procs";
  EXPECT_EQ(write("4711", procs), write("183770", procs));
  EXPECT_NE(write("4711", "/sys/fs/cgroup/x/pids.max"), write("4712", "/sys/fs/cgroup/x/pids.max"));
}

TEST(Normal, an_error_is_never_replaced) {
  const Normaliser normal(with_container());
  Syscall refused = call(Sys::open, {Arg::bytes("/x")}, -1);
  refused.err = abi::Errno::kENOENT;
  EXPECT_EQ(normal.call(refused).normal_result, "-1 ENOENT");
  refused.returned = false;
  EXPECT_EQ(normal.call(refused).normal_result, "?");
}

TEST(Normal, what_was_not_captured_agrees_with_everything) {
  const Normaliser normal(with_container());
  const NormalCall known = normal.call(call(Sys::mkdir, {Arg::bytes("/x")}, 0));
  const NormalCall missing = normal.call(call(Sys::mkdir, {Arg{}}, 0));
  const NormalCall pointer = normal.call(call(Sys::mkdir, {Arg::integer(0x7ffd0000)}, 0));
  const NormalCall other = normal.call(call(Sys::mkdir, {Arg::bytes("/y")}, 0));
  EXPECT_TRUE(may_be_same(known.args[0], missing.args[0]));
  EXPECT_TRUE(may_be_same(known.args[0], pointer.args[0]));
  EXPECT_FALSE(may_be_same(known.args[0], other.args[0]));
}

TEST(Families, figures_and_the_blanks_before_them) {
  EXPECT_EQ(without_figures("Mem:   24105    119\n"), "Mem:#\n");
  EXPECT_EQ(without_figures("up 12 days"), "up#days");
  EXPECT_EQ(without_figures("no  figures here."), "no  figures here.");
  EXPECT_EQ(without_figures(""), "");
}

TEST(Families, start_up_and_equivalents) {
  EXPECT_TRUE(is_startup_call(call(Sys::arch_prctl, {}, 0)));
  EXPECT_TRUE(is_startup_call(call(Sys::readlink, {Arg::bytes("/proc/self/exe")}, 0)));
  EXPECT_FALSE(is_startup_call(call(Sys::readlink, {Arg::bytes("/bin/sh")}, 0)));
  EXPECT_TRUE(
      is_startup_call(call(Sys::openat, {Arg::integer(-100), Arg::bytes("/lib/libc.so.6")}, 3)));
  EXPECT_FALSE(
      is_startup_call(call(Sys::openat, {Arg::integer(-100), Arg::bytes("/etc/passwd")}, 3)));
  EXPECT_TRUE(are_equivalent(Sys::open, Sys::openat));
  EXPECT_FALSE(are_equivalent(Sys::open, Sys::open));
  EXPECT_FALSE(are_equivalent(Sys::read, Sys::write));
  EXPECT_FALSE(are_equivalent(Sys::read, Sys::none));
}

}  // namespace
}  // namespace cutaway
