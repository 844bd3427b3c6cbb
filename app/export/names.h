// How exported files are called.
#pragma once

#include <cstddef>
#include <string>

#include "trace/event/header.h"

namespace cutaway::app {

/// After the scenario or the last command: "run-echo", "docker-run-busybox-echo-hi".
std::string stem_of(const TraceHeader& header);

/// `stem` + `ending`, or with -2, -3 … where there is such a file already.
std::string free_name(const std::string& stem, const std::string& ending);

}  // namespace cutaway::app
