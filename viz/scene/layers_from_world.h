// Layers from a World: the containers' records say which layers they stand on, their mount tables
// where a path leads.
#pragma once

#include "trace/log/trace.h"
#include "viz/scene/layers_model.h"
#include "viz/text/story.h"

namespace cutaway::viz {

[[nodiscard]] Layers layers_of(const Trace& trace, const World& world, std::size_t position,
                               EventIndex focus = kNoEvent);

[[nodiscard]] Caption layers_caption(const Layers& layers);

}  // namespace cutaway::viz
