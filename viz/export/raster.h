// ImDrawData → pixels, without a display and without GL: the whole window, as ImGui would have it
// drawn. Deterministic: fixed-point edges, and every pixel belongs to exactly one of two triangles
// that share an edge.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "viz/export/image.h"
#include "viz/export/triangle.h"
#include "viz/theme/color.h"

namespace cutaway::viz {

// Draws frame after frame of one size, and of each only what is not as it was in the one before:
// the picture is cut into tiles, and a tile is drawn again when other triangles touch it than last
// time (told by a hash over all that goes into their pixels, in order).
class Raster {
 public:
  // `ground` fills what nothing covers. The texture must outlive the raster.
  Raster(int width, int height, const AlphaTexture& texture, Color ground);

  // Clip rectangles are kept; user callbacks are not called. Returns how many tiles were drawn: 0
  // when the frame looks as the last one did.
  int draw(const ImDrawData& data);
  [[nodiscard]] const Image& image() const { return image_; }
  [[nodiscard]] int tile_count() const { return static_cast<int>(tiles_.size()); }

 private:
  struct Shape {  // a triangle of the frame that is being drawn
    const ImDrawVert* corner[3];
    Box box;  // what of it can be seen
  };
  struct Tile {
    Box box;
    std::uint64_t drawn = 0;            // hash of what it shows; 0: nothing yet
    std::uint64_t wanted = 0;           // of what it is to show
    std::vector<std::uint32_t> shapes;  // indices, in the order of drawing
  };

  void sort_into_tiles(const ImDrawList& list, const ImDrawData& data);
  void put(const Shape& shape, std::uint64_t hash);
  void draw(const Tile& tile, ImVec2 origin);

  Image image_;
  AlphaTexture texture_;
  Color ground_;
  int columns_ = 0;
  std::vector<Tile> tiles_;
  std::vector<Shape> shapes_;
};

// One frame.
[[nodiscard]] Image rasterise(const ImDrawData& data, const AlphaTexture& texture, Color ground);

}  // namespace cutaway::viz
