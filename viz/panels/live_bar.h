// The part of the foot that a live run adds: how far behind the picture is, and whether the run
// stands still.
#pragma once

#include "viz/panels/ui.h"
#include "viz/player/live.h"
#include "viz/player/player.h"

namespace cutaway::viz {

struct LiveBarRoom {
  double left = 0, right = 0;
};
/// In a pane, on a line around `middle_y`, at the right of the room. Returns where it begins.
double draw_live_bar(Pane& pane, double middle_y, const LiveBarRoom& room, Live& live,
                     const Player& player);

}  // namespace cutaway::viz
