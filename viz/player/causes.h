// Why: the chain of events that led to one, from the nearest back to the command that was typed.
#pragma once

#include <vector>

#include "viz/player/step_index.h"

namespace cutaway::viz {

/// Each is earlier than the one before it. Empty when nothing earlier is to blame.
std::vector<EventIndex> causes_of(const Trace& trace, const StepIndex& index, EventIndex event,
                                  std::size_t most = 5);

/// What the call of this event changed so far (events before `position`), without noise; for an
/// event that belongs to no call the event itself.
std::vector<EventIndex> changes_by(const Trace& trace, EventIndex event, std::size_t position);

}  // namespace cutaway::viz
