// The real programs (busybox, its shell) on this kernel: fork, exec, pipes, the virtual clock,
// /proc.
#include <gtest/gtest.h>

#include "sim/programs/programs.h"
#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

const std::vector<std::string> kEnv{
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};

Program becomes(Sys sys, State state) {
  const std::string path = "/bin/" + state.argv.at(0);
  const std::int64_t ret = co_await sys.execve(path, state.argv, kEnv);
  note("execve", ret);
  co_return 127;
}
/// Runs argv as a child and notes its status.
Program launches(Sys sys, State state) {
  co_await sys.clone(kChld, becomes, state);
  co_await sys.wait4(-1, 0);
  note("status", sys.reply().out.at(0) >> 8);
  co_return 0;
}

struct Ran {
  std::string out, err;
  Notes notes;
  std::int64_t ns = 0;
};
Ran run(const std::vector<std::string>& argv, Entry entry = launches) {
  Lab lab;
  lab.programs = default_programs();
  State state;
  state.argv = argv;
  lab.run(entry, state);
  return Ran{lab.output(1), lab.output(2), lab.notes, lab.kernel.now()};
}

TEST(Programs, Echo) {
  const Ran ran = run({"echo", "hi", "there"});
  EXPECT_EQ(ran.out, "hi there\n");
  EXPECT_EQ(ran.notes, Notes{"status=0"});
}
TEST(Programs, CatAndItsError) {
  EXPECT_EQ(run({"cat", "/etc/hostname"}).out, "lab\n");
  const Ran missing = run({"cat", "/nosuch"});
  EXPECT_EQ(missing.err, "cat: can't open '/nosuch': No such file or directory\n");
  EXPECT_EQ(missing.notes, Notes{"status=1"});
}
TEST(Programs, Ls) {
  EXPECT_EQ(run({"ls", "/var/lib/docker"}).out,
            "buildkit\ncontainers\nimage\nnetwork\noverlay2\ntmp\nvolumes\n");
}
TEST(Programs, ExitStatusOfTheShell) {
  EXPECT_EQ(run({"sh", "-c", "exit 7"}).notes, Notes{"status=7"});
}
TEST(Programs, Pipelines) {
  EXPECT_EQ(run({"sh", "-c", "echo one two | cat | wc"}).out, "        1         2         8\n");
}
TEST(Programs, NotFound) {
  const Ran ran = run({"sh", "-c", "nosuch"});
  EXPECT_EQ(ran.err, "sh: nosuch: not found\n");
  EXPECT_EQ(ran.notes, Notes{"status=127"});
}
TEST(Programs, SleepOnTheVirtualClock) {
  const Ran ran = run({"sleep", "3"});
  EXPECT_GE(ran.ns, 3'000'000'000);
  EXPECT_LT(ran.ns, 3'010'000'000);
}
TEST(Programs, KilledChildInTheShell) {
  const Ran ran = run({"sh", "-c", "sleep 100 & kill $!; wait $!; echo $?"});
  EXPECT_EQ(ran.out, "143\n");
  EXPECT_LT(ran.ns, 1'000'000'000);
}

Program with_own_proc(Sys sys, State state) {
  co_await sys.mount("", "/", "", abi::ms::kRec | abi::ms::kPrivate, "");
  const std::int64_t ret = co_await sys.mount("proc", "/proc", "proc", 0, "");
  note("mount", ret);
  co_await sys.execve("/bin/ps", state.argv, kEnv);
  co_return 127;
}
Program in_new_namespaces(Sys sys, State state) {
  co_await sys.clone(kChld | abi::clone::kNewPid | abi::clone::kNewNs, with_own_proc, state);
  co_await sys.wait4(-1, 0);
  co_return 0;
}

TEST(Programs, PsInANewPidNamespace) {  // PID-14
  const Ran ran = run({"ps"}, in_new_namespaces);
  EXPECT_EQ(ran.notes, Notes{"mount=0"});
  EXPECT_EQ(ran.out, "PID   USER     COMMAND\n    1 root     ps\n");
}

}  // namespace
}  // namespace cutaway::sim
