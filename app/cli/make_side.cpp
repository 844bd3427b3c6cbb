#include "app/cli/make_side.h"

#include "real/side.h"

namespace cutaway::app {

namespace {

real::RealOptions real_options(const RealChoice& choice) {
  real::RealOptions options;
  options.state = choice.state;
  options.trace = choice.traced;
  options.pass_on = choice.pass_on;
  if (choice.live != nullptr) {
    options.control = &choice.live->control();
    options.over = [live = choice.live] { live->end(); };
  }
  return options;
}

Result<std::unique_ptr<Side>> made(real::RealOptions options, const RealChoice& choice) {
  TRY_ASSIGN(std::unique_ptr<real::RealSide> side, real::RealSide::make(std::move(options)));
  if (choice.live != nullptr) TRY(choice.live->begin(*side));
  return std::unique_ptr<Side>(std::move(side));
}

}  // namespace

Result<std::unique_ptr<sim::Simulator>> make_simulator(const spec::Scenario& scenario,
                                                       std::optional<std::size_t> pause_at) {
  sim::SimulatorOptions options = sim::simulator_options(scenario);
  options.pause_at = pause_at;
  return std::make_unique<sim::Simulator>(options);
}

Result<std::unique_ptr<Side>> make_real(const std::vector<std::string>& commands,
                                        const RealChoice& choice) {
  real::RealOptions options = real_options(choice);
  options.commands = commands;
  return made(std::move(options), choice);
}

Result<std::unique_ptr<Side>> make_real(const spec::Scenario& scenario, const RealChoice& choice) {
  if (!scenario.faults.empty()) return fail(ErrorCode::NotYet, "faults of the hub");
  real::RealOptions options = real_options(choice);
  options.own_state = true;
  options.scenario = scenario.id;
  options.images = scenario.images;
  options.commands = sim::simulator_options(scenario).commands;
  return made(std::move(options), choice);
}

}  // namespace cutaway::app
