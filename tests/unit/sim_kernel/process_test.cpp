// fork, exec, wait, exit, pid namespaces: the facts of group pid_ns that one task can see.
#include <gtest/gtest.h>

#include "tests/unit/sim_kernel/lab.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

using namespace abi::clone;
const std::vector<Arg> kZero{Arg::integer(0)};

Program exits_7(Sys sys, State) {
  const std::int64_t pid = co_await sys.getpid();
  const std::int64_t parent = co_await sys.getppid();
  note("pid", pid);
  note("ppid", parent);
  co_await sys.exit_group(7);
  co_return 0;
}

Program forks_once(Sys sys, State) {
  const std::int64_t pid = co_await sys.clone(kChld, exits_7, kNone);
  note("clone", pid);
  const std::int64_t reaped = co_await sys.wait4(pid, 0);
  note("wait4", reaped);
  note("status", sys.reply().out.at(0));
  const std::int64_t none = co_await sys.wait4(-1, 0);
  note("again", none);
  co_return 0;
}

TEST(Process, ForkWaitStatus) {
  Lab lab;
  lab.run(forks_once);
  EXPECT_EQ(lab.notes, (Notes{"clone=4690", "pid=4690", "ppid=2041", "wait4=4690", "status=1792",
                              "again=ECHILD"}));
}

Program new_pid_ns(Sys sys, State) {
  const std::int64_t pid = co_await sys.clone(kChld | kNewPid, exits_7, kNone);
  note("clone", pid);
  co_await sys.wait4(pid, 0);
  co_return 0;
}

TEST(Process, FirstOfAPidNamespaceIsOneWithoutAParent) {  // PID-01
  Lab lab;
  lab.run(new_pid_ns);
  EXPECT_EQ(lab.notes, (Notes{"clone=4690", "pid=1", "ppid=0"}));
  EXPECT_EQ(lab.count("ns", "created"), 1U);
  EXPECT_EQ(lab.count("ns", "destroyed"), 1U);
}

