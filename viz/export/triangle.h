// One textured triangle, painted over what is there.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

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

inline constexpr int kSubpixels = 256;  // positions are rounded to 1/256 of a pixel

struct Vertex {
  std::int64_t x, y;          // in subpixels
  float u, v;                 // in texels
  std::array<float, 4> rgba;  // 0 … 255
};

// Pixels x0 ≤ x < x1, y0 ≤ y < y1.
struct Box {
  int x0, y0, x1, y1;
};
inline Box common(const Box& a, const Box& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

void fill(Image& image, const Box& box, Color color);

// Only inside the box, which lies within the image.
void draw_triangle(Image& image, const AlphaTexture& texture, const std::array<Vertex, 3>& corners,
                   const Box& box);

}  // namespace cutaway::viz
