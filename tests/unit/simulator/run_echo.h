// Runs docker commands on a fresh simulated machine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/simulator.h"

namespace cutaway::test {

struct Outcome {
  std::unique_ptr<sim::Simulator> simulator;
  std::vector<CommandState> commands;
  const CommandState& last() const { return commands.back(); }
};

/// Lines without the word docker, as a shell would split them.
Outcome run_docker(const std::vector<std::string>& lines, std::uint64_t seed = 1,
                   CgroupVersion cgroup = CgroupVersion::V2);

/// What docker answers to one line.
struct Case {
  const char* line;
  int exit;
  const char* out;
  const char* err_has;  // "" for anything
};
/// Runs it; every field is expected, and that no invariant of the World is broken.
void expect_answer(const Case& expected);

}  // namespace cutaway::test
