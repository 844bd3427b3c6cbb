// The scene as text. Its form is part of golden tests: numbers in half pixels, colours as in the
// tokens.
#include <cmath>
#include <cstdio>

#include "viz/scene/scene.h"

namespace cutaway::viz {
namespace {

// Half pixels: finer differences cannot be seen, and may come from another compiler's rounding.
std::string half_pixels(double value) {
  const long halves = std::lround(value * 2);
  const long whole = halves / 2;
  std::string text = halves < 0 && whole == 0 ? "-0" : std::to_string(whole);
  return halves % 2 == 0 ? text : text + ".5";
}

std::string point(Point p) { return half_pixels(p.x) + "," + half_pixels(p.y); }

std::string extent(const Rect& box) {
  return point({box.x, box.y}) + " " + half_pixels(box.w) + "x" + half_pixels(box.h);
}

std::string color(Color c) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, c.a == 255 ? "#%02X%02X%02X" : "#%02X%02X%02X/%02X", c.r,
                c.g, c.b, c.a);
  return buffer;
}

std::string stroke(const Stroke& s) {
  if (!s.color.visible()) {
    return "";
  }
  const std::string dash = s.dash.off > 0 ? " dash" : "";
  return " line " + color(s.color) + " " + half_pixels(s.width) + dash;
}

std::string paint(const Paint& p) {
  return (p.fill.visible() ? " fill " + color(p.fill) : "") + stroke(p.stroke);
}

std::string corners(const std::vector<Corner>& list) {
  std::string text;
  for (const Corner& corner : list) {
    text += " " + point({corner.x, corner.y});
  }
  return text;
}

struct Line {
  std::string operator()(const RectMark& m) const {
    return "rect " + extent(m.box) + paint(m.paint);
  }
  std::string operator()(const ShapeMark& m) const {
    return "shape" + corners(m.corners) + paint(m.paint);
  }
  std::string operator()(const CircleMark& m) const {
    return "circle " + point(m.at) + " r" + half_pixels(m.radius) + paint(m.paint);
  }
  std::string operator()(const ArcMark& m) const {
    return "arc " + point(m.at) + " r" + half_pixels(m.radius) + stroke(m.stroke);
  }
  std::string operator()(const GlowMark& m) const {
    return "glow " + point(m.at) + " r" + half_pixels(m.radius) + " " + color(m.color);
  }
  std::string operator()(const PatternMark& m) const {
    return std::string("pattern ") + pattern_name(m.pattern) + corners(m.corners) + " " +
           color(m.color);
  }
  std::string operator()(const PathMark& m) const {
    std::string text = "path";
    for (const Point& p : m.points) {
      text += " " + point(p);
    }
    return text + stroke(m.stroke);
  }
  std::string operator()(const TextMark& m) const {
    const std::string face =
        std::string(m.font.mono ? "mono" : "words") + (m.font.bold ? " bold " : " ");
    return "text " + point(m.at) + " " + face + half_pixels(m.font.size) + " " + color(m.color) +
           " \"" + m.text + "\"";
  }
};

}  // namespace

std::string to_text(const Scene& scene) {
  std::string text = "scene " + extent(scene.area) + "\n";
  for (const Mark& mark : scene.marks) {
    text += (mark.id.empty() ? "-" : mark.id) + " " + std::visit(Line{}, mark.shape) + "\n";
  }
  return text;
}

}  // namespace cutaway::viz
