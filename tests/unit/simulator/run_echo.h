// Runs docker commands on a fresh simulated machine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/simulator.h"

namespace cutaway::test {

inline constexpr std::int64_t kSecond = 1'000'000'000;  // ns
inline constexpr const char* kBox = "run -d --name box busybox sleep 1000";

/// A line without the word docker, as a shell would split it; `name` is the command's own, for
/// those who wait for it.
SideCommand docker_command(const std::string& line, const std::string& name = "");

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
