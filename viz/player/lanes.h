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

/// A gap along the track: events that were lost there. Neighbours become one.
struct LaneGap {
  double at = 0;
  std::size_t event = 0;  ///< that says so; the first of several
  std::int64_t lost = 0;  ///< events
};

/// Where the positions 0 … count lie along a width. Screen time is not run time, so neither is it
/// measured in seconds nor in events alone.
class Track {
 public:
  /// Each event has the same room.
  static Track even(double width, std::size_t count);
  /// A long engine step has more room than a short one, but not as much more as it has events.
  static Track paced(double width, const StepIndex& index);
  /// Each unit of this size has the same room.
  static Track equal(double width, const StepIndex& index, StepSize size);

  /// The same with this share of the width for each wait that begins at one of these positions.
  Track widened(const std::vector<std::size_t>& waits, double share) const;

  double width() const { return width_; }
  double at(std::size_t position) const;
  std::size_t position(double at) const;

 private:
  struct Knot {
    std::size_t position = 0;
    double at = 0;
  };
  Track(double width, std::vector<Knot> knots);

  double width_;
  std::vector<Knot> knots_;  ///< ascending in both; straight in between
};

inline constexpr double kNarrow = 3;  ///< pixels

/// Joined: each block begins where the one before it ends.
enum class Blocks { Apart, Joined };
std::vector<LaneBlock> lane_blocks(const StepIndex& index, StepSize size, const Track& track,
                                   Blocks blocks = Blocks::Apart, double narrow = kNarrow);
std::vector<LaneMark> lane_marks(const Trace& trace, const StepIndex& index, StepSize size,
                                 const Track& track, double narrow = kNarrow);

std::vector<LaneGap> lane_gaps(const Trace& trace, const StepIndex& index, const Track& track);

}  // namespace cutaway::viz
