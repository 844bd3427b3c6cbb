// Programs that compute without end and without a call: they can be stopped, and hold up nobody.
#include <gtest/gtest.h>

#include "base/text.h"
#include "run_echo.h"
#include "sim/simulator.h"

namespace cutaway::test {
namespace {

TEST(Endless, ALoopWithoutACallIsKilledAndOthersRunBesideIt) {
  const Outcome outcome = run_docker({"run -d --name busy busybox sh -c 'while :; do :; done'",
                                      "run --rm busybox echo hi", "kill busy", "wait busy"});
  EXPECT_EQ(outcome.commands[1].stdout_text, "hi\n");
  EXPECT_LT(outcome.commands[1].t1 - outcome.commands[1].t0, kSecond);
  EXPECT_EQ(outcome.last().stdout_text, "137\n");
}

TEST(Endless, AScriptOfSedToo) {
  const Outcome outcome = run_docker(
      {"run -d --name busy busybox sh -c 'echo a | sed \":x;bx\"'", "kill busy", "wait busy"});
  EXPECT_EQ(outcome.last().stdout_text, "137\n");
}

TEST(Endless, ATrapIsRunInTheMiddleOfALoop) {
  const Outcome outcome = run_docker(
      {"run -d --name busy busybox sh -c 'trap \"echo bye; exit 4\" TERM; while :; do :; done'",
       "stop busy", "wait busy", "logs busy"});
  EXPECT_EQ(outcome.commands[2].stdout_text, "4\n");
  EXPECT_EQ(outcome.last().stdout_text, "bye\n");
}

TEST(Endless, WhoWaitsForItIsToldSo) {
  sim::SimulatorOptions options;
  options.silent_bursts = 50;
  sim::Simulator simulator(options);
  SideCommand command;
  command.line = "run busybox sh -c 'while :; do :; done'";
  ASSERT_TRUE(split_shell_words(command.line, command.words));
  const auto index = simulator.submit(command);
  ASSERT_TRUE(index);
  const Status status = simulator.run_until_done(*index);
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.find("goes on and on"), std::string::npos);
}

TEST(Endless, AFunctionWithinItselfOverflowsItsStack) {
  const Outcome outcome = run_docker({"run --rm busybox sh -c 'f() { f; }; f'"});
  EXPECT_EQ(outcome.last().exit, 139);
}

}  // namespace
}  // namespace cutaway::test
