// The simulator for a scenario, as the program makes it.
#pragma once

#include <cctype>
#include <memory>
#include <string>

#include "sim/simulator.h"
#include "spec/scenario.h"

namespace cutaway {

inline std::unique_ptr<sim::Simulator> simulated(const spec::Scenario& scenario) {
  sim::SimulatorOptions options;
  options.machine = scenario.machine;
  options.seed = scenario.seed;
  options.scenario = scenario.id;
  options.images = scenario.images;
  return std::make_unique<sim::Simulator>(options);
}

/// Names of tests may hold letters and digits only.
inline std::string test_name(std::string name) {
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

}  // namespace cutaway
