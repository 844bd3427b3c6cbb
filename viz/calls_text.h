// Front door: a trace without commands (a litmus program's) for people: each call of each task, in
// the order in which they returned, with a sentence for the first of each form.
#pragma once

#include <string>

#include "trace/log/trace.h"

namespace cutaway::viz {

/// `columns`: of the terminal; less than 40 counts as 40.
[[nodiscard]] std::string annotate_calls(const Trace& trace, const std::string& title, int columns);

}  // namespace cutaway::viz
