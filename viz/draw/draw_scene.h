// Scene → ImDrawList. No logic: what is drawn was decided when the scene was made.
#pragma once

#include <imgui.h>

#include "viz/draw/atlas.h"
#include "viz/scene/scene.h"

namespace cutaway::viz {

// Where a scene's units come to lie on the screen.
struct DrawPlace {
  ImVec2 offset = {0, 0};  // pixels
  double scale = 1;        // pixels per unit; the atlas should be baked for it
};

void draw_scene(const Scene& scene, ImDrawList& list, const PictureAtlas& atlas,
                const DrawPlace& place = {});

}  // namespace cutaway::viz
