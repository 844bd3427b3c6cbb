// What a simulated machine does when docker lines are typed there.
#pragma once

#include <string>
#include <vector>

#include "trace/log/trace.h"

namespace cutaway::viz {

/// Lines without the word docker, one after another; whatever their status.
Trace run_lines(const std::vector<std::string>& lines);

}  // namespace cutaway::viz
