#include "run_echo.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace cutaway::test {

Outcome run_docker(const std::vector<std::string>& lines, std::uint64_t seed,
                   CgroupVersion cgroup) {
  sim::SimulatorOptions options;
  options.seed = seed;
  options.machine.cgroup = cgroup;
  Outcome outcome;
  outcome.simulator = std::make_unique<sim::Simulator>(options);
  for (const std::string& line : lines) {
    SideCommand command;
    command.line = line;
    EXPECT_TRUE(split_shell_words(line, command.words)) << line;
    const auto index = outcome.simulator->submit(command);
    EXPECT_TRUE(index.has_value()) << line << ": " << (index ? "" : index.error().message);
    if (!index) return outcome;
    const Status done = outcome.simulator->run_until_done(*index);
    EXPECT_TRUE(done.has_value()) << line << ": " << (done ? "" : done.error().message);
    outcome.commands.push_back(outcome.simulator->command(*index));
  }
  EXPECT_TRUE(outcome.simulator->run_for(50'000'000).has_value());
  return outcome;
}

}  // namespace cutaway::test
