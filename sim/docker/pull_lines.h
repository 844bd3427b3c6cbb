// Progress of a pull or push, as the daemon streams it: one JSON object a line.
#pragma once

#include <cstdint>
#include <string>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// `id`: what the line is about; may be empty.
Co<int> tell_line(Sys sys, std::int64_t fd, std::string id, std::string status);
/// The last line of one that failed.
Co<int> tell_error(Sys sys, std::int64_t fd, std::string message);

}  // namespace cutaway::sim
