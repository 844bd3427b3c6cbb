#include "run_echo.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "trace/world/invariants.h"

namespace cutaway::test {

SideCommand docker_command(const std::string& line, const std::string& name) {
  SideCommand command;
  command.line = line;
  command.name = name;
  EXPECT_TRUE(split_shell_words(line, command.words)) << line;
  return command;
}

Outcome run_docker(const std::vector<std::string>& lines, std::uint64_t seed,
                   CgroupVersion cgroup) {
  sim::SimulatorOptions options;
  options.seed = seed;
  options.machine.cgroup = cgroup;
  Outcome outcome;
  outcome.simulator = std::make_unique<sim::Simulator>(options);
  for (const std::string& line : lines) {
    const auto index = outcome.simulator->submit(docker_command(line));
    EXPECT_TRUE(index.has_value()) << line << ": " << (index ? "" : index.error().message);
    if (!index) return outcome;
    const Status done = outcome.simulator->run_until_done(*index);
    EXPECT_TRUE(done.has_value()) << line << ": " << (done ? "" : done.error().message);
    outcome.commands.push_back(outcome.simulator->command(*index));
  }
  EXPECT_TRUE(outcome.simulator->run_for(50'000'000).has_value());
  return outcome;
}

void expect_answer(const Case& expected) {
  const Outcome outcome = run_docker({expected.line});
  ASSERT_FALSE(outcome.commands.empty());
  EXPECT_EQ(outcome.last().exit, expected.exit) << outcome.last().stderr_text;
  EXPECT_EQ(outcome.last().stdout_text, expected.out);
  EXPECT_NE(outcome.last().stderr_text.find(expected.err_has), std::string::npos)
      << outcome.last().stderr_text;
  const auto broken = broken_invariants(outcome.simulator->trace().head());
  EXPECT_TRUE(broken.empty()) << broken.front();
}

}  // namespace cutaway::test
