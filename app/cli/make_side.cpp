#include "app/cli/make_side.h"

#include <variant>

namespace cutaway::app {

Result<std::unique_ptr<sim::Simulator>> make_simulator(const spec::Scenario& scenario) {
  if (!scenario.faults.empty()) return fail(ErrorCode::NotYet, "faults of the hub");
  sim::SimulatorOptions options;
  options.machine = scenario.machine;
  options.seed = scenario.seed;
  options.scenario = scenario.id;
  options.images = scenario.images;
  for (const spec::Item& item : scenario.items) {
    if (const auto* docker = std::get_if<spec::DockerItem>(&item.body))
      options.commands.push_back("docker " + docker->line);
    if (const auto* host = std::get_if<spec::HostItem>(&item.body))
      options.commands.push_back(host->line);
  }
  return std::make_unique<sim::Simulator>(options);
}

}  // namespace cutaway::app
