// What containers' files stand on, as a drawing: a column for each container, from its process
// through its mount table and its own top down to layers that all share.
#pragma once

#include "viz/scene/layers_model.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {

[[nodiscard]] Scene layers_scene(const Layers& layers, const SceneStyle& style, const Rect& area);

}  // namespace cutaway::viz
