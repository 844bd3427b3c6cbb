#include "viz/player/origin.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

/// One of the events that may have set a value.
struct Search {
  const Origin* origin;
  std::size_t value;  ///< which
};

bool is_later(EventIndex event, EventIndex than) {
  return event != kNoEvent && (than == kNoEvent || event > than);
}

/// The last of these events before `position` that sets it.
EventIndex last_of(const Trace& trace, const std::vector<EventIndex>& events, const Origin& origin,
                   std::size_t position) {
  auto at = std::lower_bound(events.begin(), events.end(), position);
  while (at != events.begin()) {
    if (origin.matches(trace, *--at)) return *at;
  }
  return kNoEvent;
}

EventIndex last_deed(const Trace& trace, const StepIndex& index, const Origin& origin,
                     std::size_t position) {
  const Deeds& deeds = index.deeds_of(origin.task);
  EventIndex found = kNoEvent;
  if ((origin.kinds & often_done()).any()) found = last_of(trace, deeds.often, origin, position);
  if ((origin.kinds & ~often_done()).none()) return found;
  const EventIndex seldom = last_of(trace, deeds.seldom, origin, position);
  return is_later(seldom, found) ? seldom : found;
}

EventIndex known_birth(const StepIndex& index, TaskId task, std::size_t position) {
  const EventIndex birth = index.maker_of(task);
  return birth < position ? birth : kNoEvent;
}

/// Takes what the index knows; what is left has to be looked for.
void ask_index(const Trace& trace, const StepIndex& index, const Search& one, std::size_t position,
               std::vector<EventIndex>& found, std::vector<Search>& open) {
  const Origin& origin = *one.origin;
  const bool alone = !origin.task && !origin.container;
  if (alone && !origin.any_of.empty()) {
    for (const Origin& each : origin.any_of)
      ask_index(trace, index, {&each, one.value}, position, found, open);
    return;
  }
  const bool deed = origin.task && origin.any_of.empty() && !origin.kinds.test(body_of<Syscall>());
  if (!origin.born && !deed) {
    if (origin.kinds.any()) open.push_back(one);
    return;
  }
  const EventIndex known = origin.born ? known_birth(index, origin.born, position)
                                       : last_deed(trace, index, origin, position);
  if (is_later(known, found[one.value])) found[one.value] = known;
}

/// One pass backwards for all that is left.
void look_back(const Trace& trace, const StepIndex& index, std::vector<Search> open,
               std::size_t end, std::vector<EventIndex>& found) {
  BodySet wanted;
  for (const Search& one : open) wanted |= one.origin->kinds;
  index.kinds().last_before(trace, end, wanted, [&](std::size_t n) {
    const auto event = static_cast<EventIndex>(n);
    bool hit = false;
    for (const Search& one : open) {
      EventIndex& best = found[one.value];
      if (!is_later(event, best) || !one.origin->matches(trace, n)) continue;
      best = event;
      hit = true;
    }
    if (!hit) return false;
    // Nothing earlier can be the last one.
    const auto done = [&](const Search& one) { return !is_later(event, found[one.value]); };
    open.erase(std::remove_if(open.begin(), open.end(), done), open.end());
    wanted.reset();
    for (const Search& one : open) wanted |= one.origin->kinds;
    return wanted.none();
  });
}

}  // namespace

bool Origin::matches(const Trace& trace, std::size_t n) const {
  const Record& record = trace.record(n);
  if (!kinds.test(record.body)) return false;
  if (task && record.task != task.value) return false;
  if (container && record.container != container.value) return false;
  if (any_of.empty()) return !sets || sets(trace.event(n));
  return std::any_of(any_of.begin(), any_of.end(),
                     [&](const Origin& one) { return one.matches(trace, n); });
}

Origin birth_of(TaskId task) {
  Origin birth = set_by<TaskForked>([task](const TaskForked& made) { return made.child == task; });
  birth.born = task;
  return birth;
}

Origin either(Origin a, Origin b) {
  Origin both;
  both.kinds = a.kinds | b.kinds;
  both.any_of = {std::move(a), std::move(b)};
  return both;
}

std::vector<EventIndex> last_set(const Trace& trace, const StepIndex& index,
                                 const std::vector<Origin>& origins, std::size_t position) {
  std::vector<EventIndex> found(origins.size(), kNoEvent);
  std::vector<Search> open;
  const std::size_t end = std::min(position, index.count());
  for (std::size_t i = 0; i < origins.size(); ++i) {
    ask_index(trace, index, {&origins[i], i}, end, found, open);
  }
  look_back(trace, index, std::move(open), end, found);
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
