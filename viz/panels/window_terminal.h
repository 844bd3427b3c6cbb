// The terminal of the window: what it takes at this moment, and what is typed into it.
#pragma once

#include "viz/panels/window.h"

namespace cutaway::viz {

void draw_window_terminal(WindowState& state, const Ui& ui, const Rect& box);

}  // namespace cutaway::viz
