// Signals: default actions, handlers, pid 1's protection, EINTR, stop and continue, who may.
#include <gtest/gtest.h>

#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

constexpr std::uint64_t kNewPid = abi::clone::kNewPid;
constexpr int kTerm = 15, kKill = 9, kStop = 19, kCont = 18;

Program sleeper(Sys sys, State state) {
  if (!state.argv.empty()) co_await sys.sigaction(kTerm, state.argv.at(0));
  const std::int64_t ret = co_await sys.nanosleep(5'000'000'000);
  note("slept", ret);
  for (const int signal : sys.take_signals()) note("caught", signal);
  co_return 4;
}

Program kills(Sys sys, State state) {
  const std::int64_t pid = co_await sys.clone(kChld, sleeper, state);
  co_await sys.nanosleep(1'000'000'000);
  const std::int64_t ret = co_await sys.kill(pid, kTerm);
  note("kill", ret);
  co_await sys.wait4(pid, 0);
  note("status", sys.reply().out.at(0));
  note("s", sys.now() / 1'000'000'000);
  co_return 0;
}

TEST(Signal, DefaultTerminates) {
  Lab lab;
  lab.run(kills);
  EXPECT_EQ(lab.notes, (Notes{"kill=0", "status=15", "s=1"}));
  const Syscall* cut_short = lab.find_call(abi::Sys::clock_nanosleep, 1);
  ASSERT_NE(cut_short, nullptr);
  EXPECT_FALSE(cut_short->returned);
}
TEST(Signal, IgnoredLeavesNoMark) {
  Lab lab;
  State state;
  state.argv = {"SIG_IGN"};
  lab.run(kills, state);
  EXPECT_EQ(lab.notes, (Notes{"kill=0", "slept=0", "status=1024", "s=5"}));
}
TEST(Signal, AHandlerInterrupts) {
  Lab lab;
  State state;
  state.argv = {"handler"};
  lab.run(kills, state);
  EXPECT_EQ(lab.notes, (Notes{"kill=0", "slept=EINTR", "caught=15", "status=1024", "s=1"}));
  const Syscall* back = lab.find_call(abi::Sys::rt_sigreturn);
  ASSERT_NE(back, nullptr);
  EXPECT_EQ(back->err, abi::Errno::kEINTR);
}

Program kill_chain(Sys sys, State) {
  const std::int64_t pid = co_await sys.clone(kChld, sleeper, kNone);
  co_await sys.kill(pid, kKill);
  co_await sys.wait4(pid, 0);
  co_return 0;
}

TEST(Signal, TheEndNamesItsSignalAsCause) {
  Lab lab;
  lab.run(kill_chain);
  for (std::size_t n = 0; n < lab.trace.size(); ++n) {
    const Event event = lab.trace.event(n);
    const auto* exited = std::get_if<TaskExited>(&event.body);
    if (exited == nullptr || exited->signal != kKill) continue;
    const Event cause = lab.trace.event(event.stamp.cause);
    ASSERT_TRUE(std::holds_alternative<SignalDelivered>(cause.body));
    EXPECT_TRUE(std::holds_alternative<SignalSent>(lab.trace.event(cause.stamp.cause).body));
    return;
  }
  FAIL() << "nobody was killed";
}

Program inside(Sys sys, State) {
  std::int64_t ret = co_await sys.kill(1, kTerm);
  note("inside TERM", ret);
  ret = co_await sys.kill(1, kKill);
  note("inside KILL", ret);
  co_return 0;
}
Program pid_one(Sys sys, State) {
  co_await sys.clone(kChld, inside, kNone);
  co_await sys.wait4(-1, 0);
  note("still pid", 1);
  co_await sys.nanosleep(5'000'000'000);
  co_return 5;
}
Program protected_init(Sys sys, State) {
  const std::int64_t pid = co_await sys.clone(kChld | kNewPid, pid_one, kNone);
  co_await sys.nanosleep(1'000'000'000);
  std::int64_t ret = co_await sys.kill(pid, kTerm);
  note("outside TERM", ret);
  ret = co_await sys.wait4(pid, 1);
  note("alive", ret);
  ret = co_await sys.kill(pid, kKill);
  note("outside KILL", ret);
  co_await sys.wait4(pid, 0);
  note("status", sys.reply().out.at(0));
  co_return 0;
}

TEST(Signal, PidOneIsSpared) {  // PID-04, PID-06, SIG-07
  Lab lab;
  lab.run(protected_init);
  EXPECT_EQ(lab.notes, (Notes{"inside TERM=0", "inside KILL=0", "still pid=1", "outside TERM=0",
                              "alive=0", "outside KILL=0", "status=9"}));
}

Program stops(Sys sys, State) {
  const std::int64_t pid = co_await sys.clone(kChld, sleeper, kNone);
  co_await sys.nanosleep(1'000'000'000);
  co_await sys.kill(pid, kStop);
  co_await sys.nanosleep(8'000'000'000);
  const std::int64_t ret = co_await sys.wait4(pid, 1);
  note("stopped", ret);
  co_await sys.kill(pid, kCont);
  co_await sys.wait4(pid, 0);
  note("s", sys.now() / 1'000'000'000);
  co_return 0;
}

TEST(Signal, StopAndContinue) {
  Lab lab;
  lab.run(stops);
  EXPECT_EQ(lab.notes, (Notes{"stopped=0", "slept=0", "s=9"}));
}

const std::vector<Arg> kAda{Arg::integer(1000)};

Program not_allowed(Sys sys, State) {
  std::int64_t ret = co_await sys.call(abi::Sys::setuid, kAda);
  ret = co_await sys.kill(812, kTerm);
  note("dockerd", ret);
  ret = co_await sys.kill(99999, kTerm);
  note("nobody", ret);
  ret = co_await sys.kill(812, 65);
  note("signal 65", ret);
  co_return 0;
}

TEST(Signal, WhoMay) {
  Lab lab;
  lab.run(not_allowed);
  EXPECT_EQ(lab.notes, (Notes{"dockerd=EPERM", "nobody=ESRCH", "signal 65=EINVAL"}));
}

Program waits_for_outside(Sys sys, State) {
  co_await sys.sigaction(2, "handler");
  const std::int64_t ret = co_await sys.read(3, 1);
  note("read", ret);
  co_return 0;
}

TEST(Signal, FromOutside) {
  Lab lab;
  lab.run(waits_for_outside);
  lab.kernel.signal_from_outside(lab.task("bash")->id, 2);
  lab.go();
  EXPECT_EQ(lab.notes, Notes{"read=EINTR"});
}

}  // namespace
}  // namespace cutaway::sim
