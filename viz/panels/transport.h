// The controls of time: to the ends, a step, play; speed; how far a step goes; where we are.
#pragma once

#include "viz/panels/ui.h"
#include "viz/player/player.h"

namespace cutaway::viz {

/// In a pane, on a line around `middle`; pressing something moves the player.
void draw_transport(Pane& pane, Point middle, double right, Player& player);

}  // namespace cutaway::viz
