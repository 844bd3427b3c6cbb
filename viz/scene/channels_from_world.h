// Channels from a World: the plugs are read from the process's own descriptors, the way of the
// bytes from the events since the last write.
#pragma once

#include "trace/log/trace.h"
#include "viz/scene/channels_model.h"
#include "viz/text/story.h"

namespace cutaway::viz {

[[nodiscard]] Channels channels_of(const Trace& trace, const World& world, std::size_t position,
                                   EventIndex focus = kNoEvent);

/// What moves just now, else what the plugs mean.
[[nodiscard]] Caption channels_caption(const Channels& channels);

}  // namespace cutaway::viz
