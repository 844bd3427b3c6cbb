// Folding after Tracy's timeline: the next event to look at is found by halving, so that the cost
// follows the pixels and not the events.
#include "viz/player/lanes.h"

#include <algorithm>
#include <cmath>

#include "viz/player/event_line.h"

namespace cutaway::viz {
namespace {

/// How many events of a fold are looked at for its colour.
constexpr std::size_t kLookedAt = 16;

/// A step of a hundred events has sixteen times the room of one of one event.
constexpr double kPace = 0.6;

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

Track::Track(double width, std::vector<Knot> knots) : width_(width), knots_(std::move(knots)) {
  const double whole = knots_.back().at;
  for (Knot& knot : knots_) knot.at = whole > 0 ? knot.at / whole * width_ : 0;
}

Track Track::even(double width, std::size_t count) { return {width, {{0, 0}, {count, 1}}}; }

Track Track::paced(double width, const StepIndex& index) {
  std::vector<Knot> knots = {{0, 0}};
  const auto reach = [&knots](std::size_t position) {
    const Knot last = knots.back();
    if (position <= last.position) return;
    const auto events = static_cast<double>(position - last.position);
    knots.push_back({position, last.at + std::pow(events, kPace)});
  };
  for (const StepUnit& unit : index.units(StepSize::EngineStep)) {
    reach(unit.at.from);
    reach(unit.at.to);
  }
  reach(index.count());
  return {width, std::move(knots)};
}

Track Track::equal(double width, const StepIndex& index, StepSize size) {
  const std::vector<StepUnit>& units = index.units(size);
  if (units.empty()) return even(width, index.count());
  std::vector<Knot> knots = {{0, 0}};
  for (const StepUnit& unit : units) knots.push_back({unit.at.to, knots.back().at + 1});
  knots.back().position = std::max(knots.back().position, index.count());
  return {width, std::move(knots)};
}

Track Track::widened(const std::vector<std::size_t>& waits, double share) const {
  std::vector<std::size_t> positions;
  for (const Knot& knot : knots_) positions.push_back(knot.position);
  for (const std::size_t wait : waits) {
    if (wait >= knots_.back().position) continue;
    positions.push_back(wait);
    positions.push_back(wait + 1);
  }
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  // What the waits take is taken from the rest: all is scaled to the same width in the end.
  const double rest = 1 - share * static_cast<double>(waits.size());
  std::vector<Knot> knots;
  for (const std::size_t position : positions) {
    const auto over = std::count_if(waits.begin(), waits.end(),
                                    [position](std::size_t wait) { return wait < position; });
    knots.push_back({position, at(position) * rest + width_ * share * static_cast<double>(over)});
  }
  return {width_, std::move(knots)};
}

double Track::at(std::size_t position) const {
  const auto found =
      std::lower_bound(knots_.begin(), knots_.end(), position,
                       [](const Knot& knot, std::size_t wanted) { return knot.position < wanted; });
  if (found == knots_.begin()) return 0;
  if (found == knots_.end()) return width_;
  const Knot& before = *(found - 1);
  const double share = static_cast<double>(position - before.position) /
                       static_cast<double>(found->position - before.position);
  return before.at + (found->at - before.at) * share;
}

std::size_t Track::position(double at) const {
  const auto found =
      std::lower_bound(knots_.begin(), knots_.end(), at,
                       [](const Knot& knot, double wanted) { return knot.at < wanted; });
  if (found == knots_.begin()) return 0;
  if (found == knots_.end()) return knots_.back().position;
  const Knot& before = *(found - 1);
  const double share = (at - before.at) / (found->at - before.at);
  const double events = share * static_cast<double>(found->position - before.position);
  return before.position + static_cast<std::size_t>(std::lround(events));
}

std::vector<LaneBlock> lane_blocks(const StepIndex& index, StepSize size, const Track& track,
                                   Blocks blocks, double narrow) {
  std::vector<LaneBlock> lane;
  for (const StepUnit& unit : index.units(size)) {
    const double end = lane.empty() ? 0 : lane.back().to;
    const double from = blocks == Blocks::Joined ? end : track.at(unit.at.from);
    const double to = track.at(unit.at.to);
    if (!lane.empty() && to - lane.back().from < narrow) {
      LaneBlock& fold = lane.back();
      fold.to = to;
      fold.at.to = unit.at.to;
      fold.label.clear();
      ++fold.count;
    } else {
      lane.push_back({from, to, unit.at, unit.label, unit.slot, 1});
    }
  }
  return lane;
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

std::vector<LaneGap> lane_gaps(const Trace& trace, const StepIndex& index, const Track& track) {
  constexpr double kGapWidth = 12;  // pixels, with the teeth
  std::vector<LaneGap> gaps;
  for (const EventIndex n : index.losses()) {
    const double at = track.at(std::size_t{n} + 1);
    const std::int64_t lost = std::get<Loss>(trace.event(n).body).count;
    if (!gaps.empty() && at - gaps.back().at < kGapWidth)
      gaps.back().lost += lost;
    else
      gaps.push_back({at, n, lost});
  }
  return gaps;
}

}  // namespace cutaway::viz
