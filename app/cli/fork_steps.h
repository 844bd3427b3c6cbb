// How another future came about: at which moments of a simulation somebody typed something else. A
// fork of a fork has two such steps; who types at the end of a run makes such steps as well.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sim/simulator.h"

namespace cutaway::app {

struct ForkStep {
  std::size_t position = 0;  ///< events that had happened
  std::string text;          ///< after "docker " a docker command, else one for the host's shell
  bool keys = false;         ///< keys for the program that has the keyboard, not a line
};

/// How another future comes about by typing in one that came about by `steps`: what was typed there
/// after this moment has not been typed in the new one.
std::vector<ForkStep> fork_at(const std::vector<ForkStep>& steps, ForkStep typed);

/// The simulator stands at the first step's position (SimulatorOptions::pause_at); it goes through
/// all of them, and on until the last line is done, or its program waits for keys: true. Where a
/// command keeps the terminal, the line is typed in a second one, and that command goes on to its
/// end. An error: a line that cannot be typed.
Result<bool> go_through(sim::Simulator& simulator, const std::vector<ForkStep>& steps);

}  // namespace cutaway::app
