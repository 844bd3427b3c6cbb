// Where a triangle's rows begin and end, and how their pixels are blended: integers all through,
// two channels in one multiplication.
#include "viz/export/triangle.h"

#include <cmath>
#include <cstring>

namespace cutaway::viz {
namespace {

using Corners = std::array<Vertex, 3>;

// Twice the signed area of (a, b, p); positive to one side of the edge.
std::int64_t edge(const Vertex& a, const Vertex& b, std::int64_t x, std::int64_t y) {
  return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

// Pixels exactly on an edge belong to the triangle for which it is a top or a left edge.
bool owns_edge(const Vertex& a, const Vertex& b) { return (a.y == b.y && b.x > a.x) || b.y < a.y; }

// The two halves of a pixel: bytes 0 and 2, bytes 1 and 3, each with room to multiply.
constexpr std::uint32_t kHalf = 0x00FF00FF;

// Each byte x becomes round(x / 255) of a product of two bytes.
std::uint32_t shared_out(std::uint32_t products) {
  products += 0x00800080;
  return ((products + ((products >> 8) & kHalf)) >> 8) & kHalf;
}

std::uint32_t word_of(std::array<int, 4> bytes) {
  std::uint8_t in_order[4];
  for (std::size_t i = 0; i < 4; ++i) in_order[i] = static_cast<std::uint8_t>(bytes[i]);
  std::uint32_t word = 0;
  std::memcpy(&word, in_order, sizeof word);
  return word;
}

// `color`: a pixel that covers all; `share`: 0 … 255.
void blend(std::uint8_t* pixel, std::uint32_t color, std::uint32_t share) {
  std::uint32_t under = 0;
  std::memcpy(&under, pixel, sizeof under);
  const std::uint32_t rest = 255 - share;
  const std::uint32_t even = (color & kHalf) * share + (under & kHalf) * rest;
  const std::uint32_t odd = ((color >> 8) & kHalf) * share + ((under >> 8) & kHalf) * rest;
  const std::uint32_t mixed = shared_out(even) | shared_out(odd) << 8;
  std::memcpy(pixel, &mixed, sizeof mixed);
}

// Of what is not negative; std::lround is a call for each pixel.
int nearest_byte(float value) {
  return static_cast<int>(value + 0.5F);  // NOLINT(bugprone-incorrect-roundings)
}

std::uint32_t solid(const std::array<float, 4>& rgba) {
  return word_of({nearest_byte(rgba[0]), nearest_byte(rgba[1]), nearest_byte(rgba[2]), 255});
}

// The texture between four texels, 0 … 255; u and v in 1/256 of a texel.
class Sampler {
 public:
  explicit Sampler(const AlphaTexture& texture) : texture_(texture) {}

  [[nodiscard]] std::uint32_t at(std::int32_t u, std::int32_t v) const {
    const std::int32_t x = (u - 128) >> 8;
    const std::int32_t y = (v - 128) >> 8;
    const auto dx = static_cast<std::uint32_t>((u - 128) & 255);
    const auto dy = static_cast<std::uint32_t>((v - 128) & 255);
    const std::uint32_t top = texel(x, y) * (256 - dx) + texel(x + 1, y) * dx;
    if (dy == 0) return (top + 128) >> 8;
    const std::uint32_t bottom = texel(x, y + 1) * (256 - dx) + texel(x + 1, y + 1) * dx;
    return (top * (256 - dy) + bottom * dy + 32768) >> 16;
  }

 private:
  [[nodiscard]] std::uint32_t texel(std::int32_t x, std::int32_t y) const {
    const std::int32_t cx = std::clamp(x, 0, texture_.width - 1);
    const std::int32_t cy = std::clamp(y, 0, texture_.height - 1);
    return texture_.alpha[cy * texture_.width + cx];
  }
  const AlphaTexture& texture_;
};

std::int32_t texel_places(float texels) {
  return static_cast<std::int32_t>(std::lround(texels * 256));
}

// The three edges along a row: where it is inside all of them.
struct Edges {
  std::array<std::int64_t, 3> weight, step, least;

  // At the middle of pixel (x, y). `corners` turn to the right.
  Edges(const Corners& corners, int x, int y) {
    const std::int64_t px = std::int64_t{x} * kSubpixels + kSubpixels / 2;
    const std::int64_t py = std::int64_t{y} * kSubpixels + kSubpixels / 2;
    for (std::size_t i = 0; i < 3; ++i) {
      const Vertex& from = corners[(i + 1) % 3];
      const Vertex& to = corners[(i + 2) % 3];
      weight[i] = edge(from, to, px, py);
      step[i] = -(to.y - from.y) * kSubpixels;
      least[i] = owns_edge(from, to) ? 0 : 1;
      down_[i] = (to.x - from.x) * kSubpixels;
    }
  }
  void next_row() {
    for (std::size_t i = 0; i < 3; ++i) weight[i] += down_[i];
  }
  // Pixels first ≤ x ≤ last from where the row begins; nothing when first > last.
  void inside(std::int64_t& first, std::int64_t& last) const {
    for (std::size_t i = 0; i < 3; ++i) {
      const std::int64_t missing = least[i] - weight[i];
      if (step[i] > 0) {
        if (missing > 0) first = std::max(first, (missing + step[i] - 1) / step[i]);
      } else if (missing > 0) {
        last = -1;
      } else if (step[i] < 0) {
        last = std::min(last, missing / step[i]);
      }
    }
  }

 private:
  std::array<std::int64_t, 3> down_;
};

// A value that the corners have, along a row.
struct Slope {
  float start = 0, step = 0;

  Slope(const std::array<float, 3>& corners, const Edges& edges, double inverse_area) {
    const auto part = [&](std::size_t i, std::int64_t weight) {
      return static_cast<double>(corners[i] - corners[2]) * static_cast<double>(weight) *
             inverse_area;
    };
    start = static_cast<float>(part(0, edges.weight[0]) + part(1, edges.weight[1])) + corners[2];
    step = static_cast<float>(part(0, edges.step[0]) + part(1, edges.step[1]));
  }
  [[nodiscard]] float at(std::int64_t x) const { return start + step * static_cast<float>(x); }
};

struct Row {
  std::uint8_t* pixel;  // of the first
  std::int64_t first, last;
};

void fill_row(const Row& row, std::uint32_t color, std::uint32_t share) {
  std::uint8_t* pixel = row.pixel;
  if (share == 255) {
    for (std::int64_t x = row.first; x <= row.last; ++x, pixel += 4)
      std::memcpy(pixel, &color, sizeof color);
  } else {
    for (std::int64_t x = row.first; x <= row.last; ++x, pixel += 4) blend(pixel, color, share);
  }
}

// The edge of a shape: one colour that fades.
void fade_row(const Row& row, std::uint32_t color, const Slope& alpha, std::uint32_t ink) {
  std::uint8_t* pixel = row.pixel;
  for (std::int64_t x = row.first; x <= row.last; ++x, pixel += 4) {
    const auto share =
        static_cast<std::uint32_t>(nearest_byte(std::clamp(alpha.at(x), 0.0F, 255.0F)));
    blend(pixel, color, ink == 255 ? share : shared_out(share * ink));
  }
}

class Ink {
 public:
  Ink(const Corners& corners, const AlphaTexture& texture)
      : corners_(corners), sampler_(texture), color_(solid(corners[0].rgba)) {
    const auto all = [&corners](auto&& same) {
      return same(corners[0], corners[1]) && same(corners[0], corners[2]);
    };
    one_texel_ = all([](const Vertex& a, const Vertex& b) { return a.u == b.u && a.v == b.v; });
    one_alpha_ = all([](const Vertex& a, const Vertex& b) { return a.rgba[3] == b.rgba[3]; });
    one_color_ = all([](const Vertex& a, const Vertex& b) {
      return a.rgba[0] == b.rgba[0] && a.rgba[1] == b.rgba[1] && a.rgba[2] == b.rgba[2];
    });
    if (one_texel_) ink_ = sampler_.at(texel_places(corners[0].u), texel_places(corners[0].v));
    share_ = shared_out(static_cast<std::uint32_t>(nearest_byte(corners[0].rgba[3])) * ink_);
  }

  void row(const Row& row, const Edges& edges, double inverse_area) const {
    if (!one_color_) return mix_row(row, edges, inverse_area);
    if (!one_texel_) return texture_row(row, edges, inverse_area);
    if (one_alpha_) return fill_row(row, color_, share_);
    fade_row(row, color_, slope(edges, inverse_area, [](const Vertex& v) { return v.rgba[3]; }),
             ink_);
  }
  [[nodiscard]] bool nothing() const {
    return one_texel_ && (ink_ == 0 || (one_alpha_ && share_ == 0));
  }

 private:
  template <class Value>
  Slope slope(const Edges& edges, double inverse_area, Value value) const {
    return {{value(corners_[0]), value(corners_[1]), value(corners_[2])}, edges, inverse_area};
  }

  // Letters and patterns: one colour, its share from the texture.
  void texture_row(const Row& row, const Edges& edges, double inverse_area) const {
    const Slope u = slope(edges, inverse_area, [](const Vertex& v) { return v.u * 256; });
    const Slope v = slope(edges, inverse_area, [](const Vertex& p) { return p.v * 256; });
    const Slope alpha = slope(edges, inverse_area, [](const Vertex& p) { return p.rgba[3]; });
    std::uint8_t* pixel = row.pixel;
    for (std::int64_t x = row.first; x <= row.last; ++x, pixel += 4) {
      const std::uint32_t ink = sampler_.at(nearest_byte(u.at(x)), nearest_byte(v.at(x)));
      if (ink == 0) continue;
      const auto share = static_cast<std::uint32_t>(nearest_byte(alpha.at(x)));
      blend(pixel, color_, shared_out(share * ink));
    }
  }

  // Everything differs from corner to corner; rare.
  void mix_row(const Row& row, const Edges& edges, double inverse_area) const {
    const Slope u = slope(edges, inverse_area, [](const Vertex& v) { return v.u * 256; });
    const Slope v = slope(edges, inverse_area, [](const Vertex& p) { return p.v * 256; });
    std::uint8_t* pixel = row.pixel;
    for (std::int64_t x = row.first; x <= row.last; ++x, pixel += 4) {
      std::array<float, 4> rgba = {};
      for (std::size_t i = 0; i < 4; ++i) {
        const Slope channel =
            slope(edges, inverse_area, [i](const Vertex& p) { return p.rgba[i]; });
        rgba[i] = std::clamp(channel.at(x), 0.0F, 255.0F);
      }
      const std::uint32_t ink = sampler_.at(nearest_byte(u.at(x)), nearest_byte(v.at(x)));
      blend(pixel, solid(rgba),
            shared_out(static_cast<std::uint32_t>(nearest_byte(rgba[3])) * ink));
    }
  }

  const Corners& corners_;
  Sampler sampler_;
  std::uint32_t color_;
  bool one_texel_ = false, one_alpha_ = false, one_color_ = false;
  std::uint32_t ink_ = 255;    // when there is one texel
  std::uint32_t share_ = 255;  // and one alpha
};

}  // namespace

void fill(Image& image, const Box& box, Color color) {
  const std::uint32_t pixel = word_of({color.r, color.g, color.b, color.a});
  for (int y = box.y0; y < box.y1; ++y) {
    std::uint8_t* at = image.pixel(box.x0, y);
    for (int x = box.x0; x < box.x1; ++x, at += 4) std::memcpy(at, &pixel, sizeof pixel);
  }
}

void draw_triangle(Image& image, const AlphaTexture& texture, const Corners& corners,
                   const Box& box) {
  if (box.x0 >= box.x1 || box.y0 >= box.y1) return;
  Corners turned = corners;
  std::int64_t area = edge(turned[0], turned[1], turned[2].x, turned[2].y);
  if (area == 0) return;
  if (area < 0) {
    std::swap(turned[1], turned[2]);
    area = -area;
  }
  const Ink ink(turned, texture);
  if (ink.nothing()) return;
  const double inverse_area = 1.0 / static_cast<double>(area);
  Edges edges(turned, box.x0, box.y0);
  for (int y = box.y0; y < box.y1; ++y, edges.next_row()) {
    std::int64_t first = 0;
    std::int64_t last = box.x1 - box.x0 - 1;
    edges.inside(first, last);
    if (first > last) continue;
    ink.row({image.pixel(box.x0 + static_cast<int>(first), y), first, last}, edges, inverse_area);
  }
}

}  // namespace cutaway::viz
