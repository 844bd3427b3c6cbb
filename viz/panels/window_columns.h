// The columns at the sides: beside the picture, pulled out over it, or away with a tab to pull.
#pragma once

#include "viz/panels/window.h"
#include "viz/scene/window_layout.h"

namespace cutaway::viz {

/// True: something is unfinished, draw again at once.
bool draw_columns(WindowState& state, const Ui& ui, const WindowLayout& layout);

}  // namespace cutaway::viz
