// The sentence under the picture and its parts list: what this step did and why, in the step size
// that one steps by. The numbers are those of the balloons in the picture.
#pragma once

#include <cstddef>

#include "trace/log/trace.h"
#include "viz/player/step_size.h"
#include "viz/scene/caption.h"

namespace cutaway::viz {

class StepIndex;

/// `world` is the World after `position` events; `focus` the event that it is about (default: the
/// last one). `index`: of the same trace, so that what has been is not read anew; may be null.
[[nodiscard]] Caption caption_of(const Trace& trace, const World& world, std::size_t position,
                                 StepSize size, EventIndex focus = kNoEvent,
                                 const StepIndex* index = nullptr);

}  // namespace cutaway::viz
