// Front door: where the simulated kernel is known to answer a litmus call otherwise than Linux, and
// why it stays so. `cutaway litmus fuzz` explains differences by these rows; docs/FIDELITY.md has
// them. At most spec::kFuzzKnownMax.
#pragma once

#include <vector>

#include "spec/litmus_fuzz.h"

namespace cutaway::sim {

const std::vector<spec::FuzzKnown>& litmus_known();

}  // namespace cutaway::sim
