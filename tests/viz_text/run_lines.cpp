#include "tests/viz_text/run_lines.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "sim/simulator.h"

namespace cutaway::viz {

Trace run_lines(const std::vector<std::string>& lines) {
  sim::Simulator simulator({});
  for (const std::string& line : lines) {
    SideCommand command;
    command.line = line;
    EXPECT_TRUE(split_shell_words(line, command.words));
    const auto index = simulator.submit(command);
    EXPECT_TRUE(index && simulator.run_until_done(*index));
  }
  return simulator.take_trace();
}

}  // namespace cutaway::viz
