// fork, exec, exit, wait, signals: what they leave behind (facts PID-*, CAP-*, SEC-04).
#include <gtest/gtest.h>

#include "trace/world/lookup.h"
#include "trace/world/new_id.h"
#include "world_builder.h"

namespace cutaway::test {
namespace {

using abi::Sys;

Events execve(Bench& bench, TaskId task, const std::string& path, std::int64_t pages = 0) {
  SyscallDone done;
  done.task = task;
  done.sys = Sys::execve;
  done.args = {Arg::bytes(path), Arg::list({path, "x"}), Arg::list({"A=1"})};
  done.pages = pages;
  return bench.call(done);
}

TEST(Fork, CopiesOrShares) {
  Bench bench;
  bench.open(kInit, "/etc/passwd");
  const TaskId child = bench.fork(kInit);
  EXPECT_NE(bench.task(child).fds, bench.task(kInit).fds);
  EXPECT_EQ(file_of(bench.world(), bench.task(child), 0),
            file_of(bench.world(), bench.task(kInit), 0))
      << "both descriptors refer to one open file";
  EXPECT_EQ(file_of(bench.world(), bench.task(child), 0)->references, 2);
  const std::uint64_t thread = abi::clone::kVm | abi::clone::kFs | abi::clone::kFiles |
                               abi::clone::kSighand | abi::clone::kThread;
  const TaskId other = bench.clone(child, thread);
  EXPECT_EQ(bench.task(other).leader, child);
  EXPECT_EQ(bench.task(other).fds, bench.task(child).fds);
  EXPECT_EQ(bench.task(other).parent, kInit);
  EXPECT_EQ(bench.world().fd_tables.at(bench.task(child).fds).users, 2);
}

TEST(Fork, NumbersGoUpAndAreNotReused) {
  Bench bench;
  const TaskId first = bench.fork(kInit);
  bench.exit(first);
  bench.call(kInit, Sys::wait4, {Arg::integer(-1)}, 2);
  EXPECT_FALSE(bench.world().tasks.contains(first));
  EXPECT_EQ(bench.task(bench.fork(kInit)).pid(), 3) << "PID-18";
}

TEST(Group, KeepsTheNumberOfALeaderThatIsGone) {
  Bench bench;
  const TaskId leader = bench.fork(kInit);
  bench.call(leader, Sys::setpgid, {Arg::integer(0), Arg::integer(0)});
  const TaskId member = bench.fork(leader);
  bench.exit(leader);
  bench.call(kInit, Sys::wait4, {Arg::integer(-1)}, 2);
  EXPECT_FALSE(bench.world().tasks.contains(leader));
  const NsId ns = bench.task(kInit).in(NsKind::Pid);
  EXPECT_EQ(leader_pid_in(bench.world(), bench.task(member).process_group, ns), 2);
  EXPECT_EQ(leader_by_pid_in(bench.world(), ns, 2), leader);
  bench.call(member, Sys::setpgid, {Arg::integer(0), Arg::integer(0)});
  EXPECT_TRUE(bench.world().gone_leaders.empty()) << "nobody is called by it any more";
  EXPECT_EQ(leader_by_pid_in(bench.world(), ns, 2), TaskId{});
}

TEST(Fork, NestedNamespacesGiveANumberPerLevel) {
  Bench bench;
  const TaskId one = bench.clone(kInit, abi::clone::kNewPid | 17);
  bench.call(one, Sys::unshare, {Arg::integer(static_cast<std::int64_t>(abi::clone::kNewPid))});
  EXPECT_EQ(bench.task(one).pids.size(), 2u) << "unshare is for children to come";
  const TaskId two = bench.clone(one, 17);
  EXPECT_EQ(bench.task(two).pids, (std::vector<std::int32_t>{3, 2, 1})) << "PID-03";
  EXPECT_EQ(parent_pid(bench.world(), bench.task(two)), 0);
}

TEST(Exit, MakesAZombieAndTellsTheParent) {
  Bench bench;
  const TaskId child = bench.fork(kInit);
  const Events end = bench.exit(child, 7);
  EXPECT_EQ(bench.task(child).state, TaskState::Zombie);
  EXPECT_EQ(bench.task(child).exit_code, 7);
  ASSERT_EQ(only<SignalSent>(end).size(), 1u);
  EXPECT_EQ(only<SignalSent>(end)[0].rule, "child exited");
  ASSERT_EQ(only<SignalIgnored>(end).size(), 1u);
  EXPECT_EQ(only<SignalIgnored>(end)[0].rule, "default: ignore");
}

TEST(Exit, NoZombieForWhoIgnoresChildren) {
  Bench bench;
  bench.call(kInit, Sys::rt_sigaction,
             {Arg::integer(17), make_struct({{"sa_handler", Arg::bytes("SIG_IGN")}})});
  const TaskId child = bench.fork(kInit);
  const Events end = bench.exit(child);
  EXPECT_TRUE(only<SignalSent>(end).empty());
  EXPECT_FALSE(bench.world().tasks.contains(child));
}

TEST(Exit, OrphansGoToTheNamespacesInit) {
  Bench bench;
  const TaskId init = bench.clone(kInit, abi::clone::kNewPid | 17);
  const TaskId middle = bench.fork(init), orphan = bench.fork(middle);
  bench.exit(middle);
  EXPECT_EQ(bench.task(orphan).parent, init) << "PID-10";
  EXPECT_EQ(parent_pid(bench.world(), bench.task(orphan)), 1);
}

TEST(Exit, OrphansGoToTheNearestSubreaper) {
  Bench bench;
  const TaskId reaper = bench.fork(kInit), middle = bench.fork(reaper), orphan = bench.fork(middle);
  bench.call(reaper, Sys::prctl, {Arg::integer(36), Arg::integer(1)});
  bench.exit(middle);
  EXPECT_EQ(bench.task(orphan).parent, reaper);
  EXPECT_FALSE(bench.task(bench.fork(reaper)).subreaper) << "not inherited";
}

TEST(Exit, AnOrphanedZombieIsTakenOverAndTold) {
  Bench bench;
  const TaskId middle = bench.fork(kInit), zombie = bench.fork(middle);
  bench.exit(zombie);
  const Events end = bench.exit(middle);
  EXPECT_EQ(bench.task(zombie).parent, kInit);
  EXPECT_EQ(only<SignalSent>(end).size(), 2u) << "for the zombie and for its parent";
}

TEST(Exit, PidOneTakesItsNamespaceAlong) {
  Bench bench;
  const TaskId init = bench.clone(kInit, abi::clone::kNewPid | 17);
  const TaskId a = bench.fork(init), b = bench.fork(a),
               nested = bench.clone(b, abi::clone::kNewPid | 17);
  const TaskId deep = bench.fork(nested);
  const Events end = bench.exit(init, 3);
  for (const TaskId gone : {a, b, nested, deep})
    EXPECT_FALSE(bench.world().tasks.contains(gone)) << "PID-12";
  EXPECT_EQ(bench.task(init).exit_code, 3);
  EXPECT_TRUE(bench.world().namespaces.at(bench.task(init).in(NsKind::Pid)).dead);
  std::size_t kills = 0;
  for (const SignalSent& sent : only<SignalSent>(end)) kills += sent.sig == abi::sig::kKill ? 1 : 0;
  EXPECT_GE(kills, 4u);
  EXPECT_TRUE(bench.replayed() == bench.world());
}

TEST(Exit, AThreadGoesAloneAndTheProcessWithTheLast) {
  Bench bench;
  const TaskId process = bench.fork(kInit);
  const std::uint64_t flags = abi::clone::kVm | abi::clone::kSighand | abi::clone::kThread;
  const TaskId thread = bench.clone(process, flags);
  bench.call(process, Sys::exit, {Arg::integer(0)});
  EXPECT_TRUE(bench.task(process).zombie()) << "the leader stays until its last thread ends";
  EXPECT_TRUE(only<SignalSent>(bench.events()).empty());
  bench.call(thread, Sys::exit, {Arg::integer(0)});
  EXPECT_FALSE(bench.world().tasks.contains(thread));
  EXPECT_EQ(only<SignalSent>(bench.events()).size(), 1u);
}

TEST(Exec, ReplacesTheProgram) {
  Bench bench;
  const TaskId child = bench.fork(kInit);
  bench.open(child, "/etc/passwd", abi::o::kCloexec);
  const std::int32_t kept = bench.open(child, "/etc/passwd");
  bench.call(child, Sys::rt_sigaction,
             {Arg::integer(15), make_struct({{"sa_handler", Arg::bytes("count")}})});
  bench.call(child, Sys::rt_sigaction,
             {Arg::integer(2), make_struct({{"sa_handler", Arg::bytes("SIG_IGN")}})});
  execve(bench, child, "/bin/ash", 50);
  const Task& task = bench.task(child);
  EXPECT_EQ(task.comm, "sh") << "the link was followed";
  EXPECT_EQ(task.exe, "/bin/sh");
  EXPECT_EQ(task.env, std::vector<std::string>{"A=1"});
  EXPECT_EQ(file_of(bench.world(), task, 0), nullptr) << "close-on-exec";
  EXPECT_NE(file_of(bench.world(), task, kept), nullptr);
  const auto& actions = bench.world().sighands.at(task.sighand).actions;
  EXPECT_EQ(actions.count(15), 0u) << "a handler is reset";
  EXPECT_EQ(actions.at(2), "ignore") << "ignored stays ignored";
  EXPECT_EQ(bench.world().address_spaces.at(task.memory).pages, 50);
}

TEST(Exec, InAThreadTakesOverTheProcess) {
  Bench bench;
  const TaskId process = bench.fork(kInit);
  const std::uint64_t flags =
      abi::clone::kVm | abi::clone::kSighand | abi::clone::kThread | abi::clone::kFiles;
  const TaskId one = bench.clone(process, flags), two = bench.clone(process, flags);
  const std::int32_t pid = bench.task(process).pid();
  execve(bench, two, "/bin/sh");
  EXPECT_FALSE(bench.world().tasks.contains(one));
  EXPECT_FALSE(bench.world().tasks.contains(process));
  EXPECT_EQ(bench.task(two).pid(), pid);
  EXPECT_EQ(bench.task(two).leader, two);
  EXPECT_EQ(bench.task(two).parent, kInit);
}

struct CapabilityCase {
  const char* what;
  std::uint32_t uid;
  std::uint64_t bounding, inheritable, ambient, permitted;
  bool no_new_privs;
  std::uint64_t permitted_after, effective_after;
};
constexpr std::uint64_t kDocker = 0xa80425fb, kAll = abi::kAllCapabilities;

TEST(Exec, TransformsCapabilities) {
  const CapabilityCase cases[] = {
      {"root gets the bounding set (CAP-05)", 0, kDocker, 0, 0, kDocker, false, kDocker, kDocker},
      {"root gets back what it gave up", 0, kDocker, 0, 0, 0, false, kDocker, kDocker},
      {"but not with no_new_privs", 0, kDocker, 0, 0, 1, true, 1, 1},
      {"another user loses all (CAP-02)", 1000, kDocker, 0, 0, kDocker, false, 0, 0},
      {"but the ambient ones", 1000, kDocker, 0x400, 0x400, 0x400, false, 0x400, 0x400},
      {"inheritable alone is nothing", 1000, kDocker, 0x400, 0, 0x400, false, 0, 0},
  };
  for (const CapabilityCase& c : cases) {
    Bench bench;
    const TaskId child = bench.fork(kInit);
    Credentials credentials;
    credentials.uid = credentials.euid = credentials.suid = credentials.fsuid = c.uid;
    credentials.bounding = c.bounding;
    credentials.inheritable = c.inheritable;
    credentials.ambient = c.ambient;
    credentials.permitted = credentials.effective = c.permitted;
    credentials.no_new_privs = c.no_new_privs;
    emit_body(bench, child, TaskCredentialsSet{credentials});
    execve(bench, child, "/bin/sh");
    EXPECT_EQ(bench.task(child).credentials.permitted, c.permitted_after) << c.what;
    EXPECT_EQ(bench.task(child).credentials.effective, c.effective_after) << c.what;
    EXPECT_EQ(bench.task(child).credentials.bounding, c.bounding) << c.what;
  }
}

TEST(Exec, SetuidCountsUnlessNoNewPrivs) {
  for (const bool no_new_privs : {false, true}) {
    World host = make_host();
    put_file(host, root_fs(host), "/bin/su", 10, 04755);
    Bench bench(host);
    const TaskId child = bench.fork(kInit);
    Credentials user;
    user.uid = user.euid = user.suid = user.fsuid = 1000;
    user.permitted = user.effective = 0;
    user.no_new_privs = no_new_privs;
    emit_body(bench, child, TaskCredentialsSet{user});
    execve(bench, child, "/bin/su");
    EXPECT_EQ(bench.task(child).credentials.euid, no_new_privs ? 1000u : 0u) << "SEC-04";
    EXPECT_EQ(bench.task(child).credentials.effective, no_new_privs ? 0u : kAll);
    EXPECT_EQ(bench.task(child).dumpable, no_new_privs) << "with other ids than its own";
  }
}

struct SignalCase {
  const char* what;
  bool from_inside;
  int sig;
  const char* handler;
  const char* ignored;  ///< rule, or empty: pending
};

TEST(Signals, PidOneIsSpared) {
  const SignalCase cases[] = {
      {"PID-04", true, 15, "", "pid 1 without a handler"},
      {"PID-06", false, 15, "", "pid 1 without a handler"},
      {"PID-06 SEGV by kill", false, 11, "", "pid 1 without a handler"},
      {"PID-09 inside", true, 15, "count", ""},
      {"PID-09 outside", false, 15, "count", ""},
      {"KILL inside", true, 9, "", "pid 1 without a handler"},
      {"KILL outside", false, 9, "", ""},
      {"STOP outside", false, 19, "", ""},
  };
  for (const SignalCase& c : cases) {
    Bench bench;
    const TaskId init = bench.clone(kInit, abi::clone::kNewPid | 17);
    if (*c.handler != '\0')
      bench.call(init, Sys::rt_sigaction,
                 {Arg::integer(c.sig), make_struct({{"sa_handler", Arg::bytes(c.handler)}})});
    const TaskId sender = c.from_inside ? bench.fork(init) : kInit;
    const Events events =
        bench.call(sender, Sys::kill, {Arg::integer(c.from_inside ? 1 : 2), Arg::integer(c.sig)});
    const std::vector<SignalIgnored> ignored = only<SignalIgnored>(events);
    EXPECT_EQ(ignored.empty() ? "" : ignored[0].rule, c.ignored) << c.what;
    EXPECT_EQ(bench.task(init).pending != 0, ignored.empty()) << c.what;
  }
}

TEST(Signals, AFaultOfItsOwnKillsPidOne) {
  Bench bench;
  const TaskId init = bench.clone(kInit, abi::clone::kNewPid | 17);
  const Events events = bench.run(
      [init](EffectSink& sink) { signal_effects(TaskId{}, init, 11, "page fault", sink); });
  EXPECT_TRUE(only<SignalIgnored>(events).empty()) << "PID-22";
}

TEST(Signals, ABlockedOneWaits) {
  Bench bench;
  const TaskId child = bench.fork(kInit);
  bench.call(child, Sys::rt_sigaction,
             {Arg::integer(15), make_struct({{"sa_handler", Arg::bytes("SIG_IGN")}})});
  bench.call(child, Sys::rt_sigprocmask, {Arg::integer(0), Arg::integer(1 << 14)});
  EXPECT_TRUE(only<SignalIgnored>(bench.call(kInit, Sys::kill, {Arg::integer(2), Arg::integer(15)}))
                  .empty());
  EXPECT_EQ(bench.task(child).pending, std::uint64_t{1} << 14);
}

TEST(Signals, StopAndContinueTakeEachOtherAway) {
  Bench bench;
  const TaskId child = bench.fork(kInit);
  bench.call(kInit, Sys::kill, {Arg::integer(2), Arg::integer(19)});
  emit_body(bench, child, SignalDelivered{19, kInit, child, "stop"});
  EXPECT_EQ(bench.task(child).state, TaskState::Stopped);
  bench.call(kInit, Sys::kill, {Arg::integer(2), Arg::integer(18)});
  EXPECT_EQ(bench.task(child).state, TaskState::Runnable);
}

TEST(Signals, ToAGroupAndToAll) {
  Bench bench;
  const TaskId leader = bench.fork(kInit), member = bench.fork(leader), other = bench.fork(kInit);
  bench.call(leader, Sys::setsid, {}, 2);
  bench.call(member, Sys::setpgid, {Arg::integer(0), Arg::integer(2)});
  EXPECT_EQ(
      only<SignalSent>(bench.call(kInit, Sys::kill, {Arg::integer(-2), Arg::integer(1)})).size(),
      2u);
  EXPECT_EQ(
      only<SignalSent>(bench.call(other, Sys::kill, {Arg::integer(-1), Arg::integer(1)})).size(),
      2u)
      << "all but pid 1 and itself";
}

}  // namespace
}  // namespace cutaway::test
