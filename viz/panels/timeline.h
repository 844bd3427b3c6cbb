// The bar at the foot: transport, and the trace as lanes with a playhead to drag.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "viz/panels/fork_bar.h"
#include "viz/panels/time_tools.h"
#include "viz/panels/ui.h"
#include "viz/player/lane_graces.h"
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
  std::vector<LaneGap> gaps;                     ///< what was lost
  std::vector<LaneGrace> graces;                 ///< what was waited for
};

struct TimelineState {
  TimelineLanes lanes;
  std::optional<std::size_t> range_from;  ///< where a Shift-drag began
  /// A wait that passes just now: from this position to the next.
  struct Wait {
    std::size_t position = 0;
    double share = 0;
  };
  std::optional<Wait> wait;
};

/// `live`: of a run that is watched while it happens; else null. `fork`: of a simulation. Returns
/// what a button asks for.
std::optional<Action> draw_timeline(const Ui& ui, const Rect& box, TimelineLook look,
                                    TimelineState& state, Player& player, Live* live = nullptr,
                                    TimeTools* tools = nullptr, ForkState* fork = nullptr);

}  // namespace cutaway::viz
