// The graces of a trace along the timeline: how long somebody was waited for, as a stretch with a
// clock of its own that runs evenly.
#pragma once

#include <string>
#include <vector>

#include "viz/player/lanes.h"
#include "viz/text/grace.h"

namespace cutaway::viz {

/// Each of them makes room for itself on the track: what takes ten seconds is no mark.
[[nodiscard]] Track with_room(const Track& track, const std::vector<GraceStretch>& graces);

struct LaneGrace {
  double from = 0, to = 0;    ///< along the track
  std::string label;          ///< "grace: 0.2 of 10 s"
  std::vector<double> ticks;  ///< whole seconds, along the track; none where they are no clock
  int slot = kHostSlot;
  bool over = false;  ///< it was killed, or ended: the clock has an end
};
[[nodiscard]] std::vector<LaneGrace> lane_graces(const std::vector<GraceStretch>& graces,
                                                 const Track& track);

/// Of all stops and restarts that were typed.
[[nodiscard]] std::vector<GraceStretch> graces_of(const Trace& trace, const StepIndex& index);

}  // namespace cutaway::viz
