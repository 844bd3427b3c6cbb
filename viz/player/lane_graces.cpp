#include "viz/player/lane_graces.h"

#include <algorithm>

#include "base/text.h"
#include "viz/player/event_class.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr double kShare = 0.16;             // of the track that one grace takes …
constexpr double kShareOfAll = 0.4;         // … and all of them together at most
constexpr std::int64_t kShort = kSecondNs;  // who ends at once needs no room
constexpr double kTickRoom = 5;             // pixels between two ticks

std::string label_of(const GraceStretch& grace) {
  Grace said;
  said.waited_ns = grace.waited;
  said.patience_ns = grace.patience;
  return "grace: " + grace_passed_words(said);
}

// Ticks are a clock only where all of the time passed between two events.
std::vector<double> ticks_of(const GraceStretch& grace, double from, double to) {
  std::vector<double> ticks;
  const double pitch = (to - from) * static_cast<double>(kSecondNs) /
                       static_cast<double>(std::max<std::int64_t>(grace.waited, 1));
  if (pitch < kTickRoom) return ticks;
  for (double x = from + pitch; x < to - 1; x += pitch) ticks.push_back(x);
  return ticks;
}

}  // namespace

Track with_room(const Track& track, const std::vector<GraceStretch>& graces) {
  std::vector<std::size_t> waits;
  for (const GraceStretch& grace : graces) {
    if (grace.waited >= kShort) waits.push_back(grace.to);
  }
  if (waits.empty()) return track;
  const double count = static_cast<double>(waits.size());
  return track.widened(waits, std::min(kShare, kShareOfAll / count));
}

std::vector<LaneGrace> lane_graces(const std::vector<GraceStretch>& graces, const Track& track) {
  std::vector<LaneGrace> lane;
  for (const GraceStretch& grace : graces) {
    LaneGrace block;
    block.from = track.at(grace.from);
    block.to = track.at(grace.to + 1);
    block.label = label_of(grace);
    block.ticks = ticks_of(grace, track.at(grace.to), block.to);
    block.slot = grace.slot;
    block.over = grace.end != GraceEnd::Waits;
    lane.push_back(std::move(block));
  }
  return lane;
}

std::vector<GraceStretch> graces_of(const Trace& trace, const StepIndex& index) {
  std::vector<GraceStretch> all;
  for (const StepUnit& unit : index.units(StepSize::Command)) {
    for (GraceStretch& each : grace_stretches(trace, unit.at.from, unit.at.to, unit.label))
      all.push_back(each);
  }
  return all;
}

}  // namespace cutaway::viz
