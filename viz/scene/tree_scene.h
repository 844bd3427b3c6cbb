// The process tree as a drawing: a card for each process in the colour of its container, its number
// at every level in columns of their own.
#pragma once

#include "viz/scene/ship.h"
#include "viz/scene/tree_model.h"

namespace cutaway::viz {

[[nodiscard]] Scene tree_scene(const ProcessTree& tree, const SceneStyle& style, const Rect& area);

}  // namespace cutaway::viz
