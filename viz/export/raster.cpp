// Which triangles touch which tile, and which tiles are to be drawn again.
#include "viz/export/raster.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace cutaway::viz {
namespace {

constexpr int kTile = 64;  // pixels each way

// Mixes eight bytes into a hash (the finaliser of splitmix64).
std::uint64_t mixed_hash(std::uint64_t hash, std::uint64_t word) {
  std::uint64_t z = (hash ^ word) + 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

std::uint64_t bits_of_both(float one, float other) {
  std::uint32_t halves[2];
  std::memcpy(&halves[0], &one, sizeof one);
  std::memcpy(&halves[1], &other, sizeof other);
  return std::uint64_t{halves[0]} << 32 | halves[1];
}

// A multiplication a word and one finaliser: every vertex of every frame comes here.
std::uint64_t hash_of(const ImDrawVert& v) {
  constexpr std::uint64_t kOdd = 0x9FB21C651E98DF25ULL;
  const std::uint64_t place = bits_of_both(v.pos.x, v.pos.y) * kOdd;
  const std::uint64_t texel = bits_of_both(v.uv.x, v.uv.y) * 0xD6E8FEB86659FD93ULL;
  return mixed_hash(place ^ (texel >> 29 | texel << 35), v.col);
}

std::uint64_t hash_of(const Box& box) {
  const auto half = [](int a, int b) {
    return std::uint64_t{static_cast<std::uint32_t>(a)} << 32 | static_cast<std::uint32_t>(b);
  };
  return mixed_hash(mixed_hash(0, half(box.x0, box.y0)), half(box.x1, box.y1));
}

int rounded(float at) { return static_cast<int>(std::lround(at)); }

Box clip_of(const ImDrawCmd& command, ImVec2 origin, const Image& image) {
  const ImVec4& clip = command.ClipRect;
  return {std::max(0, rounded(clip.x - origin.x)), std::max(0, rounded(clip.y - origin.y)),
          std::min(image.width, rounded(clip.z - origin.x)),
          std::min(image.height, rounded(clip.w - origin.y))};
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
          {channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT),
           channel(IM_COL32_A_SHIFT)}};
}

// The pixels that a triangle can touch.
Box reach_of(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, ImVec2 origin) {
  const auto low = [](float x, float y, float z) {
    return static_cast<int>(std::floor(std::min({x, y, z})));
  };
  const auto high = [](float x, float y, float z) {
    return static_cast<int>(std::floor(std::max({x, y, z}))) + 1;
  };
  return {low(a.pos.x, b.pos.x, c.pos.x) - static_cast<int>(origin.x),
          low(a.pos.y, b.pos.y, c.pos.y) - static_cast<int>(origin.y),
          high(a.pos.x, b.pos.x, c.pos.x) - static_cast<int>(origin.x),
          high(a.pos.y, b.pos.y, c.pos.y) - static_cast<int>(origin.y)};
}

}  // namespace

Raster::Raster(int width, int height, const AlphaTexture& texture, Color ground)
    : texture_(texture), ground_(ground), columns_((width + kTile - 1) / kTile) {
  image_.width = width;
  image_.height = height;
  image_.rgba.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  for (int y = 0; y < height; y += kTile) {
    for (int x = 0; x < width; x += kTile)
      tiles_.push_back({{x, y, std::min(width, x + kTile), std::min(height, y + kTile)}, 0, 0, {}});
  }
}

int Raster::draw(const ImDrawData& data) {
  shapes_.clear();
  for (Tile& tile : tiles_) {
    tile.wanted = 1;
    tile.shapes.clear();
  }
  for (int i = 0; i < data.CmdListsCount; ++i) sort_into_tiles(*data.CmdLists[i], data);
  int drawn = 0;
  for (Tile& tile : tiles_) {
    if (tile.wanted == tile.drawn) continue;
    draw(tile, data.DisplayPos);
    tile.drawn = tile.wanted;
    ++drawn;
  }
  return drawn;
}

void Raster::sort_into_tiles(const ImDrawList& list, const ImDrawData& data) {
  const ImVec2 origin = data.DisplayPos;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    if (command.UserCallback != nullptr) continue;
    const Box clip = clip_of(command, origin, image_);
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
      const ImDrawVert& a = vertices[index[i]];
      const ImDrawVert& b = vertices[index[i + 1]];
      const ImDrawVert& c = vertices[index[i + 2]];
      const Box box = common(reach_of(a, b, c, origin), clip);
      if (box.x0 >= box.x1 || box.y0 >= box.y1) continue;
      put({{&a, &b, &c}, box},
          mixed_hash(mixed_hash(mixed_hash(hash_of(box), hash_of(a)), hash_of(b)), hash_of(c)));
    }
  }
}

void Raster::put(const Shape& shape, std::uint64_t hash) {
  const auto number = static_cast<std::uint32_t>(shapes_.size());
  shapes_.push_back(shape);
  for (int y = shape.box.y0 / kTile; y <= (shape.box.y1 - 1) / kTile; ++y) {
    for (int x = shape.box.x0 / kTile; x <= (shape.box.x1 - 1) / kTile; ++x) {
      Tile& tile = tiles_[static_cast<std::size_t>(y * columns_ + x)];
      tile.wanted = mixed_hash(tile.wanted, hash);
      tile.shapes.push_back(number);
    }
  }
}

void Raster::draw(const Tile& tile, ImVec2 origin) {
  fill(image_, tile.box, ground_);
  for (const std::uint32_t number : tile.shapes) {
    const Shape& shape = shapes_[number];
    draw_triangle(image_, texture_,
                  {vertex_of(*shape.corner[0], origin, texture_),
                   vertex_of(*shape.corner[1], origin, texture_),
                   vertex_of(*shape.corner[2], origin, texture_)},
                  common(shape.box, tile.box));
  }
}

Image rasterise(const ImDrawData& data, const AlphaTexture& texture, Color ground) {
  Raster raster(static_cast<int>(data.DisplaySize.x), static_cast<int>(data.DisplaySize.y), texture,
                ground);
  raster.draw(data);
  return raster.image();
}

}  // namespace cutaway::viz
