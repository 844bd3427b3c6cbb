// The controls of a container in the inspector: a slider for each limit, a button for each signal,
// and beneath them the docker command that would be typed.
#pragma once

#include <optional>
#include <string>

#include "viz/panels/ui.h"
#include "viz/player/change_hand.h"

namespace cutaway::viz {

/// What comes of letting go.
enum class ChangeWay {
  Fork,    ///< from this moment on another future
  GoesOn,  ///< the simulation has come to here: it goes on
  Live,    ///< the agent does it
};

struct ChangeRules {
  ChangeWay way = ChangeWay::Fork;
  std::string why_not;  ///< nothing can be moved in this window; empty: it can
};

/// Where they stand: from `y` down, between `left` and `right`.
struct ChangeRoom {
  double left = 0, right = 0, y = 0;
};

struct ChangeDrawn {
  double bottom = 0;
  std::optional<ChangeAsk> ask;  ///< what was let go of, or pressed
};
ChangeDrawn draw_change_controls(Pane& pane, const ChangeRoom& room, const Changeable& what,
                                 const ChangeRules& rules, ChangeHand& hand);

}  // namespace cutaway::viz
