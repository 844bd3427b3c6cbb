// The bar at the foot: transport, and the trace as lanes with a playhead to drag.
#pragma once

#include <array>
#include <vector>

#include "viz/panels/fork_bar.h"
#include "viz/panels/ui.h"
#include "viz/player/lanes.h"
#include "viz/player/live.h"
#include "viz/player/player.h"

namespace cutaway::viz {

/// Five lanes; two in a low window; beats of equal width for a lecture hall.
enum class TimelineLook { Full, Low, Presenter, PresenterLow };

/// The lanes as last laid out. They are kept until width or trace change.
struct TimelineLanes {
  Track track = Track::even(0, 0);
  std::size_t count = 0;
  TimelineLook look = TimelineLook::Full;
  std::array<std::vector<LaneBlock>, 3> blocks;  ///< command, beat, engine step
  std::array<std::vector<LaneMark>, 2> marks;    ///< syscall, kernel effect
};

struct TimelineState {
  TimelineLanes lanes;
};

/// `live`: of a run that is watched while it happens; else null. `fork`: of a simulation.
void draw_timeline(const Ui& ui, const Rect& box, TimelineLook look, TimelineState& state,
                   Player& player, Live* live = nullptr, ForkState* fork = nullptr);

}  // namespace cutaway::viz
