// Folding after Tracy's timeline: the next event to look at is found by halving, so that the cost
// follows the pixels and not the events.
#include "viz/player/lanes.h"

#include <algorithm>

#include "viz/player/event_line.h"

namespace cutaway::viz {
namespace {

/// How many events of a fold are looked at for its colour.
constexpr std::size_t kLookedAt = 16;

void colour_mark(LaneMark& mark, const Trace& trace, const StepIndex& index,
                 const EventIndex* first, const EventIndex* last) {
  const auto count = static_cast<std::size_t>(last - first);
  const std::size_t stride = std::max<std::size_t>(1, count / kLookedAt);
  for (std::size_t i = 0; i < count; i += stride) {
    const Record& record = trace.record(first[i]);
    if (mark.slot == kHostSlot) mark.slot = index.slot_of(ContainerId(record.container));
    mark.refused = mark.refused || is_refusal(static_cast<abi::Errno>(record.err));
  }
}

}  // namespace

Track::Track(double width, const StepIndex& index, StepSize equal)
    : width_(width), count_(index.count()) {
  for (const StepUnit& unit : index.units(equal)) ends_.push_back(unit.at.to);
  if (!ends_.empty()) ends_.back() = std::max(ends_.back(), count_);
}

double Track::at(std::size_t position) const {
  if (count_ == 0) return 0;
  if (ends_.empty()) return width_ * static_cast<double>(position) / static_cast<double>(count_);
  const auto found = std::lower_bound(ends_.begin(), ends_.end(), position);
  if (found == ends_.end()) return width_;
  const std::size_t from = found == ends_.begin() ? 0 : *(found - 1);
  const double share = static_cast<double>(position - from) / static_cast<double>(*found - from);
  const double unit = width_ / static_cast<double>(ends_.size());
  return unit * (static_cast<double>(found - ends_.begin()) + share);
}

std::size_t Track::position(double at) const {
  const double share = std::clamp(width_ > 0 ? at / width_ : 0.0, 0.0, 1.0);
  if (ends_.empty()) return static_cast<std::size_t>(share * static_cast<double>(count_) + 0.5);
  const double units = share * static_cast<double>(ends_.size());
  const std::size_t unit = std::min(static_cast<std::size_t>(units), ends_.size() - 1);
  const std::size_t from = unit == 0 ? 0 : ends_[unit - 1];
  const double inside =
      (units - static_cast<double>(unit)) * static_cast<double>(ends_[unit] - from);
  return from + static_cast<std::size_t>(inside + 0.5);
}

std::vector<LaneBlock> lane_blocks(const StepIndex& index, StepSize size, const Track& track,
                                   double narrow) {
  std::vector<LaneBlock> blocks;
  for (const StepUnit& unit : index.units(size)) {
    const double from = track.at(unit.at.from);
    const double to = track.at(unit.at.to);
    const bool fits = !blocks.empty() && to - blocks.back().from < narrow;
    if (fits) {
      LaneBlock& fold = blocks.back();
      fold.to = to;
      fold.at.to = unit.at.to;
      fold.label.clear();
      ++fold.count;
    } else {
      blocks.push_back({from, to, unit.at, unit.label, unit.slot, 1});
    }
  }
  return blocks;
}

std::vector<LaneMark> lane_marks(const Trace& trace, const StepIndex& index, StepSize size,
                                 const Track& track, double narrow) {
  const std::vector<EventIndex>& events = index.marks(size);
  std::vector<LaneMark> marks;
  auto at = events.begin();
  while (at != events.end()) {
    const double x = track.at(std::size_t{*at} + 1);
    const std::size_t behind = std::max<std::size_t>(track.position(x + narrow), *at + 1);
    auto end = std::lower_bound(at, events.end(), behind);
    while (end != events.end() && track.at(std::size_t{*end} + 1) < x + narrow) ++end;
    LaneMark mark;
    mark.at = x;
    mark.events = {*at, std::size_t{*(end - 1)} + 1};
    mark.count = static_cast<std::size_t>(end - at);
    colour_mark(mark, trace, index, &*at, &*at + mark.count);
    marks.push_back(mark);
    at = end;
  }
  return marks;
}

}  // namespace cutaway::viz
