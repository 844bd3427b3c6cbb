// What people put on the timeline: flags where bookmarks are, and a range.
#pragma once

#include <optional>

#include "viz/panels/ui.h"
#include "viz/player/bookmarks.h"
#include "viz/player/lanes.h"
#include "viz/player/replay.h"

namespace cutaway::viz {

/// On a track that begins at the left of `lanes`; flags stand on its upper edge. A flag with a note
/// is filled.
void draw_flags(SceneBuilder& b, const Bookmarks& marks, const Track& track, const Rect& lanes);
void draw_range(SceneBuilder& b, const RangeReplay& range, const Track& track, const Rect& lanes);

/// Shift-drag: from where it began to here.
void mark_range(RangeReplay& range, std::optional<std::size_t>& from, std::size_t position);

}  // namespace cutaway::viz
