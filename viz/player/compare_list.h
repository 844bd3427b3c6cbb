// The rows of a comparison as a list to walk through: each step a line, what differs in it below.
// A function of comparison and traces; no ImGui.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "trace/compare/compare.h"

namespace cutaway::viz {

struct CompareLine {
  std::size_t row = 0;      ///< in Comparison::rows
  bool step = false;        ///< a step's line; else a call below it, or a result
  std::string head;         ///< first column: the step, or what the result is of
  std::string left, right;  ///< what each side did, and the kernel's answer; or nothing
  std::size_t left_more = 0, right_more = 0;  ///< further calls of the step
  std::string_view sign;
  std::string label, why;
  bool difference = false;         ///< n and p stop here
  bool open = false;               ///< not explained
  std::size_t at_a = 0, at_b = 0;  ///< positions of the traces at this line
};

/// What the four boxes count.
struct CompareSums {
  std::size_t agree = 0, explained = 0, open = 0;  ///< steps and results
  std::int64_t lost = 0;                           ///< events
};

struct CompareList {
  std::vector<CompareLine> lines;
  CompareSums sums;

  /// The nearest line with a difference beyond `from`; `from` itself when there is none.
  std::size_t next_difference(std::size_t from) const;
  std::size_t previous_difference(std::size_t from) const;
};

[[nodiscard]] CompareList compare_list(const Trace& a, const Trace& b,
                                       const Comparison& comparison);

}  // namespace cutaway::viz
