// The picture itself: the ship of this moment, its packet on the way.
#pragma once

#include <string>

#include "viz/panels/ui.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {

/// How the packet of a picture moves. `stations` 0: nothing does.
PacketPlan plan_of(const ShipModel& model);
double motion_seconds(const ShipModel& model);

/// The id of what was clicked on ("task:4711"); "none" for the ground, empty without a click.
std::string draw_picture_panel(const Ui& ui, const Rect& box, const ShipModel& model, double phase);

}  // namespace cutaway::viz
