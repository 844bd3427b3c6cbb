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

}  // namespace cutaway::test
