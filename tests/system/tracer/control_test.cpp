// What is asked of a running tracer: hold and release, stop, tasks that join, the step word.
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <thread>

#include "recorder.h"

namespace cutaway::real {
namespace {

using abi::Sys;
using std::chrono::milliseconds;

TEST(TracerControl, AHeldTaskWaitsWhileOthersGoOn) {
  Child child(program({"/bin/busybox", "sh", "-c",
                       "(echo held) & /bin/busybox true; /bin/busybox true; wait; exit 1"}));
  const int pid = child.pid();
  Notebook seen;
  const auto tracer = make_ptrace_tracer();
  std::thread releaser;
  std::atomic<int> others_ended{0};
  int held = 0;
  seen.on_hold = [&](const SeenCall& call) {
    if (held != 0 || call.sys != Sys::write) return false;
    held = call.tid;
    releaser = std::thread([&tracer, &others_ended, tid = call.tid] {
      for (int i = 0; i < 2000 && others_ended < 2; ++i)
        std::this_thread::sleep_for(milliseconds(5));
      tracer->release(tid);
    });
    return true;
  };
  int ended_before = -1;
  seen.on_any = [&](const std::string& what, int tid) {
    if (what == "ended" && tid != held) ++others_ended;
  };
  seen.on_entered = [&](const SeenCall& call) {
    if (call.sys == Sys::write) ended_before = others_ended;
  };
  if (const Status attached = tracer->attach(pid); !attached)
    GTEST_SKIP() << attached.error().message;
  child.go();
  child.was_reaped();
  ASSERT_TRUE(tracer->run(seen));
  releaser.join();
  EXPECT_NE(held, 0);
  EXPECT_EQ(ended_before, 2);
  EXPECT_EQ(seen.ends.at(pid).code, 1);
  EXPECT_EQ(seen.entries, seen.calls.size());
}

TEST(TracerControl, AHeldTaskMayBeKilled) {
  Child child(program({"/bin/busybox", "echo", "never"}));
  const int pid = child.pid();
  Notebook seen;
  std::thread killer;
  seen.on_hold = [&](const SeenCall& call) {
    if (call.sys != Sys::write) return false;
    killer = std::thread([pid] {
      std::this_thread::sleep_for(milliseconds(30));
      ::kill(pid, SIGKILL);
    });
    return true;
  };
  TRACED(child, seen);
  killer.join();
  EXPECT_EQ(seen.ends.at(pid).signal, SIGKILL);
  EXPECT_TRUE(seen.calls_named(Sys::write).empty());
}

/// Tasks go on untraced and end as they would have.
TEST(TracerControl, StopLetsAllGoOn) {
  Child child(program({"/bin/busybox", "sh", "-c",
                       "(while /bin/busybox true; do :; done) & x=$!; i=0; "
                       "while [ $i -lt 300 ]; do (exit 0); i=$((i+1)); done; kill $x; exit 9"}));
  const int pid = child.pid();
  Notebook seen;
  const auto tracer = make_ptrace_tracer();
  if (const Status attached = tracer->attach(pid); !attached)
    GTEST_SKIP() << attached.error().message;
  child.go();
  std::thread stopper([&tracer] {
    std::this_thread::sleep_for(milliseconds(100));
    tracer->stop();
  });
  ASSERT_TRUE(tracer->run(seen));
  stopper.join();
  EXPECT_EQ(seen.ends.count(pid), 0U);
  const int status = child.wait();
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 9);
}

TEST(TracerControl, StopFromAnObserverWithAHeldAndAStoppedTask) {
  Child child(program({"/bin/busybox", "sh", "-c",
                       "(kill -STOP $(exec /bin/busybox sh -c 'echo $PPID')) & "
                       "/bin/busybox sleep 0.1; /bin/busybox true; exit 0"}));
  const int pid = child.pid();
  Notebook seen;
  const auto tracer = make_ptrace_tracer();
  seen.on_any = [&](const std::string& what, int) {
    if (what == "stopped") tracer->stop();
  };
  if (const Status attached = tracer->attach(pid); !attached)
    GTEST_SKIP() << attached.error().message;
  child.go();
  ASSERT_TRUE(tracer->run(seen));
  if (!seen.stops.empty()) ::kill(seen.stops[0].first, SIGCONT);
  if (seen.ends.count(pid) != 0) child.was_reaped();
}

/// A running process with threads joins while run() waits, asked for by another thread.
TEST(TracerControl, AProcessJoins) {
  Child first(program({"/bin/busybox", "sleep", "1"}));
  Child second(program({TRACER_SUBJECT, "reader"}));
  const int first_pid = first.pid(), second_pid = second.pid();
  const auto tracer = make_ptrace_tracer();
  if (const Status attached = tracer->attach(first_pid); !attached)
    GTEST_SKIP() << attached.error().message;
  first.go();
  Notebook seen;
  std::promise<Status> joined;
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(50));
    joined.set_value(tracer->seize(second_pid));
    second.go();
  });
  // Two roots: the second one is known to nobody before its first call.
  class TwoRoots : public Notebook {
   public:
    bool hold(const SeenCall& call) override {
      tids.insert(call.tid);
      return false;
    }
    void entered(const SeenCall& call) override { names[call.tid].push_back(call.sys); }
    void returned(const SeenCall&) override {}
    void forked(const SeenFork&) override {}
    void execed(int, int) override {}
    void ending(const SeenEnd&) override {}
    void ended(const SeenEnd& end) override { ends[end.tid] = end; }
    void signalled(const SeenSignal&) override {}
    std::set<int> tids;
    std::map<int, std::vector<Sys>> names;
  } both;
  ASSERT_TRUE(tracer->run(both));
  other.join();
  ASSERT_TRUE(joined.get_future().get());
  first.was_reaped();
  second.was_reaped();
  EXPECT_EQ(both.ends.at(first_pid).code, 0);
  EXPECT_EQ(both.ends.at(second_pid).code, 0);
  EXPECT_FALSE(both.names[second_pid].empty());
  EXPECT_FALSE(tracer->seize(1 << 30));
}

