// The primitives of a Scene. Each has a counterpart in ImDrawList and in SVG; opacity is already in
// the colours.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "viz/scene/geometry.h"
#include "viz/scene/metrics.h"
#include "viz/theme/color.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {

// Lengths drawn and left out, in pixels; off == 0 is a solid line.
struct Dash {
  double on = 0;
  double off = 0;
};

struct Stroke {
  Color color = {};
  double width = 1;
  Dash dash;
};

struct Paint {
  Color fill;
  Stroke stroke = {};
};

struct RectMark {
  Rect box;
  double radius = 0;
  Paint paint;
};

// An open line through points; corners are rounded with `bend`.
struct PathMark {
  std::vector<Point> points;
  Stroke stroke = {};
  double bend = 0;
};

struct Corner {
  double x = 0;
  double y = 0;
  double r = 0;
};

// A closed shape with a radius of its own at each corner. It may be concave (the hull), not
// self-crossing.
struct ShapeMark {
  std::vector<Corner> corners;
  Paint paint;
};

// A closed shape filled with a repeating pattern whose tiles are counted from `origin`.
struct PatternMark {
  std::vector<Corner> corners;
  Pattern pattern = Pattern::Hatch;
  Color color = {};
  Point origin;
};

struct CircleMark {
  Point at;
  double radius = 0;
  Paint paint;
};

// Part of a circle; angles in radians, clockwise from the top.
struct ArcMark {
  Point at;
  double radius = 0;
  double from = 0;
  double to = 0;
  Stroke stroke = {};
};

// Light around a point. One textured quad; only the present bead and a full meter have one.
struct GlowMark {
  Point at;
  double radius = 0;
  Color color = {};
};

// `at` is the left end of the baseline.
struct TextMark {
  Point at;
  FontStyle font;
  Color color = {};
  std::string text = {};
  double width = 0;
};

using Shape = std::variant<RectMark, PathMark, ShapeMark, PatternMark, CircleMark, ArcMark,
                           GlowMark, TextMark>;

struct Mark {
  std::string id;  // whose mark this is: "task:4711", "slice:web/mem"; empty for the ground
  Shape shape;
};

}  // namespace cutaway::viz
