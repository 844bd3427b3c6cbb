// Distances to the strokes of each pattern's tile; the same strokes as in the SVG patterns of
// viz/export.
#include "viz/draw/pattern_ink.h"

#include <algorithm>
#include <cmath>

namespace cutaway::viz {
namespace {

struct At {
  double x;
  double y;
};

double to_point(At p, At q) { return std::hypot(p.x - q.x, p.y - q.y); }

double to_segment(At p, At a, At b) {
  const double length2 = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
  const double t =
      std::clamp(((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length2, 0.0, 1.0);
  return to_point(p, {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t});
}

double to_diagonal(At p, double tile) { return std::abs(p.x + p.y - tile) / std::sqrt(2.0); }

double to_wave(At p) {
  const double half = p.x < 6 ? p.x / 6 : (p.x - 6) / 6;
  const double bow = 10 * half * (1 - half);
  const double y = p.x < 6 ? 6 - bow : 6 + bow;
  const double slope = 10 * (1 - 2 * half) / 6;
  return std::abs(p.y - y) / std::sqrt(1 + slope * slope);
}

// Distance outside of the ink: negative within it.
double outside(Pattern pattern, At p) {
  switch (pattern) {
    case Pattern::Dots:
      return std::min(to_point(p, {2, 2}), to_point(p, {6, 6})) - 1.3;
    case Pattern::Dashes:
      return std::min(to_segment(p, {1.4, 2.5}, {5.6, 2.5}),
                      to_segment(p, {6.4, 7.5}, {10.6, 7.5})) -
             0.8;
    case Pattern::Bars:
      return std::abs(p.x - 2) - 0.8;
    case Pattern::Plus:
      return std::min(to_segment(p, {5, 2.3}, {5, 7.7}), to_segment(p, {2.3, 5}, {7.7, 5})) - 0.65;
    case Pattern::Rings:
      return std::abs(to_point(p, {5, 5}) - 2.6) - 0.6;
    case Pattern::Checks:
      return (p.x < 4) == (p.y < 4) ? -1 : 1;
    case Pattern::Waves:
      return to_wave(p) - 0.7;
    case Pattern::Chevrons:
      return std::min(to_segment(p, {1, 7}, {5, 3}), to_segment(p, {5, 3}, {9, 7})) - 0.7;
    case Pattern::Hatch:
      return to_diagonal(p, 7) - 0.5;
    case Pattern::Stop:
      return to_diagonal(p, 8) - 1.5;
  }
  return 1;
}

}  // namespace

double pattern_ink(Pattern pattern, double x, double y, double scale) {
  const double tile = pattern_tile_px(pattern);
  const At p = {std::fmod(x, tile), std::fmod(y, tile)};
  double least = 1e9;
  // Strokes of the neighbouring tiles reach over the edge.
  for (const double dx : {-tile, 0.0, tile}) {
    for (const double dy : {-tile, 0.0, tile}) {
      if (pattern == Pattern::Checks && (dx != 0 || dy != 0)) continue;
      if (pattern == Pattern::Waves && (p.x + dx < 0 || p.x + dx > tile)) continue;
      least = std::min(least, outside(pattern, {p.x + dx, p.y + dy}));
    }
  }
  return std::clamp(0.5 - least * scale, 0.0, 1.0);
}

double glow_ink(double distance) {
  if (distance >= 1) return 0;
  return distance < 0.35 ? 0.9 + (0.35 - 0.9) * distance / 0.35
                         : 0.35 * (1 - (distance - 0.35) / 0.65);
}

}  // namespace cutaway::viz
