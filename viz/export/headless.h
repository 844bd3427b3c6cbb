// Frames of ImGui without a window: for `cutaway render`, for films and for tests.
//
//   Image image = headless_frame({1600, 900}, fonts, kDark.bg, [&](const PictureAtlas& atlas) {
//     draw_scene(scene, *ImGui::GetBackgroundDrawList(), atlas);
//   });
#pragma once

#include <functional>
#include <optional>

#include "viz/draw/atlas.h"
#include "viz/export/image.h"
#include "viz/export/raster.h"
#include "viz/theme/color.h"

namespace cutaway::viz {

struct FrameSize {
  int width = 1600;  // pixels
  int height = 900;
  double scale = 1;  // the fonts and patterns are baked for it
  int frames = 1;    // windows that measure themselves need two
};

// A context of ImGui with its atlas and its pixels. Whichever context was current is current again
// after each call.
class Headless {
 public:
  Headless(const FrameSize& size, const FontFiles& fonts, Color ground);
  ~Headless();
  Headless(const Headless&) = delete;
  Headless& operator=(const Headless&) = delete;

  // Calls `draw` for so many frames of ImGui; the last one is painted. False: it looks as the one
  // before.
  bool paint(const std::function<void(const PictureAtlas&)>& draw, int frames = 1);
  [[nodiscard]] const Image& image() const { return raster_->image(); }

 private:
  ImGuiContext* own_;
  std::optional<PictureAtlas> atlas_;
  std::optional<Raster> raster_;
};

[[nodiscard]] Image headless_frame(const FrameSize& size, const FontFiles& fonts, Color ground,
                                   const std::function<void(const PictureAtlas&)>& draw);

}  // namespace cutaway::viz
