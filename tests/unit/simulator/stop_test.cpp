// stop, restart, wait, rm --force: the simulated docker's answers, and how long they take.
#include <gtest/gtest.h>

#include "run_echo.h"
#include "trace/world/lookup.h"

namespace cutaway::test {
namespace {

std::int64_t took(const CommandState& command) { return command.t1 - command.t0; }

const Container& only_container(const Outcome& outcome) {
  const Container* found =
      outcome.simulator->trace().head().containers.first([](const Container&) { return true; });
  if (found == nullptr) throw std::runtime_error("there is no container");
  return *found;
}

TEST(Stop, Pid1WithoutAHandlerIsKilledAfterTenSeconds) {
  const Outcome outcome = run_docker({"run -d --name ss busybox sleep 1000", "stop ss"});
  EXPECT_EQ(outcome.last().exit, 0);
  EXPECT_EQ(outcome.last().stdout_text, "ss\n");
  EXPECT_GE(took(outcome.last()), 10 * kSecond);
  EXPECT_LT(took(outcome.last()), 11 * kSecond);
  EXPECT_EQ(only_container(outcome).exit_code, 137);
  EXPECT_EQ(only_container(outcome).state, ContainerState::Exited);
}

TEST(Stop, ThePatienceIsTheCommandsElseTheContainers) {
  const Outcome outcome =
      run_docker({"run -d --name aa --stop-timeout 3 busybox sleep 1000", "stop aa", "start aa",
                  "stop -t 1 aa", "start aa", "stop -t 0 aa"});
  EXPECT_EQ(took(outcome.commands[1]) / kSecond, 3);
  EXPECT_EQ(took(outcome.commands[3]) / kSecond, 1);
  EXPECT_EQ(took(outcome.commands[5]) / kSecond, 0);
}

TEST(Stop, ASignalThatEndsItIsNotWaitedFor) {
  const Outcome outcome =
      run_docker({"run -d --name aa busybox sleep 1000", "stop --signal KILL aa",
                  "run -d --name bb --stop-signal KILL busybox sleep 1000", "stop bb"});
  EXPECT_LT(took(outcome.commands[1]), kSecond);
  EXPECT_LT(took(outcome.commands[3]), kSecond);
}

TEST(Stop, OfOneThatDoesNotRunIsFine) {
  const Outcome outcome = run_docker({"create --name cc busybox true", "stop cc nosuch"});
  EXPECT_EQ(outcome.last().stdout_text, "cc\n");
  EXPECT_EQ(outcome.last().stderr_text, "Error response from daemon: No such container: nosuch\n");
  EXPECT_EQ(outcome.last().exit, 1);
}

TEST(Restart, IsAnotherProcessOfTheSameContainer) {
  const Outcome outcome = run_docker({"run -d --rm --name rr busybox sh -c 'echo run; sleep 1000'",
                                      "restart -t 0 rr", "logs rr", "ps"});
  EXPECT_EQ(outcome.commands[1].stdout_text, "rr\n");
  EXPECT_EQ(outcome.commands[2].stdout_text, "run\nrun\n");
  EXPECT_NE(outcome.last().stdout_text.find("Up "), std::string::npos);
  const Outcome gone = run_docker(
      {"run -d --rm --name rr busybox sleep 1000", "restart -t 0 rr", "stop -t 0 rr", "ps -aq"});
  EXPECT_EQ(gone.last().stdout_text, "");
}

TEST(Wait, PrintsTheExitCode) {
  const Outcome outcome =
      run_docker({"run -d --name ww busybox sh -c 'sleep 2; exit 5'", "wait ww", "wait ww",
                  "create --name cc busybox true", "wait cc", "wait nosuch"});
  EXPECT_EQ(outcome.commands[1].stdout_text, "5\n");
  EXPECT_GE(took(outcome.commands[1]), kSecond);
  EXPECT_EQ(outcome.commands[2].stdout_text, "5\n");
  EXPECT_EQ(outcome.commands[4].stdout_text, "0\n");
  EXPECT_EQ(outcome.last().exit, 1);
  EXPECT_EQ(outcome.last().stderr_text, "Error response from daemon: No such container: nosuch\n");
}

TEST(Rm, ForceKillsWhatRuns) {
  const Outcome outcome = run_docker(
      {"run -d --name ff busybox sleep 1000", "rm ff", "rm -f ff", "rm -f nosuch", "ps -aq"});
  EXPECT_EQ(outcome.commands[1].exit, 1);
  EXPECT_EQ(outcome.commands[2].stdout_text, "ff\n");
  EXPECT_LT(took(outcome.commands[2]), kSecond);
  EXPECT_EQ(outcome.commands[3].exit, 0);
  EXPECT_NE(outcome.commands[3].stderr_text.find("No such container: nosuch"), std::string::npos);
  EXPECT_EQ(outcome.last().stdout_text, "");
}

}  // namespace
}  // namespace cutaway::test
