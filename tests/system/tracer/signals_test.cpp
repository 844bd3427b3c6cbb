// Signals: calls that they interrupt are one call or return EINTR, as the program sees it; ignored
// ones change nothing; stopped tasks behave as if nobody looked.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "recorder.h"

namespace cutaway::real {
namespace {

using abi::Sys;

struct Case {
  const char* word;
  Sys at;  ///< in this call the signal comes
  int signal;
  int exits;  ///< the program's own judgement
  std::int64_t ret;
  abi::Errno err;
  std::size_t calls;  ///< how many of `at` are seen after it was first entered
};

/// The signal comes while the task stands before its call, so it interrupts it for sure.
void check(const Case& c) {
  SCOPED_TRACE(c.word);
  Child child(program({TRACER_SUBJECT, c.word}));
  const int pid = child.pid();
  Notebook seen;
  bool sent = false;
  std::size_t before = 0;
  seen.on_entered = [&](const SeenCall& call) {
    if (call.tid != pid || call.sys != c.at || sent || seen.execs.empty()) return;
    if (call.sys == Sys::read && call.args[0].text.find("pipe") == std::string::npos) return;
    sent = true;
    for (const SeenCall& old : seen.calls_of(pid)) before += old.sys == c.at ? 1 : 0;
    ::kill(pid, c.signal);
  };
  TRACED(child, seen);
  EXPECT_TRUE(sent);
  EXPECT_EQ(seen.ends.at(pid).code, c.exits);
  std::vector<SeenCall> calls;
  for (const SeenCall& call : seen.calls_of(pid)) {
    if (call.sys == c.at) calls.push_back(call);
  }
  ASSERT_EQ(calls.size(), before + c.calls);
  EXPECT_EQ(calls[before].ret, c.ret);
  EXPECT_EQ(calls[before].err, c.err);
  EXPECT_EQ(calls[before].returned, c.calls == 1);
  EXPECT_TRUE(seen.calls_named(Sys::restart_syscall).empty());
  bool told = false;
  for (const SeenSignal& signal : seen.signals)
    told = told || (signal.signal == c.signal && signal.sender == ::getpid());
  EXPECT_TRUE(told);
}

TEST(TracerSignals, CallsGoOnOrReturnEintr) {
  constexpr abi::Errno ok = abi::Errno::kOk, eintr = abi::Errno::kEINTR;
  const Case cases[] = {
      {"sleeper", Sys::clock_nanosleep, SIGWINCH, 0, 0, ok, 1},
      {"sleeper-ignores", Sys::clock_nanosleep, SIGUSR1, 0, 0, ok, 1},
      {"sleeper-handler", Sys::clock_nanosleep, SIGUSR1, 0, -1, eintr, 1},
      {"reader", Sys::read, SIGWINCH, 0, 1, ok, 1},
      {"reader", Sys::read, SIGUSR1, 4, -1, eintr, 1},
      // The kernel makes the call again after the handler: this one has no answer.
      {"reader-restarts", Sys::read, SIGUSR1, 0, 0, ok, 2},
  };
  for (const Case& c : cases) check(c);
}

TEST(TracerSignals, StoppedAndContinued) {
  for (const char* word : {"sleeper", "reader"}) {
    Child child(program({TRACER_SUBJECT, word}));
    const int pid = child.pid();
    Notebook seen;
    std::thread later;
    const Sys at = std::string(word) == "sleeper" ? Sys::clock_nanosleep : Sys::read;
    seen.on_entered = [&](const SeenCall& call) {
      if (call.tid == pid && call.sys == at && !later.joinable() && !seen.execs.empty()) {
        ::kill(pid, SIGSTOP);
        later = std::thread([pid] {
          std::this_thread::sleep_for(std::chrono::milliseconds(200));
          ::kill(pid, SIGCONT);
        });
      }
    };
    TRACED(child, seen);
    later.join();
    EXPECT_EQ(seen.ends.at(pid).code, 0) << word;
    EXPECT_EQ(seen.stops, (std::vector<std::pair<int, int>>{{pid, SIGSTOP}}));
    EXPECT_EQ(seen.continues, std::vector<int>{pid});
    EXPECT_TRUE(seen.calls_named(Sys::restart_syscall).empty());
    for (const SeenCall& call : seen.calls_of(pid)) {
      if (call.sys == at && !call.returned) ADD_FAILURE() << shown(call);
    }
  }
}

/// A stopped task sleeps on as long as it is stopped, also when it is killed there.
TEST(TracerSignals, KilledWhileStopped) {
  Child child(program({TRACER_SUBJECT, "sleeper"}));
  const int pid = child.pid();
  Notebook seen;
  std::thread later;
  seen.on_entered = [&](const SeenCall& call) {
    if (call.sys == Sys::clock_nanosleep) ::kill(pid, SIGSTOP);
  };
  seen.on_any = [&](const std::string& what, int) {
    if (what != "stopped") return;
    later = std::thread([pid] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      ::kill(pid, SIGKILL);
    });
  };
  TRACED(child, seen);
  later.join();
  EXPECT_EQ(seen.ends.at(pid).signal, SIGKILL);
  EXPECT_TRUE(seen.continues.empty());
}

TEST(TracerSignals, KilledByASignalOfItsOwn) {
  Child child(program({"/bin/busybox", "sh", "-c", "kill -TERM $$"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  EXPECT_EQ(seen.ends.at(pid).kind, EndKind::Killed);
  EXPECT_EQ(seen.ends.at(pid).signal, SIGTERM);
  ASSERT_FALSE(seen.signals.empty());
  EXPECT_EQ(seen.signals.back().signal, SIGTERM);
  EXPECT_EQ(seen.signals.back().sender, pid);
}

}  // namespace
}  // namespace cutaway::real
