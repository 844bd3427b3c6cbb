// A whole trace for people: command line, then beat by beat, step by step: the sentence, the calls
// of the step, what was printed, how long was waited. What `cutaway sim` prints.
#pragma once

#include <string>

#include "trace/log/trace.h"

namespace cutaway::viz {

struct AnnotateOptions {
  bool color = false;          ///< ANSI colours
  std::size_t lines_max = 12;  ///< of calls in one step; the rest becomes counts. 0: all
};

/// `columns`: of the terminal; less than 40 counts as 40.
[[nodiscard]] std::string annotate(const Trace& trace, int columns,
                                   const AnnotateOptions& options = {});

}  // namespace cutaway::viz