/// The word is read at entry; children inherit it, execve ends it.
TEST(TracerControl, StepWord) {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(page, MAP_FAILED);
  auto* word = static_cast<volatile std::uint32_t*>(page);
  Child child([word] {
    *word = 1;
    ::syscall(SYS_getppid);
    *word = 2;
    if (::fork() == 0) {
      *word = 3;
      ::syscall(SYS_getppid);
      ::_exit(0);
    }
    ::wait(nullptr);
    *word = 4;
    ::syscall(SYS_getppid);
    ::execl("/bin/busybox", "true", nullptr);
  });
  Notebook seen;
  const int pid = child.pid();
  const auto tracer = make_ptrace_tracer();
  if (const Status attached = tracer->attach(pid); !attached)
    GTEST_SKIP() << attached.error().message;
  tracer->step_word(pid, word);
  child.go();
  child.was_reaped();
  ASSERT_TRUE(tracer->run(seen));
  std::vector<std::uint32_t> steps;
  for (const SeenCall& call : seen.calls_named(Sys::getppid)) steps.push_back(call.step);
  EXPECT_EQ(steps, (std::vector<std::uint32_t>{1, 3, 4}));
  ASSERT_EQ(seen.forks.size(), 1U);
  EXPECT_EQ(seen.forks[0].call.step, 2U);
  EXPECT_EQ(seen.calls_named(Sys::execve)[0].step, 4U);
  EXPECT_EQ(seen.calls_named(Sys::exit_group).back().step, 0U);
  ::munmap(page, 4096);
}

/// Without kill_with_tracer a container survives its tracer.
TEST(TracerControl, ATracerThatGoesAwayLetsGo) {
  Child child(program({"/bin/busybox", "sh", "-c", "/bin/busybox sleep 0.2; exit 8"}));
  const int pid = child.pid();
  bool refused = false;
  std::thread([&] {
    const auto tracer = make_ptrace_tracer();
    refused = !tracer->attach(pid);
  }).join();
  if (refused) GTEST_SKIP() << "ptrace is not allowed here";
  child.go();
  EXPECT_EQ(WEXITSTATUS(child.wait()), 8);
}

}  // namespace
}  // namespace cutaway::real
