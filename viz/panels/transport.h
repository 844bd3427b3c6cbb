// The controls of time: to the ends, a step, play; speed; how far a step goes; where we are.
#pragma once

#include <optional>

#include "viz/panels/ui.h"
#include "viz/player/player.h"
#include "viz/player/replay.h"

namespace cutaway::viz {

inline constexpr double kTransportAt = 22;  ///< its middle, below the top of the bar

struct TransportLook {
  bool begun = false;  ///< there is something before
  bool more = false;   ///< there is something to come
  bool playing = false;
  double speed = 1;
  StepSize size = StepSize::Syscall;
};
struct TransportPress {
  bool first = false, back = false, toggle = false, forward = false, last = false;
  bool next_speed = false;
  std::optional<StepSize> size;
  double end = 0;  ///< where it ends
};
/// In a pane, on a line around `middle`, as much as there is room for up to `right`.
TransportPress draw_transport(Pane& pane, Point middle, double right, const TransportLook& look);
/// In a pane, on a line around `middle`; pressing something moves the player. Returns where it
/// ends.
double draw_transport(Pane& pane, Point middle, double right, Player& player);
/// The room that the most important of these words need.
double position_width(const Pane& pane, const Player& player);
/// A wait that is played in full: a clock that runs, in the place of the position.
void draw_wait_clock(Pane& pane, Point at, double right, const WaitReplay& wait);
/// Where we are, in words, as far as there is room up to `right`.
void draw_position(Pane& pane, Point at, double right, const Player& player);

}  // namespace cutaway::viz
