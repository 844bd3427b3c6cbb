// Relative luminance and contrast, as WCAG 2.1 defines them.
#include "viz/theme/color.h"

#include <cmath>

namespace cutaway::viz {
namespace {

double linear(std::uint8_t channel) {
  const double v = channel / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(Color c) {
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

}  // namespace

double contrast(Color one, Color other) {
  const double x = luminance(one) + 0.05;
  const double y = luminance(other) + 0.05;
  return std::max(x, y) / std::min(x, y);
}

}  // namespace cutaway::viz
