// A fresh side for a run: its machine, its seed, its images.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/live/session.h"
#include "base/result.h"
#include "sim/simulator.h"
#include "spec/scenario.h"
#include "trace/side.h"

namespace cutaway::app {

/// Faults are an Error: not yet.
Result<std::unique_ptr<sim::Simulator>> make_simulator(const spec::Scenario& scenario,
                                                       std::optional<std::size_t> pause_at = {});

struct RealChoice {
  std::string state;  ///< empty: the default folder
  bool traced = true;
  bool pass_on = false;
  LiveSession* live = nullptr;  ///< who watches, and stops it here and there
};
/// For docker commands: with the state folder as it is.
Result<std::unique_ptr<Side>> make_real(const std::vector<std::string>& commands,
                                        const RealChoice& choice);
/// For a scenario: with a fresh state folder of its own, which goes with the side, as do all its
/// containers.
Result<std::unique_ptr<Side>> make_real(const spec::Scenario& scenario, const RealChoice& choice);

}  // namespace cutaway::app
