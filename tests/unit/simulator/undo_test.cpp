// Commands that are taken back, commands beside others, signals to them.
#include <gtest/gtest.h>

#include "base/text.h"
#include "run_echo.h"
#include "sim/simulator.h"
#include "trace/abi/abi.h"
#include "trace/log/jsonl.h"

namespace cutaway::sim {
namespace {

void run(Simulator& simulator, const std::string& line) {
  const auto index = simulator.submit(test::docker_command(line));
  ASSERT_TRUE(index && simulator.run_until_done(*index)) << line;
}

std::string lines_of(const Simulator& simulator) { return to_jsonl(simulator.trace()); }

TEST(Undo, IsAsIfItHadNeverBeenTyped) {
  Simulator simulator({}), other({});
  for (Simulator* each : {&simulator, &other}) {
    run(*each, "run --name box busybox echo one");
    run(*each, "ps -a");
  }
  const std::string before = lines_of(simulator);
  run(simulator, "rm box");
  run(simulator, "run -d --name b busybox sleep 100");
  EXPECT_NE(lines_of(simulator), before);
  ASSERT_TRUE(simulator.undo(2));
  EXPECT_EQ(lines_of(simulator), before);
  EXPECT_EQ(simulator.commands(), 2U);
  EXPECT_EQ(simulator.command(0).stdout_text, "one\n");
  for (Simulator* each : {&simulator, &other}) run(*each, "run busybox echo another");
  EXPECT_EQ(lines_of(simulator), lines_of(other));
}

TEST(Undo, OfTimeAndKeysWithTheCommandThatTheyWereFor) {
  Simulator simulator({});
  run(simulator, "pull busybox");
  ASSERT_TRUE(simulator.run_for(3'000'000'000));
  const std::string before = lines_of(simulator);
  SideCommand shell = test::docker_command("run -it busybox sh");
  shell.terminal = "t1";
  ASSERT_TRUE(simulator.submit(shell));
  ASSERT_TRUE(simulator.run_for(1'000'000'000));
  SideCommand keys;
  keys.kind = SideCommand::Kind::Keystrokes;
  keys.line = "exit\n";
  keys.terminal = "t1";
  ASSERT_TRUE(simulator.submit(keys));
  ASSERT_TRUE(simulator.run_for(1'000'000'000));
  ASSERT_TRUE(simulator.undo(1));
  EXPECT_EQ(lines_of(simulator), before);
}

TEST(Undo, OfMoreThanWasTypedIsRefused) {
  Simulator simulator({});
  run(simulator, "ps");
  const std::string before = lines_of(simulator);
  EXPECT_FALSE(simulator.undo(2));
  EXPECT_EQ(lines_of(simulator), before);
}

/// Checkpoints are some 30,000 events apart.
void run_many(Simulator& simulator, int commands) {
  run(simulator, "run -d --name idle busybox sleep 100000");
  run(simulator, "run -d --name busy busybox sh -c 'while true; do echo x; sleep 1; done'");
  run(simulator, "run -d -i --name in busybox cat");
  for (int i = 0; i < commands; ++i) run(simulator, "run --rm busybox echo " + decimal(i));
}

TEST(Undo, FromACheckpointIsTheSameAsFromTheBeginning) {
  constexpr int kCommands = 36;
  Simulator simulator({}), other({});
  run_many(simulator, kCommands);
  run_many(other, kCommands - 5);
  ASSERT_GT(simulator.checkpoints(), 0U);
  ASSERT_TRUE(simulator.undo(5));
  EXPECT_GT(simulator.checkpoints(), 0U);
  ASSERT_TRUE(lines_of(simulator) == lines_of(other));
  for (Simulator* each : {&simulator, &other}) {
    run(*each, "exec busy ps");
    run(*each, "logs busy");
    run(*each, "stop -t 1 busy");
    run(*each, "kill idle");
    run(*each, "rm -f in");
    ASSERT_TRUE(each->run_for(5'000'000'000));
    run(*each, "ps -a");
  }
  EXPECT_TRUE(lines_of(simulator) == lines_of(other));
  EXPECT_EQ(simulator.command(simulator.commands() - 1).stdout_text,
            other.command(other.commands() - 1).stdout_text);
}

TEST(Background, HasAnOutputOfItsOwn) {
  Simulator simulator({});
  run(simulator, "pull busybox");
  const auto slow = simulator.submit_in_background(
      test::docker_command("run busybox sh -c 'echo a; sleep 2; echo b >&2'"));
  ASSERT_TRUE(slow);
  run(simulator, "run busybox echo quick");
  EXPECT_EQ(simulator.command(2).stdout_text, "quick\n");
  EXPECT_FALSE(simulator.command(*slow).done);
  ASSERT_TRUE(simulator.run_until_done(*slow));
  EXPECT_EQ(simulator.command(*slow).stdout_text, "a\n");
  EXPECT_EQ(simulator.command(*slow).stderr_text, "b\n");
}

TEST(Signal, GoesToTheProgramThatWasTyped) {
  Simulator simulator({});
  run(simulator, "pull busybox");
  ASSERT_TRUE(simulator.submit_in_background(test::docker_command("events", "e1")));
  ASSERT_TRUE(simulator.run_for(1'000'000'000));
  SideCommand signal;
  signal.kind = SideCommand::Kind::Signal;
  signal.name = "e1";
  signal.signal = abi::sig::kTerm;
  ASSERT_TRUE(simulator.submit(signal));
  ASSERT_TRUE(simulator.run_for(1'000'000'000));
  EXPECT_TRUE(simulator.command(1).done);
  EXPECT_EQ(simulator.command(1).exit, 128 + abi::sig::kTerm);
  signal.name = "nobody";
  EXPECT_FALSE(simulator.submit(signal));
}

}  // namespace
}  // namespace cutaway::sim
