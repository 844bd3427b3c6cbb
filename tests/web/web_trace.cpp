// Runs the bundled scenario run-echo in WebAssembly and prints its trace as JSON Lines. The test
// holds it against the native program's, byte for byte.
#include <cstdio>
#include <string>

#include "scenarios/bundled.h"
#include "scenarios/runner.h"
#include "sim/simulator.h"
#include "trace/log/jsonl.h"

int main() {
  using namespace cutaway;
  const auto scenario = scenarios::load_bundled("run-echo");
  if (!scenario) return std::fprintf(stderr, "%s\n", scenario.error().message.c_str()), 1;
  sim::Simulator simulator(sim::simulator_options(*scenario));
  const auto report = scenarios::run_scenario(simulator, *scenario);
  if (!report) return std::fprintf(stderr, "%s\n", report.error().message.c_str()), 1;
  const std::string text = to_jsonl(simulator.trace());
  std::fwrite(text.data(), 1, text.size(), stdout);
  return report->ok() ? 0 : 1;
}
