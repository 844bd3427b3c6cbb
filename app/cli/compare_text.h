// A comparison for people: each step a line, what differs below it with its reason, then the sums.
#pragma once

#include <string>

#include "trace/compare/compare.h"

namespace cutaway::app {

/// `columns`: of the terminal; less than 40 counts as 40.
std::string compare_text(const Comparison& comparison, int columns);
/// One line: "run-echo  steps 100.0 %, calls 98.1 %, program 97.5 %: the sides agree".
std::string compare_line(const Comparison& comparison, const std::string& title);

}  // namespace cutaway::app
