#include "viz/player/origin.h"

#include <algorithm>

namespace cutaway::viz {

bool Origin::matches(const Trace& trace, std::size_t n) const {
  const Record& record = trace.record(n);
  if (!kinds.test(record.body)) return false;
  if (task && record.task != task.value) return false;
  if (container && record.container != container.value) return false;
  return !sets || sets(trace.event(n));
}

Origin either(Origin a, Origin b) {
  Origin both;
  both.kinds = a.kinds | b.kinds;
  both.sets = [a = std::move(a), b = std::move(b)](const Event& event) {
    const auto holds = [&event](const Origin& one) {
      const Stamp& stamp = event.stamp;
      if (!one.kinds.test(event.body.index())) return false;
      if (one.task && stamp.task != one.task) return false;
      if (one.container && stamp.container != one.container) return false;
      return !one.sets || one.sets(event);
    };
    return holds(a) || holds(b);
  };
  return both;
}

std::vector<EventIndex> last_set(const Trace& trace, const StepIndex& index,
                                 const std::vector<Origin>& origins, std::size_t position) {
  std::vector<EventIndex> found(origins.size(), kNoEvent);
  BodySet wanted;
  const auto want = [&] {
    wanted.reset();
    for (std::size_t i = 0; i < origins.size(); ++i) {
      if (found[i] == kNoEvent) wanted |= origins[i].kinds;
    }
  };
  want();
  const std::size_t end = std::min(position, index.count());
  index.kinds().last_before(trace, end, wanted, [&](std::size_t n) {
    bool hit = false;
    for (std::size_t i = 0; i < origins.size(); ++i) {
      if (found[i] != kNoEvent || !origins[i].matches(trace, n)) continue;
      found[i] = static_cast<EventIndex>(n);
      hit = true;
    }
    if (hit) want();
    return wanted.none();
  });
  return found;
}

EventIndex next_set(const Trace& trace, const StepIndex& index, const Origin& origin,
                    std::size_t from) {
  const std::size_t n =
      index.kinds().first_from(trace, from, index.count(), origin.kinds,
                               [&](std::size_t each) { return origin.matches(trace, each); });
  return n == kNotFound ? kNoEvent : static_cast<EventIndex>(n);
}

}  // namespace cutaway::viz
