#include "app/lesson/run_shown.h"

#include "app/cli/make_side.h"
#include "scenarios/runner.h"

namespace cutaway::app {

Status run_shown(lessons::Play& play) {
  TRY_ASSIGN(const spec::Scenario scenario, play.scenario());
  TRY_ASSIGN(const std::unique_ptr<sim::Simulator> side, make_simulator(scenario));
  TRY(scenarios::run_scenario(*side, scenario));
  play.show(std::make_shared<const Trace>(side->take_trace()));
  return {};
}

}  // namespace cutaway::app
