// The tools of time beside the transport: run until, bookmarks, a range, a wait in full, predict
// first. Their cards lie over the foot of the picture, one at a time.
#pragma once

#include <optional>

#include "viz/input/key_table.h"
#include "viz/panels/bookmarks_card.h"
#include "viz/panels/predict_card.h"
#include "viz/panels/run_until_card.h"
#include "viz/player/replay.h"

namespace cutaway::viz {

struct WindowState;

struct TimeTools {
  RunUntilState until;
  BookmarksState bookmarks;
  RangeReplay range;
  WaitReplay wait;
  std::optional<std::size_t> no_wait_at;  ///< somebody asked for a wait where there is none
  PredictState predict;
  bool reduced_motion = false;  ///< nothing travels; what is new fades in

  /// Is a card open, so that Esc closes it and digits choose from it?
  bool card() const { return until.open || bookmarks.open || predict.open; }
};

/// True: the action was for the tools.
bool apply_time_action(WindowState& state, Action action);
/// The open card; what was begun goes on. True: draw again at once.
bool draw_time_cards(WindowState& state, const Ui& ui, const Rect& room);

}  // namespace cutaway::viz
