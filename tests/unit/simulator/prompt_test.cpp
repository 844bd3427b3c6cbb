// The person's shell at the prompt, and host lines of scenarios.
#include <gtest/gtest.h>

#include "base/text.h"
#include "sim/simulator.h"

namespace cutaway::sim {
namespace {

class Prompt : public testing::Test {
 protected:
  /// What it printed.
  std::string host(const std::string& line, bool at_prompt) {
    SideCommand command;
    command.kind = SideCommand::Kind::Host;
    command.line = line;
    command.at_prompt = at_prompt;
    const auto index = simulator_.submit(command);
    EXPECT_TRUE(index && simulator_.run_until_done(*index)) << line;
    return index ? simulator_.command(*index).stdout_text : std::string();
  }
  std::string typed(const std::string& line) { return host(line, true); }
  std::size_t tasks() const { return simulator_.trace().head().tasks.size(); }

  Simulator simulator_{SimulatorOptions{}};
};

TEST_F(Prompt, Remembers) {
  typed("who=you; cd /tmp");
  EXPECT_EQ(typed("echo $who; pwd"), "you\n/tmp\n");
  typed("false");
  EXPECT_EQ(typed("echo $?"), "1\n");
  typed("greet() { echo hello $1; }");
  EXPECT_EQ(typed("greet you; who=me greet me"), "hello you\nhello me\n");
}

TEST_F(Prompt, WhatIsExportedIsThereForEveryProgram) {
  typed("export WHO=you");
  EXPECT_EQ(typed("env | grep -c ^WHO=you"), "1\n");
  typed("unset WHO");
  EXPECT_EQ(typed("env | grep -c ^WHO=you"), "0\n");
}

TEST_F(Prompt, ALineOfAScenarioIsAShellOfItsOwn) {
  host("who=you; cd /tmp", false);
  EXPECT_EQ(host("echo $who; pwd", false), "\n/\n");
  EXPECT_EQ(typed("echo $who; pwd"), "\n/\n");
}

TEST_F(Prompt, KeepsNoProcessOfALine) {
  typed("x=1");
  const std::size_t before = tasks();
  typed("echo $x | cat; (exit 3); y=$(echo $x)");
  typed("sleep 1 & wait");
  EXPECT_EQ(tasks(), before);
}

TEST_F(Prompt, IsThereAfterWhateverWouldEndAScript) {
  for (const char* line : {"set -e; false", "echo ${nothing?missing}", "x=1; exec true"})
    typed(line);
  typed("set +e");
  EXPECT_EQ(typed("echo still $((1 + 1))"), "still 2\n");
}

}  // namespace
}  // namespace cutaway::sim
