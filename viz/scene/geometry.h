// Points and rectangles of a Scene. Units are pixels at scale 1, y grows downwards.
#pragma once

#include <algorithm>
#include <cmath>

namespace cutaway::viz {

struct Point {
  double x = 0;
  double y = 0;

  friend constexpr bool operator==(const Point&, const Point&) = default;
};

inline double distance(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

struct Rect {
  double x = 0;
  double y = 0;
  double w = 0;
  double h = 0;

  [[nodiscard]] constexpr double right() const { return x + w; }
  [[nodiscard]] constexpr double bottom() const { return y + h; }
  [[nodiscard]] constexpr double mid_x() const { return x + w / 2; }
  [[nodiscard]] constexpr double mid_y() const { return y + h / 2; }
  [[nodiscard]] constexpr bool contains(Point p) const {
    return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
  }
  [[nodiscard]] constexpr Rect inset(double by) const {
    return {x + by, y + by, w - 2 * by, h - 2 * by};
  }

  friend constexpr bool operator==(const Rect&, const Rect&) = default;
};

// By how much two rectangles run into each other in the direction where they do so less; ≤ 0 if
// they do not.
constexpr double overlap_depth(const Rect& one, const Rect& other) {
  const double across = std::min(one.right(), other.right()) - std::max(one.x, other.x);
  const double down = std::min(one.bottom(), other.bottom()) - std::max(one.y, other.y);
  return std::min(across, down);
}

}  // namespace cutaway::viz
