// Front door: exercises of the kind `write`: a program of system calls in which the learner's own
// calls are missing.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "lessons/lesson.h"
#include "spec/scenario.h"
#include "trace/log/trace.h"

namespace cutaway::lessons {

/// Stands in the program where the learner's calls go.
inline constexpr std::string_view kGap = "yours";

/// The given program with these calls in its gap, as something that is done (a LitmusItem). An
/// Error says which of them is wrong, and how.
Result<spec::Item> completed(const Exercise& exercise, const std::vector<std::string>& calls);

struct ProgramLine {
  std::size_t depth = 0;  ///< of tasks: what a child does stands below the call that makes it
  std::string call;
  bool yours = false;  ///< the learner's; with an empty call: the gap, where the next one goes
  std::string result;  ///< "= 0", "= -1 EPERM (…)"; empty: not made
  bool refused = false;
};
/// The same as lines, with what each call got where `run` ends with that program.
std::vector<ProgramLine> program_lines(const Exercise& exercise,
                                       const std::vector<std::string>& calls, const Trace& run);

}  // namespace cutaway::lessons
