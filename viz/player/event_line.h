// One event in few words, for lists: the sign that says its kind, and what happened.
#pragma once

#include <string>

#include "viz/player/step_index.h"

namespace cutaway::viz {

/// The shapes of the event list and the timeline (tokens §5).
enum class EventSign { Call, Refused, Change, Cgroup, Signal, Task, Engine, Bytes, Loss };

EventSign event_sign(const Trace& trace, std::size_t n);

/// Was the call refused? "Not there", "not now" and the like are answers, not refusals.
bool is_refusal(abi::Errno err);

/// "mount proc /proc", "new mnt namespace", "SIGTERM to 4711". Paths are shortened so that it fits
/// into so many letters, if it can; 0: as much room as one wants. `line_whole` has it all.
std::string line_words(const Trace& trace, const StepIndex& index, std::size_t n,
                       std::size_t columns = 0);

/// The event in full: a call with all its arguments and its result.
std::string line_whole(const Trace& trace, const StepIndex& index, std::size_t n);

/// The number of a task as the host sees it; 0 for none.
std::int32_t pid_of(const Trace& trace, const StepIndex& index, TaskId task);

/// What is shown as the number of event n: the position at which it has just happened, as --at
/// takes it.
inline std::size_t shown_number(std::size_t n) { return n + 1; }

}  // namespace cutaway::viz
