// ImDrawData → pixels, without a display and without GL: the whole window, as ImGui would have it
// drawn. Deterministic: fixed-point edges, and every pixel belongs to exactly one of two triangles
// that share an edge.
#pragma once

#include <imgui.h>

#include "viz/export/image.h"
#include "viz/theme/color.h"

namespace cutaway::viz {

// The one texture of a frame, as ImFontAtlas::GetTexDataAsAlpha8 gives it: its colour is white
// everywhere.
struct AlphaTexture {
  const unsigned char* alpha = nullptr;
  int width = 0;
  int height = 0;
};

// `ground` fills what nothing covers. Clip rectangles are kept; user callbacks are not called.
[[nodiscard]] Image rasterise(const ImDrawData& data, const AlphaTexture& texture, Color ground);

}  // namespace cutaway::viz
