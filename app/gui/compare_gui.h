// The window of two runs.
#pragma once

#include "base/result.h"
#include "viz/window.h"

namespace cutaway::app {

/// Shows both runs until the window is closed. Without a display: an error, "no display: …".
Status run_compare_gui(viz::CompareWindowState& state);

}  // namespace cutaway::app
