#include "viz/player/run_until.h"

#include <algorithm>

#include "base/text.h"
#include "spec/trace_timeline.h"
#include "viz/player/event_line.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

/// Events looked at in one frame: of those that only their records are read, of those that are
/// decoded, and positions at which a World is asked.
constexpr std::size_t kQuickStretch = 2'000'000;
constexpr std::size_t kSlowStretch = 20'000;
constexpr std::size_t kWorldStretch = 4'000;

}  // namespace

/// A predicate comes true where it holds and did not hold one event before.
struct RunUntil::Worlds {
  Worlds(const Trace& trace, const spec::Predicate& predicate, std::size_t first)
      : whole(trace), window(whole, first, first), watch(predicate) {}
  bool holds_at(std::size_t position) {
    window.extend(position);
    return watch.holds(window);
  }
  spec::TraceTimeline whole;
  spec::TimelineWindow window;
  spec::Watch watch;
  bool held = false;
  std::optional<std::size_t> last;  ///< back: where it last came true
};

void RunUntil::start(Goal goal, std::size_t position, Way way) {
  goal_ = std::move(goal);
  way_ = way;
  state_ = State::Looking;
  from_ = position;
  at_ = position;
  held_at_start_ = false;
  found_.reset();
  worlds_.reset();
}

bool RunUntil::finish(std::optional<std::size_t> position) {
  found_ = position;
  state_ = position ? State::Found : State::Never;
  worlds_.reset();
  return false;
}

bool RunUntil::scan(const Trace& trace, const StepIndex& index) {
  if (!looking()) return false;
  return goal_.predicate ? scan_worlds(trace) : scan_events(trace, index);
}

bool RunUntil::scan_events(const Trace& trace, const StepIndex& index) {
  const std::size_t stretch = goal_.slow ? kSlowStretch : kQuickStretch;
  const auto passes = [&](std::size_t n) { return !goal_.passes || goal_.passes(trace, index, n); };
  if (way_ == Way::Forward) {
    const std::size_t to = std::min(index.count(), at_ + stretch);
    const std::size_t n = index.kinds().first_from(trace, at_, to, goal_.kinds, passes);
    if (n != kNotFound) return finish(n + 1);
    at_ = to;
    return at_ < index.count() ? true : finish(std::nullopt);
  }
  // The event that led here does not count.
  const std::size_t to = at_ == from_ && at_ > 0 ? at_ - 1 : at_;
  const std::size_t down = to > stretch ? to - stretch : 0;
  const auto above = [&](std::size_t n) { return n < down || passes(n); };
  const std::size_t n = index.kinds().last_before(trace, to, goal_.kinds, above);
  if (n != kNotFound && n >= down) return finish(n + 1);
  at_ = down;
  return at_ > 0 ? true : finish(std::nullopt);
}

std::size_t RunUntil::end(const Trace& trace) const {
  return way_ == Way::Forward ? trace.size() : from_ == 0 ? 0 : from_ - 1;
}

bool RunUntil::scan_worlds(const Trace& trace) {
  const bool forward = way_ == Way::Forward;
  if (worlds_ == nullptr) {
    const std::size_t first = forward ? from_ : 0;
    worlds_ = std::make_shared<Worlds>(trace, *goal_.predicate, first);
    worlds_->held = held_at_start_ = worlds_->holds_at(first);
    at_ = first;
  }
  const std::size_t last = end(trace);
  const std::size_t to = std::min(last, at_ + kWorldStretch);
  while (at_ < to) {
    const bool holds = worlds_->holds_at(++at_);
    const bool came_true = holds && !worlds_->held;
    worlds_->held = holds;
    if (!came_true) continue;
    if (forward) return finish(at_);
    worlds_->last = at_;
  }
  if (at_ < last) return true;
  return finish(forward ? std::nullopt : worlds_->last);
}

std::string RunUntil::never() const {
  if (state_ != State::Never) return "";
  const std::string here = "event " + digits_of(from_);
  if (way_ == Way::Back) return "Never before " + here + ": " + goal_.words + ".";
  if (held_at_start_) return "It holds already, and does not come true again: " + goal_.words + ".";
  return "Never after " + here + ": the run ends without " + goal_.words + ".";
}

double RunUntil::progress(std::size_t count) const {
  if (!looking() || count == 0) return 0;
  const auto share = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
  };
  if (goal_.predicate) {
    const std::size_t first = way_ == Way::Forward ? from_ : 0;
    return share(at_ - std::min(at_, first), way_ == Way::Forward ? count - from_ : from_);
  }
  return way_ == Way::Forward ? share(at_ - from_, count - from_) : share(from_ - at_, from_);
}

}  // namespace cutaway::viz
