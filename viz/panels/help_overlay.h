// The map of the keys, above everything else.
#pragma once

#include <vector>

#include "viz/input/key_table.h"
#include "viz/panels/ui.h"

namespace cutaway::viz {

/// True: it was clicked away.
bool draw_help_overlay(const Ui& ui, const Rect& window,
                       const std::vector<KeyRow>& keys = key_table());

}  // namespace cutaway::viz
