// Flattening, cutting and dashing.
#include "viz/draw/shapes.h"

#include <algorithm>
#include <cmath>

namespace cutaway::viz {
namespace {

constexpr double kSame = 1e-6;

Point toward(Point from, Point to, double by) {
  const double d = distance(from, to);
  return d < kSame ? from
                   : Point{from.x + (to.x - from.x) * by / d, from.y + (to.y - from.y) * by / d};
}

void add(Polygon& polygon, Point p) {
  if (polygon.empty() || distance(polygon.back(), p) > 1e-3) polygon.push_back(p);
}

// A corner as a quadratic curve, as SVG's Q draws it.
void add_bend(Polygon& polygon, Point before, Point corner, Point after, double radius,
              double scale) {
  const double r = std::min({radius, distance(before, corner) / 2, distance(corner, after) / 2});
  if (r * scale < 1) {
    add(polygon, corner);
    return;
  }
  const Point from = toward(corner, before, r);
  const Point to = toward(corner, after, r);
  const int steps = std::clamp(static_cast<int>(std::sqrt(r * scale) * 1.6), 3, 12);
  for (int i = 0; i <= steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    const double a = (1 - t) * (1 - t);
    const double b = 2 * t * (1 - t);
    const double c = t * t;
    add(polygon, {a * from.x + b * corner.x + c * to.x, a * from.y + b * corner.y + c * to.y});
  }
}

double x_at(Point a, Point b, double y) { return a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y); }

struct Side {
  Point top;
  Point bottom;
};

std::vector<Side> sides_across(const Polygon& polygon, double y) {
  std::vector<Side> sides;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    Point a = polygon[i];
    Point b = polygon[(i + 1) % polygon.size()];
    if (a.y > b.y) std::swap(a, b);
    if (a.y < y && b.y > y) sides.push_back({a, b});
  }
  std::stable_sort(sides.begin(), sides.end(), [y](const Side& one, const Side& other) {
    return x_at(one.top, one.bottom, y) < x_at(other.top, other.bottom, y);
  });
  return sides;
}

// Keeps the part on the inner side of one edge of a box.
template <typename Inside, typename Cut>
Polygon keep(const Polygon& polygon, Inside inside, Cut cut) {
  Polygon kept;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i];
    const Point b = polygon[(i + 1) % polygon.size()];
    if (inside(a)) kept.push_back(a);
    if (inside(a) != inside(b)) kept.push_back(cut(a, b));
  }
  return kept;
}

}  // namespace

Polygon outline_of(const std::vector<Corner>& corners, double scale) {
  Polygon polygon;
  const std::size_t n = corners.size();
  for (std::size_t i = 0; i < n; ++i) {
    const Corner& before = corners[(i + n - 1) % n];
    const Corner& after = corners[(i + 1) % n];
    add_bend(polygon, {before.x, before.y}, {corners[i].x, corners[i].y}, {after.x, after.y},
             corners[i].r, scale);
  }
  if (polygon.size() > 1 && distance(polygon.front(), polygon.back()) < 1e-3) polygon.pop_back();
  return polygon;
}

Polygon line_of(const std::vector<Point>& points, double bend, double scale) {
  Polygon line;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i == 0 || i + 1 == points.size() || bend <= 0) {
      add(line, points[i]);
    } else {
      add_bend(line, points[i - 1], points[i], points[i + 1], bend, scale);
    }
  }
  return line;
}

std::vector<Corner> corners_of_rect(const Rect& box, double radius) {
  return {{box.x, box.y, radius},
          {box.right(), box.y, radius},
          {box.right(), box.bottom(), radius},
          {box.x, box.bottom(), radius}};
}

double signed_area(const Polygon& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i];
    const Point b = polygon[(i + 1) % polygon.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

bool is_convex(const Polygon& polygon) {
  double sign = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i];
    const Point b = polygon[(i + 1) % polygon.size()];
    const Point c = polygon[(i + 2) % polygon.size()];
    const double turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
    if (std::abs(turn) < kSame) continue;
    if (sign * turn < 0) return false;
    sign = turn;
  }
  return true;
}

std::vector<Polygon> trapezoids_of(const Polygon& polygon) {
  std::vector<double> levels;
  for (const Point& p : polygon) levels.push_back(p.y);
  std::sort(levels.begin(), levels.end());
  levels.erase(
      std::unique(levels.begin(), levels.end(), [](double a, double b) { return b - a < 1e-3; }),
      levels.end());
  std::vector<Polygon> pieces;
  for (std::size_t i = 1; i < levels.size(); ++i) {
    const double y0 = levels[i - 1];
    const double y1 = levels[i];
    const std::vector<Side> sides = sides_across(polygon, (y0 + y1) / 2);
    for (std::size_t k = 0; k + 1 < sides.size(); k += 2) {
      const Side& l = sides[k];
      const Side& r = sides[k + 1];
      pieces.push_back({{x_at(l.top, l.bottom, y0), y0},
                        {x_at(r.top, r.bottom, y0), y0},
                        {x_at(r.top, r.bottom, y1), y1},
                        {x_at(l.top, l.bottom, y1), y1}});
    }
  }
  return pieces;
}

Polygon clipped(const Polygon& convex, const Rect& box) {
  const auto at_x = [](double x) {
    return [x](Point a, Point b) { return Point{x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)}; };
  };
  const auto at_y = [](double y) {
    return [y](Point a, Point b) { return Point{a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y}; };
  };
  Polygon p = keep(
      convex, [&](Point q) { return q.x >= box.x; }, at_x(box.x));
  p = keep(
      p, [&](Point q) { return q.x <= box.right(); }, at_x(box.right()));
  p = keep(
      p, [&](Point q) { return q.y >= box.y; }, at_y(box.y));
  return keep(
      p, [&](Point q) { return q.y <= box.bottom(); }, at_y(box.bottom()));
}

std::vector<Polygon> dashes_of(const Polygon& line, const Dash& dash) {
  if (dash.off <= 0 || dash.on <= 0) return {line};
  std::vector<Polygon> pieces;
  bool drawing = true;
  double left = dash.on;
  Polygon piece = {line.front()};
  for (std::size_t i = 1; i < line.size(); ++i) {
    Point from = line[i - 1];
    double rest = distance(from, line[i]);
    while (rest > left) {
      from = toward(from, line[i], left);
      rest -= left;
      if (drawing) {
        piece.push_back(from);
        pieces.push_back(piece);
      }
      drawing = !drawing;
      left = drawing ? dash.on : dash.off;
      piece = {from};
    }
    left -= rest;
    if (drawing) piece.push_back(line[i]);
  }
  if (drawing && piece.size() > 1) pieces.push_back(piece);
  return pieces;
}

}  // namespace cutaway::viz
