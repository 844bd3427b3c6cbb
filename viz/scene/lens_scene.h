// Two lenses side by side, with a line between what is one and the same thing: pid 1 here is pid
// 4711 there. A dashed line between rings: the table itself is shared.
#pragma once

#include "viz/scene/lens_model.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {

[[nodiscard]] Scene lens_scene(const Lens& left, const Lens& right, const SceneStyle& style,
                               const Rect& area);

}  // namespace cutaway::viz
