// A fresh side for a scenario: its machine, its seed, its images.
#pragma once

#include <memory>

#include "base/result.h"
#include "sim/simulator.h"
#include "spec/scenario.h"

namespace cutaway::app {

/// Faults are an Error: not yet.
Result<std::unique_ptr<sim::Simulator>> make_simulator(const spec::Scenario& scenario);

}  // namespace cutaway::app
