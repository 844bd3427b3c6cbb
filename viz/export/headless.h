// A frame of ImGui without a window: for `cutaway render` and for tests.
//
//   Image image = headless_frame({1600, 900}, fonts, kDark.bg, [&](const PictureAtlas& atlas) {
//     draw_scene(scene, *ImGui::GetBackgroundDrawList(), atlas);
//   });
#pragma once

#include <functional>

#include "viz/draw/atlas.h"
#include "viz/export/image.h"
#include "viz/theme/color.h"

namespace cutaway::viz {

struct FrameSize {
  int width = 1600;  // pixels
  int height = 900;
  double scale = 1;  // the fonts and patterns are baked for it
  int frames = 1;    // windows that measure themselves need two
};

// Makes a context of its own and destroys it; whichever was current is current again.
[[nodiscard]] Image headless_frame(const FrameSize& size, const FontFiles& fonts, Color ground,
                                   const std::function<void(const PictureAtlas&)>& draw);

}  // namespace cutaway::viz
