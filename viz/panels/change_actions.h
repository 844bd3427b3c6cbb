// The controls of a container by keys, and what comes of using one.
#pragma once

#include "viz/panels/window.h"

namespace cutaway::viz {

/// True: it was one of these.
bool apply_change_action(WindowState& state, Action action);

}  // namespace cutaway::viz
