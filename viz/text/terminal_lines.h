// What the terminal shows: commands as they were typed, and what was printed after each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "trace/log/trace.h"

namespace cutaway::viz {

inline constexpr std::int32_t kStderr = 2;  ///< its descriptor

struct ShownLine {
  std::string text;
  bool typed = false;
  int channel = 0;  ///< 2: stderr, where it is told apart
};

/// All lines up to a position; the last may not be complete. `shell`: at whose terminal; none:
/// where the last command was typed.
[[nodiscard]] std::vector<ShownLine> terminal_lines(const Trace& trace, const World& world,
                                                    std::size_t position, TaskId shell = {});

/// Where this shell's commands are typed: in a window of its own, else at the console, which came
/// first. Null: there is no terminal.
[[nodiscard]] const Terminal* terminal_typed_at(const World& world, TaskId shell);

}  // namespace cutaway::viz
