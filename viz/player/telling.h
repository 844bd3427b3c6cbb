// Which event of a stretch tells its story: the one that the picture is about after a coarse step.
#pragma once

#include "viz/player/step_index.h"

namespace cutaway::viz {

/// The most telling event of the stretch; of equals the last. kNoEvent for an empty one.
EventIndex telling_event(const Trace& trace, const StepIndex& index, Stretch stretch);

}  // namespace cutaway::viz
