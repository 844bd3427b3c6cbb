// What the state folder knew before a run: images and containers of the World at its begin.
#pragma once

#include "real/engine/machine.h"
#include "trace/world/world.h"

namespace cutaway::real {

/// Puts them into `world`.
Status add_known(Machine& machine, World& world);

}  // namespace cutaway::real
