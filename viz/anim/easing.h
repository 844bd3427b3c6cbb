// Easing, as the tokens fix it: cubic in and out on paths, cubic out for what appears, linear for
// clocks.
#pragma once

#include <algorithm>

namespace cutaway::viz {

// Share of a stretch of time that has passed, 0 … 1.
constexpr double share_of(double now, double from, double to) {
  return to <= from ? (now >= to ? 1.0 : 0.0) : std::clamp((now - from) / (to - from), 0.0, 1.0);
}

constexpr double ease_in_out(double t) {
  return t < 0.5 ? 4 * t * t * t : 1 - 4 * (1 - t) * (1 - t) * (1 - t);
}

constexpr double ease_out(double t) { return 1 - (1 - t) * (1 - t) * (1 - t); }

}  // namespace cutaway::viz
