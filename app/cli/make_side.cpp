#include "app/cli/make_side.h"

namespace cutaway::app {

Result<std::unique_ptr<sim::Simulator>> make_simulator(const spec::Scenario& scenario) {
  if (!scenario.faults.empty()) return fail(ErrorCode::NotYet, "faults of the hub");
  return std::make_unique<sim::Simulator>(sim::simulator_options(scenario));
}

}  // namespace cutaway::app
