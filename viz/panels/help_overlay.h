// The map of the keys, above everything else.
#pragma once

#include "viz/panels/ui.h"

namespace cutaway::viz {

/// True: it was clicked away.
bool draw_help_overlay(const Ui& ui, const Rect& window);

}  // namespace cutaway::viz