Program long_sleeper(Sys sys, State) {
  co_await sys.nanosleep(100'000'000'000);
  co_return 0;
}
Program pid_one_of_three(Sys sys, State) {
  for (int i = 0; i < 3; ++i) {
    const std::int64_t pid = co_await sys.clone(kChld, long_sleeper, kNone);
    note("inner", pid);
  }
  co_await sys.nanosleep(1'000'000);
  co_return 3;
}
Program zap(Sys sys, State) {
  const std::int64_t pid = co_await sys.clone(kChld | kNewPid, pid_one_of_three, kNone);
  co_await sys.wait4(pid, 0);
  note("status", sys.reply().out.at(0));
  const World& world = sys.world();
  const bool left =
      world.tasks.first([](const Task& task) { return task.pids.size() > 1; }) != nullptr;
  note("left", left ? 1 : 0);
  co_return 0;
}

TEST(Process, PidOnesEndKillsAll) {  // PID-12, PID-18
  Lab lab;
  lab.run(zap);
  EXPECT_EQ(lab.notes, (Notes{"inner=2", "inner=3", "inner=4", "status=768", "left=0"}));
  EXPECT_LT(lab.kernel.now(), 10'000'000'000);
}

Program orphan(Sys sys, State) {
  co_await sys.nanosleep(1'000'000);
  const std::int64_t parent = co_await sys.getppid();
  note("orphan's parent", parent);
  co_return 0;
}
Program middle(Sys sys, State) {
  co_await sys.clone(kChld, orphan, kNone);
  co_return 0;
}
Program adopting(Sys sys, State) {
  const std::int64_t pid = co_await sys.clone(kChld, middle, kNone);
  co_await sys.wait4(pid, 0);
  const std::int64_t adopted = co_await sys.wait4(-1, 0);
  note("adopted", adopted);
  co_return 0;
}
Program adoption(Sys sys, State) {
  const std::int64_t pid = co_await sys.clone(kChld | kNewPid, adopting, kNone);
  co_await sys.wait4(pid, 0);
  co_return 0;
}

TEST(Process, OrphansGoToTheNamespacesPidOne) {  // PID-10
  Lab lab;
  lab.run(adoption);
  EXPECT_EQ(lab.notes, (Notes{"orphan's parent=1", "adopted=3"}));
}

Program orphan_of_the_host(Sys sys, State) {
  co_await sys.clone(kChld, orphan, kNone);
  co_return 0;
}

TEST(Process, TheHostsInitReapsOrphans) {
  Lab lab;
  lab.run(orphan_of_the_host);
  EXPECT_EQ(lab.notes, Notes{"orphan's parent=1"});
  const World& world = lab.kernel.world();
  EXPECT_EQ(world.tasks.first([](const Task& task) { return task.zombie(); }), nullptr);
}

Program late_thread(Sys sys, State) {
  co_await sys.nanosleep(5'000'000);
  co_return 0;
}
Program leader_first(Sys sys, State) {
  co_await sys.clone(kThread | kSighand | kVm, late_thread, kNone);
  co_await sys.call(abi::Sys::exit, kZero);
  co_return 0;
}
Program waits_for_all(Sys sys, State) {
  const std::int64_t pid = co_await sys.clone(kChld, leader_first, kNone);
  co_await sys.nanosleep(1'000'000);  // the leader has ended, its thread has not
  const std::int64_t early = co_await sys.wait4(pid, 1);
  note("WNOHANG", early);
  const std::int64_t reaped = co_await sys.wait4(pid, 0);
  note("all gone", reaped == pid && sys.now() >= 5'000'000 ? 1 : 0);
  const std::int64_t none = co_await sys.wait4(pid, 0);
  note("again", none);
  co_return 0;
}

TEST(Process, AProcessIsWaitedForWhenItsLastThreadHasEnded) {
  Lab lab;
  lab.run(waits_for_all);
  EXPECT_EQ(lab.notes, (Notes{"WNOHANG=0", "all gone=1", "again=ECHILD"}));
}

Program illegal(Sys sys, State) {
  const std::vector<std::uint64_t> flags = {kNewNs | kFs, kThread, kSighand,
                                            kNewPid | kThread | kSighand | kVm, kNewUser | kFs};
  for (const std::uint64_t each : flags) {
    const std::int64_t ret = co_await sys.clone(each | kChld, long_sleeper, kNone);
    note("clone", ret);
  }
  const std::int64_t ret = co_await sys.unshare(kNewPid);
  note("unshare", ret);
  const std::int64_t thread = co_await sys.clone(kThread | kSighand | kVm, long_sleeper, kNone);
  note("thread", thread);
  co_return 0;
}

TEST(Process, IllegalFlags) {  // PID-17
  Lab lab;
  lab.run(illegal);
  EXPECT_EQ(lab.notes, (Notes{"clone=EINVAL", "clone=EINVAL", "clone=EINVAL", "clone=EINVAL",
                              "clone=EINVAL", "unshare=0", "thread=EINVAL"}));
}

Program vfork_child(Sys sys, State) {
  co_await sys.nanosleep(5'000'000);
  co_return 1;
}
Program vforks(Sys sys, State) {
  co_await sys.clone(kVfork | kVm | kChld, vfork_child, kNone);
  note("ms", sys.now() / 1'000'000);
  co_await sys.wait4(-1, 0);
  co_return 0;
}

TEST(Process, VforksParentWaits) {
  Lab lab;
  lab.run(vforks);
  EXPECT_EQ(lab.notes, Notes{"ms=5"});
}

Program session(Sys sys, State) {
  const std::int64_t group = co_await sys.call(abi::Sys::getpgid, kZero);
  note("pgid", group);
  const std::int64_t made = co_await sys.setsid();
  note("setsid", made);
  const std::int64_t again = co_await sys.setsid();
  note("again", again);
  co_return 0;
}
Program session_in_ns(Sys sys, State) {
  co_await sys.clone(kChld | kNewPid, session, kNone);
  co_await sys.wait4(-1, 0);
  co_return 0;
}

TEST(Process, AGroupOutsideTheNamespaceIsZero) {  // PID-21
  Lab lab;
  lab.run(session_in_ns);
  EXPECT_EQ(lab.notes, (Notes{"pgid=0", "setsid=1", "again=EPERM"}));
}

Program execs(Sys sys, State state) {
  const std::vector<std::string> argv = {"x"}, env;
  for (const std::string& path : state.argv) {
    const std::int64_t ret = co_await sys.execve(path, argv, env);
    note(path, ret);
  }
  co_return 0;
}
Program told(Sys sys, State state) {
  notes().push_back("argv " + state.argv.at(0));
  notes().push_back("comm " + sys.world().tasks.at(sys.self()).comm);
  co_await sys.getpid();
  co_return 0;
}

TEST(Process, ExecErrorsAndSuccess) {  // EXT-03
  Lab lab;
  lab.programs.add({"busybox", told, 200, 1'000'000, ""});
  State state;
  state.argv = {"/nosuch", "/etc", "/etc/passwd", "/usr/lib/systemd/systemd", "/bin/cat"};
  lab.run(execs, state);
  EXPECT_EQ(lab.notes, (Notes{"/nosuch=ENOENT", "/etc=EACCES", "/etc/passwd=EACCES",
                              "/usr/lib/systemd/systemd=ENOEXEC", "argv x", "comm cat"}));
}

}  // namespace
}  // namespace cutaway::sim
