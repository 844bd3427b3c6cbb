// The lanes of the timeline as pure data: what lies where along a track, and what is too narrow to
// be drawn by itself. Recomputed only when the width or the trace changes.
#pragma once

#include <string>
#include <vector>

#include "viz/player/step_index.h"

namespace cutaway::viz {

/// A command, beat or engine step along the track. Narrow neighbours become one with a count.
struct LaneBlock {
  double from = 0, to = 0;  ///< along the track, in the unit of its width
  Stretch at;
  std::string label;
  int slot = kHostSlot;
  std::size_t count = 1;
};

/// Calls or effects along the track.
struct LaneMark {
  double at = 0;
  Stretch events;  ///< the first and behind the last that it stands for
  std::size_t count = 1;
  int slot = kHostSlot;
  bool refused = false;
};

/// Positions 0 … count lie evenly along a width. With equal blocks each unit has the same room.
class Track {
 public:
  Track(double width, std::size_t count) : width_(width), count_(count) {}
  /// Equal room for each unit of the index at this size.
  Track(double width, const StepIndex& index, StepSize equal);

  double width() const { return width_; }
  double at(std::size_t position) const;
  std::size_t position(double at) const;

 private:
  double width_;
  std::size_t count_;
  std::vector<std::size_t> ends_;  ///< of the equal units; empty: even
};

inline constexpr double kNarrow = 3;  ///< pixels

std::vector<LaneBlock> lane_blocks(const StepIndex& index, StepSize size, const Track& track,
                                   double narrow = kNarrow);
std::vector<LaneMark> lane_marks(const Trace& trace, const StepIndex& index, StepSize size,
                                 const Track& track, double narrow = kNarrow);

}  // namespace cutaway::viz
