// A colour of the picture: 8 bits a channel, not premultiplied. Values only; what a colour means is
// in theme.h.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace cutaway::viz {

struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 0;

  // Nothing is drawn with a colour that has no alpha: "no fill" and "no stroke" need no optional.
  [[nodiscard]] constexpr bool visible() const { return a != 0; }

  // The same colour at a share of its own opacity.
  [[nodiscard]] Color faded(double opacity) const {
    return {r, g, b, static_cast<std::uint8_t>(std::lround(std::clamp(opacity, 0.0, 1.0) * a))};
  }

  friend constexpr bool operator==(const Color&, const Color&) = default;
};

// rgb(0x5CB5FD): as colours are written in the design's tokens.
constexpr Color rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>((hex >> 16U) & 0xFFU),
          static_cast<std::uint8_t>((hex >> 8U) & 0xFFU), static_cast<std::uint8_t>(hex & 0xFFU),
          255};
}

inline Color mix(Color from, Color to, double share) {
  const auto channel = [share](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(std::lround(x + (y - x) * share));
  };
  return {channel(from.r, to.r), channel(from.g, to.g), channel(from.b, to.b),
          channel(from.a, to.a)};
}

// Contrast of two opaque colours as WCAG 2 defines it, 1 … 21.
[[nodiscard]] double contrast(Color one, Color other);

}  // namespace cutaway::viz
