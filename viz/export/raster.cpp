// Textured triangles with source-over blending.
#include "viz/export/raster.h"

#include <algorithm>
#include <cmath>

namespace cutaway::viz {
namespace {

constexpr int kSubpixels = 256;  // positions are rounded to 1/256 of a pixel

struct Vertex {
  std::int64_t x, y;  // in subpixels
  float u, v;         // in texels
  float r, g, b, a;   // 0 … 255
};

struct Box {
  int x0, y0, x1, y1;
};

// Twice the signed area of (a, b, p); positive to one side of the edge.
std::int64_t edge(const Vertex& a, const Vertex& b, std::int64_t x, std::int64_t y) {
  return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

// Pixels exactly on an edge belong to the triangle for which it is a top or a left edge.
bool owns_edge(const Vertex& a, const Vertex& b) { return (a.y == b.y && b.x > a.x) || b.y < a.y; }

class Raster {
 public:
  Raster(Image& image, const AlphaTexture& texture) : image_(image), texture_(texture) {}

  void triangle(Vertex a, Vertex b, Vertex c, const Box& clip);

 private:
  [[nodiscard]] float sample(float u, float v) const;
  void blend(std::uint8_t* pixel, float r, float g, float b, float a) const;
  template <bool kFlat>
  void row(const Vertex& a, const Vertex& b, const Vertex& c, int y, const Box& box,
           double inverse_area);

  Image& image_;
  const AlphaTexture& texture_;
};

float Raster::sample(float u, float v) const {
  const float x = u - 0.5F;
  const float y = v - 0.5F;
  const float fx = std::floor(x);
  const float fy = std::floor(y);
  const auto at = [this](int tx, int ty) {
    const int cx = std::clamp(tx, 0, texture_.width - 1);
    const int cy = std::clamp(ty, 0, texture_.height - 1);
    return static_cast<float>(texture_.alpha[cy * texture_.width + cx]);
  };
  const int ix = static_cast<int>(fx);
  const int iy = static_cast<int>(fy);
  const float dx = x - fx;
  const float dy = y - fy;
  const float top = at(ix, iy) * (1 - dx) + at(ix + 1, iy) * dx;
  const float bottom = at(ix, iy + 1) * (1 - dx) + at(ix + 1, iy + 1) * dx;
  return (top * (1 - dy) + bottom * dy) / 255.0F;
}

void Raster::blend(std::uint8_t* pixel, float r, float g, float b, float a) const {
  const float share = a / 255.0F;
  const float source[3] = {r, g, b};
  for (int i = 0; i < 3; ++i) {
    const auto under = static_cast<float>(pixel[i]);
    pixel[i] = static_cast<std::uint8_t>(std::lrint(under + (source[i] - under) * share));
  }
  pixel[3] = static_cast<std::uint8_t>(
      std::lrint(std::min(255.0F, a + static_cast<float>(pixel[3]) * (1 - share))));
}

// One row of pixels of a triangle: from the edges follows where the row begins and ends, so that
// nothing is tried outside. kFlat: one colour and one texel, as in all that is not text or pattern.
template <bool kFlat>
void Raster::row(const Vertex& a, const Vertex& b, const Vertex& c, int y, const Box& box,
                 double inverse_area) {
  const std::int64_t py = static_cast<std::int64_t>(y) * kSubpixels + kSubpixels / 2;
  const std::int64_t px = static_cast<std::int64_t>(box.x0) * kSubpixels + kSubpixels / 2;
  const Vertex* corners[3][2] = {{&b, &c}, {&c, &a}, {&a, &b}};
  std::int64_t weight[3];
  std::int64_t step[3];
  std::int64_t first = 0;
  std::int64_t last = box.x1 - box.x0 - 1;
  for (int i = 0; i < 3; ++i) {
    const Vertex& from = *corners[i][0];
    const Vertex& to = *corners[i][1];
    weight[i] = edge(from, to, px, py);
    step[i] = -(to.y - from.y) * kSubpixels;
    const std::int64_t least = owns_edge(from, to) ? 0 : 1;
    const std::int64_t missing = least - weight[i];
    if (step[i] > 0) {
      if (missing > 0) first = std::max(first, (missing + step[i] - 1) / step[i]);
    } else if (step[i] < 0) {
      const std::int64_t spare = -missing;
      last = spare < 0 ? -1 : std::min(last, spare / -step[i]);
    } else if (missing > 0) {
      return;
    }
  }
  std::uint8_t* pixel =
      image_.rgba.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(image_.width) +
                            static_cast<std::size_t>(box.x0 + first)) *
                               4;
  for (std::int64_t x = first; x <= last; ++x, pixel += 4) {
    if (kFlat) {
      blend(pixel, a.r, a.g, a.b, a.a);
      continue;
    }
    const auto wa = static_cast<float>(static_cast<double>(weight[0] + step[0] * x) * inverse_area);
    const auto wb = static_cast<float>(static_cast<double>(weight[1] + step[1] * x) * inverse_area);
    const float wc = 1 - wa - wb;
    const float ink = sample(a.u * wa + b.u * wb + c.u * wc, a.v * wa + b.v * wb + c.v * wc);
    if (ink <= 0) continue;
    blend(pixel, a.r * wa + b.r * wb + c.r * wc, a.g * wa + b.g * wb + c.g * wc,
          a.b * wa + b.b * wb + c.b * wc, (a.a * wa + b.a * wb + c.a * wc) * ink);
  }
}

bool same_ink(const Vertex& a, const Vertex& b) {
  return a.u == b.u && a.v == b.v && a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

void Raster::triangle(Vertex a, Vertex b, Vertex c, const Box& clip) {
  const std::int64_t area = edge(a, b, c.x, c.y);
  if (area == 0) return;
  if (area < 0) std::swap(b, c);
  const auto pixel_of = [](std::int64_t subpixels) { return static_cast<int>(subpixels >> 8); };
  const Box box = {std::max(clip.x0, pixel_of(std::min({a.x, b.x, c.x}))),
                   std::max(clip.y0, pixel_of(std::min({a.y, b.y, c.y}))),
                   std::min(clip.x1, pixel_of(std::max({a.x, b.x, c.x})) + 1),
                   std::min(clip.y1, pixel_of(std::max({a.y, b.y, c.y})) + 1)};
  if (box.x0 >= box.x1) return;
  const double inverse_area = 1.0 / static_cast<double>(area < 0 ? -area : area);
  if (same_ink(a, b) && same_ink(a, c)) {
    a.a *= sample(a.u, a.v);
    if (a.a <= 0) return;
    for (int y = box.y0; y < box.y1; ++y) row<true>(a, b, c, y, box, inverse_area);
  } else {
    for (int y = box.y0; y < box.y1; ++y) row<false>(a, b, c, y, box, inverse_area);
  }
}

Vertex vertex_of(const ImDrawVert& v, ImVec2 origin, const AlphaTexture& texture) {
  const auto fixed = [](float at) {
    return static_cast<std::int64_t>(std::lround(at * kSubpixels));
  };
  const auto channel = [&v](int shift) { return static_cast<float>((v.col >> shift) & 0xFFU); };
  return {fixed(v.pos.x - origin.x),
          fixed(v.pos.y - origin.y),
          v.uv.x * static_cast<float>(texture.width),
          v.uv.y * static_cast<float>(texture.height),
          channel(IM_COL32_R_SHIFT),
          channel(IM_COL32_G_SHIFT),
          channel(IM_COL32_B_SHIFT),
          channel(IM_COL32_A_SHIFT)};
}

void draw_list(Raster& raster, const ImDrawList& list, const ImDrawData& data, const Image& image,
               const AlphaTexture& texture) {
  const ImVec2 origin = data.DisplayPos;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    if (command.UserCallback != nullptr) continue;
    const Box clip = {
        std::max(0, static_cast<int>(std::lround(command.ClipRect.x - origin.x))),
        std::max(0, static_cast<int>(std::lround(command.ClipRect.y - origin.y))),
        std::min(image.width, static_cast<int>(std::lround(command.ClipRect.z - origin.x))),
        std::min(image.height, static_cast<int>(std::lround(command.ClipRect.w - origin.y)))};
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
      raster.triangle(vertex_of(vertices[index[i]], origin, texture),
                      vertex_of(vertices[index[i + 1]], origin, texture),
                      vertex_of(vertices[index[i + 2]], origin, texture), clip);
    }
  }
}

}  // namespace

Image rasterise(const ImDrawData& data, const AlphaTexture& texture, Color ground) {
  Image image;
  image.width = static_cast<int>(data.DisplaySize.x);
  image.height = static_cast<int>(data.DisplaySize.y);
  image.rgba.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) *
                    4);
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
    image.rgba[i] = ground.r;
    image.rgba[i + 1] = ground.g;
    image.rgba[i + 2] = ground.b;
    image.rgba[i + 3] = ground.a;
  }
  Raster raster(image, texture);
  for (int i = 0; i < data.CmdListsCount; ++i)
    draw_list(raster, *data.CmdLists[i], data, image, texture);
  return image;
}

}  // namespace cutaway::viz
