// What the terminal shows: commands as they were typed, and what was printed after each.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "trace/log/trace.h"

namespace cutaway::viz {

struct ShownLine {
  std::string text;
  bool typed = false;
  int channel = 0;  ///< 2: stderr, where it is told apart
};

/// All lines up to a position; the last may not be complete.
[[nodiscard]] std::vector<ShownLine> terminal_lines(const Trace& trace, const World& world,
                                                    std::size_t position);

}  // namespace cutaway::viz
