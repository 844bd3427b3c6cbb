#include "tests/viz_layout/moments.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "scenarios/bundled.h"
#include "scenarios/runner.h"
#include "sim/simulator.h"
#include "viz/player/berths.h"
#include "viz/player/step_index.h"

namespace cutaway::viz {
namespace {

Trace simulated(const std::string& id) {
  const auto scenario = scenarios::load_bundled(id);
  CHECK(scenario.has_value());
  sim::Simulator simulator(sim::simulator_options(*scenario));
  CHECK(scenarios::run_scenario(simulator, *scenario).has_value());
  return simulator.take_trace();
}

}  // namespace

std::vector<std::string> scenario_ids() {
  std::vector<std::string> ids;
  for (const auto& bundled : scenarios::bundled_scenarios()) ids.push_back(bundled.id);
  return ids;
}

std::vector<std::string> telling_ids() {
  std::vector<std::string> ids;
  for (const auto& bundled : scenarios::bundled_scenarios()) {
    if (bundled.topic != "facts") ids.push_back(bundled.id);
  }
  return ids;
}

const Trace& trace_of(const std::string& id) {
  static std::map<std::string, Trace> traces;
  const auto known = traces.find(id);
  if (known != traces.end()) return known->second;
  return traces.emplace(id, simulated(id)).first->second;
}

std::vector<std::size_t> moments_of(const Trace& trace, std::size_t spaced) {
  const StepIndex index(trace);
  std::vector<std::size_t> moments;
  for (const StepUnit& unit : index.units(StepSize::Beat)) moments.push_back(unit.at.to);
  for (std::size_t i = 0; i <= spaced; ++i) moments.push_back(trace.size() * i / spaced);
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  return moments;
}

PictureOptions options_of(const Trace& trace, bool large_engine) {
  PictureOptions options;
  options.large_engine = large_engine;
  options.berths = Berths(trace).count();
  return options;
}

std::string plain(std::string name) {
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

}  // namespace cutaway::viz
