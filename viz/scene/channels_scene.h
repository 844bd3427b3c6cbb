// The picture of the channels: for each container a terminal, client, server with its log, and the
// process with its three plugs, joined by tubes.
#pragma once

#include "viz/scene/channels_model.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {

// `phase`: of the bytes that are on their way, 0 … 1; 1 is at rest.
[[nodiscard]] Scene channels_scene(const Channels& channels, const SceneStyle& style,
                                   const Rect& area, double phase = 1);

}  // namespace cutaway::viz
