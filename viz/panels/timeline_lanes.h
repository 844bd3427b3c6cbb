// Drawing one lane of the timeline.
#pragma once

#include "viz/panels/timeline.h"

namespace cutaway::viz {

inline constexpr double kTrackAt = 108;     ///< from the left end of the bar …
inline constexpr double kTrackMargin = 16;  ///< … to so far before its right one

/// Blocks as a thin lane.
void draw_blocks(SceneBuilder& b, const std::vector<LaneBlock>& blocks, const Rect& lane,
                 std::size_t position);
/// Blocks as large fields with centred words, the present one solid.
void draw_fields(SceneBuilder& b, const std::vector<LaneBlock>& blocks, const Rect& lane,
                 std::size_t position);
void draw_ticks(SceneBuilder& b, const std::vector<LaneMark>& marks, const Rect& lane,
                std::size_t position);
void draw_diamonds(SceneBuilder& b, const std::vector<LaneMark>& marks, const Rect& lane,
                   std::size_t position);

/// Graces: striped as all waiting is, with the seconds as ticks.
void draw_graces(SceneBuilder& b, const std::vector<LaneGrace>& graces, const Rect& lane);

/// What was lost, torn out of all lanes, with its count where there is room.
void draw_gaps(SceneBuilder& b, const std::vector<LaneGap>& gaps, const Rect& lanes);

}  // namespace cutaway::viz
