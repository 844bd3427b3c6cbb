// A picture in memory, and as the bytes of a PNG file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway::viz {

struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  // rows from the top, 4 bytes a pixel

  [[nodiscard]] const std::uint8_t* pixel(int x, int y) const {
    return rgba.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                          static_cast<std::size_t>(x)) *
                             4;
  }
  [[nodiscard]] std::uint8_t* pixel(int x, int y) {
    return const_cast<std::uint8_t*>(static_cast<const Image&>(*this).pixel(x, y));
  }
};

// The bytes of a PNG file; empty when the image has no pixels.
[[nodiscard]] std::string png(const Image& image);

}  // namespace cutaway::viz
