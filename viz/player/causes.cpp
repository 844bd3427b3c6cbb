#include "viz/player/causes.h"

#include <algorithm>

#include "viz/player/event_class.h"
#include "viz/text/story.h"

namespace cutaway::viz {
namespace {

template <class T>
EventIndex last_before(const Trace& trace, const StepIndex& index, EventIndex event) {
  const std::size_t n =
      index.kinds().last_before(trace, event, bodies<T>(), [](std::size_t) { return true; });
  return n == kNotFound ? kNoEvent : static_cast<EventIndex>(n);
}

/// The call that an effect belongs to, if its line has come before `event`.
EventIndex call_before(const StepIndex& index, const Record& record, EventIndex event) {
  const EventIndex line = record.call == 0 ? kNoEvent : index.line_of(CallId(record.call));
  return line < event ? line : kNoEvent;
}

/// Who asked: the making of the task; for one that was always there the request to the server.
EventIndex request_before(const Trace& trace, const StepIndex& index, const Record& record,
                          EventIndex event) {
  const EventIndex maker = index.maker_of(TaskId(record.task));
  if (maker < event) {
    const EventIndex clone = call_before(index, trace.record(maker), event);
    return clone == kNoEvent ? maker : clone;
  }
  const EventIndex typed = last_before<CliTyped>(trace, index, event);
  const EventIndex asked = last_before<ApiRequested>(trace, index, event);
  const bool of_this_command = asked != kNoEvent && (typed == kNoEvent || asked > typed);
  return of_this_command && !is<CliTyped>(trace.record(event)) ? asked : typed;
}

EventIndex cause_of(const Trace& trace, const StepIndex& index, EventIndex event) {
  const Record& record = trace.record(event);
  if (record.cause < event) return record.cause;
  if (is<CliTyped>(record)) return kNoEvent;
  if (is<ApiRequested>(record)) return last_before<CliTyped>(trace, index, event);
  const EventIndex call = call_before(index, record, event);
  return call != kNoEvent ? call : request_before(trace, index, record, event);
}

}  // namespace

std::vector<EventIndex> causes_of(const Trace& trace, const StepIndex& index, EventIndex event,
                                  std::size_t most) {
  std::vector<EventIndex> chain;
  while (event != kNoEvent && chain.size() < most) {
    event = cause_of(trace, index, event);
    if (event != kNoEvent) chain.push_back(event);
  }
  return chain;
}

std::vector<EventIndex> changes_by(const Trace& trace, EventIndex event, std::size_t position) {
  const auto counts = [&trace](std::size_t n) {
    return !is<Syscall>(trace.record(n)) && event_class(trace, n) != EventClass::Noise;
  };
  std::vector<EventIndex> changes;
  const std::uint32_t call = trace.record(event).call;
  if (call == 0) {
    if (counts(event)) changes.push_back(event);
    return changes;
  }
  const std::size_t from = event > kCallReach ? event - kCallReach : 0;
  const std::size_t to = std::min({position, trace.size(), std::size_t{event} + kCallReach});
  for (std::size_t n = from; n < to; ++n) {
    if (trace.record(n).call == call && counts(n)) changes.push_back(static_cast<EventIndex>(n));
  }
  return changes;
}

}  // namespace cutaway::viz
