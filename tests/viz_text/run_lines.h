// What a simulated machine does when docker lines are typed there.
#pragma once

#include <string>
#include <vector>

#include "trace/log/trace.h"

namespace cutaway::viz {

/// Lines without the word docker, one after another; whatever their status. `memory`: bytes of the
/// machine; 0: as usual.
Trace run_lines(const std::vector<std::string>& lines, std::int64_t memory = 0);
/// How many of them ended with another status than 0.
int failed_lines(const Trace& trace);

}  // namespace cutaway::viz
