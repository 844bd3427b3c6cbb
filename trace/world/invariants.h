// What must hold in every World between two system calls: for property tests and fuzzers.
#pragma once

#include <string>
#include <vector>

#include "trace/world/world.h"

namespace cutaway {

/// One sentence for each invariant that is broken; empty when all hold.
std::vector<std::string> broken_invariants(const World& world);

}  // namespace cutaway
