// The lens: the ship with one container lit, whom to look through, and two lenses side by side.
#pragma once

#include "viz/panels/views.h"

namespace cutaway::viz {

/// Where the two lenses stand in a view of this size.
Rect lens_area(const Rect& box);
/// The picture of the view without what can be pressed: for exports, too.
Scene lens_ship(const ShipModel& ship, int slot, const SceneStyle& style, const Rect& area);

void draw_lens_view(const Ui& ui, const Rect& box, StageState& state, const StageContent& content,
                    const ShipModel& ship);

}  // namespace cutaway::viz
