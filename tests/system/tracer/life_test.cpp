// Tasks come and go: what is seen of a program, of forks, threads, execs and ends, also when tasks
// are killed at any moment.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <iterator>
#include <mutex>
#include <random>
#include <thread>

#include "recorder.h"

namespace cutaway::real {
namespace {

using abi::Sys;

TEST(TracerLife, EchoFromItsExecToItsExit) {
  Child child(program({"/bin/busybox", "echo", "hi", "there"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  const std::vector<SeenCall> calls = seen.calls_of(pid);
  const auto exec = std::find_if(calls.begin(), calls.end(),
                                 [](const SeenCall& call) { return call.sys == Sys::execve; });
  ASSERT_NE(exec, calls.end());
  EXPECT_EQ(exec->ret, 0);
  EXPECT_EQ(exec->args[0].text, "/bin/busybox");
  ASSERT_EQ(exec->args[1].items.size(), 4U);
  EXPECT_EQ(exec->args[1].items[3].text, "there");
  const std::vector<SeenCall> writes = seen.calls_named(Sys::write);
  ASSERT_EQ(writes.size(), 1U);
  EXPECT_EQ(shown(writes[0]),
            R"(write({"buf":"hi there\n","count":9,"fd":{"fd":1,"is":"/dev/null"}}) = 9)");
  EXPECT_EQ(writes[0].data, "hi there\n");
  EXPECT_EQ(calls.back().sys, Sys::exit_group);
  EXPECT_FALSE(calls.back().returned);
  EXPECT_EQ(seen.ends.at(pid).kind, EndKind::Exited);
  EXPECT_EQ(seen.ends.at(pid).code, 0);
  EXPECT_EQ(seen.endings, 1U);
  EXPECT_EQ(seen.execs, (std::vector<std::pair<int, int>>{{pid, pid}}));
  EXPECT_EQ(seen.entries, seen.calls.size());
}

TEST(TracerLife, APipelineAndItsStatus) {
  Child child(program({"/bin/busybox", "sh", "-c", "echo a | cat; exit 3"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  EXPECT_EQ(seen.ends.at(pid).code, 3);
  ASSERT_EQ(seen.forks.size(), 2U);
  EXPECT_EQ(seen.ends.size(), 3U);
  EXPECT_EQ(seen.forks[0].parent, pid);
  EXPECT_EQ(abi::sys_name(seen.forks[0].call.sys), "clone");
  std::size_t reaped = 0;
  for (const SeenCall& call : seen.calls_named(Sys::wait4)) {
    if (call.ret <= 0) continue;
    ++reaped;
    ASSERT_EQ(call.out.size(), 1U);
    EXPECT_TRUE(WIFEXITED(static_cast<int>(call.out[0])));
  }
  EXPECT_EQ(reaped, 2U);
}

TEST(TracerLife, TwoThousandForksAndNothingIsLost) {
  Child child(program({"/bin/busybox", "sh", "-c",
                       "i=0; while [ $i -lt 2000 ]; do (exit 7); i=$((i+1)); done; exit 4"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  EXPECT_EQ(seen.forks.size(), 2000U);
  EXPECT_EQ(seen.ends.size(), 2001U);
  EXPECT_EQ(seen.endings, 2001U);
  EXPECT_EQ(seen.ends.at(pid).code, 4);
  EXPECT_EQ(std::count_if(seen.ends.begin(), seen.ends.end(),
                          [](const auto& end) { return end.second.code == 7; }),
            2000);
  EXPECT_EQ(seen.entries, seen.calls.size());
  const std::vector<SeenCall> exits = seen.calls_named(Sys::exit_group);
  EXPECT_EQ(exits.size(), 2001U);
}

TEST(TracerLife, AProgramThatIsNotThere) {
  Child child(program({"/no/such/program"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  const std::vector<SeenCall> execs = seen.calls_named(Sys::execve);
  ASSERT_EQ(execs.size(), 1U);
  EXPECT_EQ(execs[0].err, abi::Errno::kENOENT);
  EXPECT_TRUE(seen.execs.empty());
  EXPECT_EQ(seen.ends.at(pid).code, 127);
}

TEST(TracerLife, Threads) {
  Child child(program({TRACER_SUBJECT, "threads"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  EXPECT_EQ(seen.ends.at(pid).code, 0);
  EXPECT_EQ(seen.forks.size(), 4U);
  EXPECT_EQ(seen.ends.size(), 5U);
  EXPECT_EQ(seen.calls_named(Sys::getppid).size(), 400U);
  for (const SeenFork& fork : seen.forks) {
    std::size_t own = 0;
    for (const SeenCall& call : seen.calls_of(fork.child)) own += call.sys == Sys::getppid ? 1 : 0;
    EXPECT_EQ(own, 100U);
  }
}

TEST(TracerLife, AThreadThatIsNotTheLeaderExecs) {
  Child child(program({TRACER_SUBJECT, "thread-exec"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  ASSERT_EQ(seen.execs.size(), 2U);
  EXPECT_EQ(seen.execs[1].first, pid);
  ASSERT_EQ(seen.forks.size(), 2U);
  EXPECT_EQ(seen.execs[1].second, seen.forks[1].child);
  EXPECT_EQ(seen.ends.at(pid).code, 5);  // sh -c 'exit 5'
  const std::vector<SeenCall> execs = seen.calls_named(Sys::execve);
  ASSERT_EQ(execs.size(), 2U);
  EXPECT_EQ(execs[1].tid, pid);
  EXPECT_EQ(execs[1].ret, 0);
}

TEST(TracerLife, Vfork) {
  Child child(program({TRACER_SUBJECT, "vfork"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  ASSERT_EQ(seen.forks.size(), 1U);
  const int made = seen.forks[0].child;
  EXPECT_EQ(seen.ends.at(pid).code, 0);
  EXPECT_EQ(seen.ends.at(made).code, 1);
  // The parent's vfork returns after the child's exec was told.
  const auto execed =
      std::find(seen.lines.begin(), seen.lines.end(), "execed " + std::to_string(made));
  ASSERT_NE(execed, seen.lines.end());
  const std::vector<SeenCall> vforks = seen.calls_named(seen.forks[0].call.sys);
  ASSERT_FALSE(vforks.empty());
  EXPECT_EQ(vforks.back().ret, made);
}

/// SIGKILL at each moment at which an observer hears something of a task: no matter which, the
/// tracer comes to an end and every task's end is told.
TEST(TracerLife, KilledAtAnyMoment) {
  bool beyond = false;
  for (int moment = 0; !beyond; moment += moment < 60 ? 1 : 7) {
    Child child(program({TRACER_SUBJECT, "family"}));
    Notebook seen;
    int count = 0;
    seen.on_any = [&](const std::string& what, int tid) {
      if (what != "ended" && count++ == moment) ::kill(tid, SIGKILL);
    };
    TRACED(child, seen);
    EXPECT_EQ(seen.ends.size(), seen.forks.size() + 1) << "moment " << moment;
    EXPECT_EQ(seen.entries, seen.calls.size()) << "moment " << moment;
    beyond = count <= moment || moment > 1500;
  }
}

TEST(TracerLife, KilledFromOutsideAtRandom) {
  for (int round = 0; round < 40; ++round) {
    Child child(program({"/bin/busybox", "sh", "-c",
                         "while :; do (/bin/busybox true | /bin/busybox cat) & wait; done"}));
    const int pid = child.pid();
    Notebook seen;
    std::size_t calls = 0;
    seen.on_entered = [&](const SeenCall&) {
      // The shell, then whoever makes a call.
      if (++calls == 300U + static_cast<unsigned>(round) * 7U) ::kill(pid, SIGKILL);
    };
    TRACED(child, seen);
    EXPECT_EQ(seen.ends.at(pid).kind, EndKind::Killed);
    EXPECT_EQ(seen.ends.at(pid).signal, SIGKILL);
    EXPECT_EQ(seen.ends.size(), seen.forks.size() + 1);
  }
}

/// Another thread kills tasks of a growing family: now and then a parent dies between its clone and
/// the stop that would tell of it, and the child must be told of all the same.
TEST(TracerLife, KilledWhileTheyFork) {
  constexpr int kRounds = 60;
  int refused = 0;
  for (int round = 0; round < kRounds; ++round) {
    Child child(program({TRACER_SUBJECT, "tree"}));
    Notebook seen;
    std::mutex mutex;
    std::set<int> living = {child.pid()};
    seen.on_any = [&](const std::string& what, int tid) {
      const std::lock_guard<std::mutex> lock(mutex);
      if (what == "ended")
        living.erase(tid);
      else
        living.insert(tid);
    };
    std::atomic<bool> done{false};
    std::thread killer([&] {
      std::minstd_rand random(static_cast<unsigned>(round + 1));
      while (!done) {
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 300));
        const std::lock_guard<std::mutex> lock(mutex);
        if (living.empty()) continue;
        const auto victim = std::next(living.begin(), static_cast<long>(random() % living.size()));
        ::kill(*victim, SIGKILL);
      }
    });
    const std::string went = trace(child, seen);
    done = true;
    killer.join();
    // As PTRACE_SEIZE refuses one that has been killed already, and all where ptrace is not
    // allowed.
    if (went.find("EPERM") != std::string::npos) {
      ++refused;
      continue;
    }
    ASSERT_EQ(went, "");
    EXPECT_EQ(seen.ends.size(), seen.forks.size() + 1) << "round " << round;
    EXPECT_TRUE(living.empty());
  }
  if (refused == kRounds) GTEST_SKIP() << "EPERM in all rounds: nobody may be traced here";
}

TEST(TracerLife, AFilteredCallIsSeenWithItsErrno) {
  Child child(program({TRACER_SUBJECT, "filter"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  const std::vector<SeenCall> calls = seen.calls_named(Sys::getppid);
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_GT(calls[0].ret, 0);
  EXPECT_EQ(calls[1].ret, -1);
  EXPECT_EQ(calls[1].err, abi::Errno::kEXDEV);
  EXPECT_EQ(seen.ends.at(pid).code, 0);
}

TEST(TracerLife, CallsOfOtherTablesAreNotTakenForOurs) {
  Child child(program({TRACER_SUBJECT, "compat"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  const std::vector<SeenCall> unknown = seen.calls_named(Sys::none);
  // Three, or two where the kernel has no gate for 32-bit calls; it says by its exit status.
  const int made = seen.ends.at(pid).code;
  ASSERT_GE(made, 2);
  ASSERT_EQ(unknown.size(), static_cast<std::size_t>(made));
  for (const SeenCall& call : unknown) EXPECT_TRUE(call.args.empty());
  // Number 20 of the 32-bit table is getpid, 20 of ours is writev.
  EXPECT_TRUE(seen.calls_named(Sys::writev).empty());
}

/// A child of the same thread that nobody traces is left for who waits for it.
TEST(TracerLife, OtherChildrenAreLeftAlone) {
  Child other([] { ::_exit(6); });
  other.go();
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(other.pid()), &info, WEXITED | WNOWAIT), 0);
  Child child(
      program({"/bin/busybox", "sh", "-c", "/bin/busybox true | /bin/busybox true; exit 2"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  EXPECT_EQ(seen.ends.at(pid).code, 2);
  EXPECT_EQ(seen.forks.size(), 2U);
  const int status = other.wait();
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 6);
}

}  // namespace
}  // namespace cutaway::real
