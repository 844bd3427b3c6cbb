// Within an expansion: parts, parameters. The front door is sh_run.h.
#pragma once

#include "sim/programs/sh/sh_chars.h"
#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

Co<int> expand_parts(Sys sys, Shell* shell, std::vector<Part> parts, Chars* out);
/// ${name…}
Co<int> expand_parameter(Sys sys, Shell* shell, Part part, Chars* out);

}  // namespace cutaway::sim::sh
