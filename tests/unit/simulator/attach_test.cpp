// docker run --attach: only some of the channels.
#include <gtest/gtest.h>

#include "base/text.h"
#include "run_echo.h"

namespace cutaway::test {
namespace {

constexpr const char* kBoth = " busybox sh -c 'echo said; echo blamed >&2; exit 3'";

TEST(Attach, OnlyStdout) {
  const Outcome outcome = run_docker({"pull -q busybox", std::string("run -a stdout") + kBoth});
  EXPECT_EQ(outcome.last().stdout_text, "said\n");
  EXPECT_EQ(outcome.last().stderr_text, "");
  EXPECT_EQ(outcome.last().exit, 3);
}

TEST(Attach, OnlyStderr) {
  const Outcome outcome = run_docker({"pull -q busybox", std::string("run -a STDERR") + kBoth});
  EXPECT_EQ(outcome.last().stdout_text, "");
  EXPECT_EQ(outcome.last().stderr_text, "blamed\n");
}

TEST(Attach, BothByName) {
  const Outcome outcome =
      run_docker({"pull -q busybox", std::string("run -a stdout -a stderr") + kBoth});
  EXPECT_EQ(outcome.last().stdout_text, "said\n");
  EXPECT_EQ(outcome.last().stderr_text, "blamed\n");
}

// Whoever gives and wants nothing back is told the id, and waits for nothing.
TEST(Attach, OnlyStdin) {
  sim::Simulator simulator(sim::SimulatorOptions{});
  SideCommand command;
  command.line = "run -i -a stdin --name cc busybox sh -c 'cat; sleep 10'";
  ASSERT_TRUE(split_shell_words(command.line, command.words));
  command.stdin_text = "given\n";
  const auto first = simulator.submit(command);
  ASSERT_TRUE(first.has_value());
  ASSERT_TRUE(simulator.run_until_done(*first).has_value());
  EXPECT_EQ(simulator.command(*first).stdout_text.size(), 65U);
  EXPECT_EQ(simulator.command(*first).exit, 0);
  SideCommand logs;
  logs.line = "logs cc";
  logs.words = {"logs", "cc"};
  ASSERT_TRUE(simulator.run_for(1'000'000'000).has_value());
  const auto second = simulator.submit(logs);
  ASSERT_TRUE(second.has_value());
  ASSERT_TRUE(simulator.run_until_done(*second).has_value());
  EXPECT_EQ(simulator.command(*second).stdout_text, "given\n");
}

}  // namespace
}  // namespace cutaway::test
