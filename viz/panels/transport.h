// The controls of time: to the ends, a step, play; speed; how far a step goes; where we are.
#pragma once

#include "viz/panels/ui.h"
#include "viz/player/player.h"

namespace cutaway::viz {

/// In a pane, on a line around `middle`; pressing something moves the player. Returns where it
/// ends.
double draw_transport(Pane& pane, Point middle, Player& player);
/// Where we are, in words, as far as there is room up to `right`.
void draw_position(Pane& pane, Point at, double right, const Player& player);

}  // namespace cutaway::viz
