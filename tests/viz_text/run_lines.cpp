#include "tests/viz_text/run_lines.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "sim/simulator.h"

namespace cutaway::viz {

Trace run_lines(const std::vector<std::string>& lines, std::int64_t memory) {
  sim::SimulatorOptions options;
  if (memory > 0) options.machine.memory = memory;
  sim::Simulator simulator(options);
  for (const std::string& line : lines) {
    SideCommand command;
    command.line = line;
    EXPECT_TRUE(split_shell_words(line, command.words));
    const auto index = simulator.submit(command);
    EXPECT_TRUE(index && simulator.run_until_done(*index));
  }
  return simulator.take_trace();
}

int failed_lines(const Trace& trace) {
  int failed = 0;
  for (const CommandRecord& each : trace.head().engine->commands) failed += each.exit != 0 ? 1 : 0;
  return failed;
}

}  // namespace cutaway::viz
