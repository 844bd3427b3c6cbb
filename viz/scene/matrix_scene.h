// The matrix of namespaces: filled nodes are own ones, rings those of somebody else, joined by a
// line to the one whose they are.
#pragma once

#include "viz/scene/matrix_model.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {

[[nodiscard]] Scene matrix_scene(const Matrix& matrix, const SceneStyle& style, const Rect& area);

}  // namespace cutaway::viz
