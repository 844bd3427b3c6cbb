// One element for each primitive.
#include "viz/export/svg.h"

#include <cmath>
#include <map>

namespace cutaway::viz {
namespace {

// One decimal, without locale and without trailing zeros.
std::string svg_number(double value) {
  const long tenths = std::lround(value * 10);
  const std::string sign = tenths < 0 ? "-" : "";
  const long size = std::labs(tenths);
  std::string text = sign + std::to_string(size / 10);
  return size % 10 == 0 ? text : text + "." + std::to_string(size % 10);
}

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + value + "\"";
}

std::string attribute(const char* name, double value) { return attribute(name, svg_number(value)); }

std::string svg_color(Color c) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string text = "#";
  for (const int channel : {c.r, c.g, c.b}) {
    text += kDigits[channel / 16];
    text += kDigits[channel % 16];
  }
  return text;
}

std::string opacity(const char* name, Color c) {
  if (c.a == 255) return "";
  const int thousandths = (c.a * 1000 + 127) / 255;
  const std::string digits = std::to_string(1000 + thousandths).substr(1);
  return attribute(name, "0." + digits);
}

std::string svg_fill(Color c) {
  return c.visible() ? attribute("fill", svg_color(c)) + opacity("fill-opacity", c)
                     : attribute("fill", std::string("none"));
}

std::string svg_stroke(const Stroke& s) {
  if (!s.color.visible()) return "";
  const std::string dash =
      s.dash.off > 0
          ? attribute("stroke-dasharray", svg_number(s.dash.on) + " " + svg_number(s.dash.off))
          : "";
  return attribute("stroke", svg_color(s.color)) + opacity("stroke-opacity", s.color) +
         attribute("stroke-width", s.width) + dash;
}

std::string svg_paint(const Paint& p) { return svg_fill(p.fill) + svg_stroke(p.stroke); }

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string at(Point p) { return svg_number(p.x) + "," + svg_number(p.y); }

Point bend_end(Point from, Point to, double by) {
  const double d = std::hypot(to.x - from.x, to.y - from.y);
  return d <= 0 ? from
                : Point{from.x + (to.x - from.x) / d * by, from.y + (to.y - from.y) / d * by};
}

// A corner of a path: a line to where the bend begins, and the bend.
std::string bend(Point before, Point corner, Point after, double radius) {
  const double a = std::hypot(corner.x - before.x, corner.y - before.y);
  const double b = std::hypot(after.x - corner.x, after.y - corner.y);
  const double r = std::min({radius, a / 2, b / 2});
  if (r < 1) return "L" + at(corner);
  return "L" + at(bend_end(corner, before, r)) + "Q" + at(corner) + " " +
         at(bend_end(corner, after, r));
}

std::string closed_path(const std::vector<Corner>& corners) {
  std::string d;
  const std::size_t n = corners.size();
  for (std::size_t i = 0; i < n; ++i) {
    const Corner& before = corners[(i + n - 1) % n];
    const Corner& after = corners[(i + 1) % n];
    d += bend({before.x, before.y}, {corners[i].x, corners[i].y}, {after.x, after.y}, corners[i].r);
  }
  if (!d.empty()) d[0] = 'M';
  return d + "Z";
}

const char* tile_strokes(Pattern pattern) {
  switch (pattern) {
    case Pattern::Dots:
      return R"(<circle cx="2" cy="2" r="1.3" fill="C"/><circle cx="6" cy="6" r="1.3" fill="C"/>)";
    case Pattern::Dashes:
      return R"(<path d="M1,2.5 H6 M6,7.5 H10 M0,7.5 H1" stroke="C" stroke-width="1.6"/>)";
    case Pattern::Bars:
      return R"(<path d="M2,0 V7" stroke="C" stroke-width="1.6"/>)";
    case Pattern::Plus:
      return R"(<path d="M5,2 V8 M2,5 H8" stroke="C" stroke-width="1.3"/>)";
    case Pattern::Rings:
      return R"(<circle cx="5" cy="5" r="2.6" stroke="C" stroke-width="1.2" fill="none"/>)";
    case Pattern::Checks:
      return R"(<path d="M0,0h4v4h-4z M4,4h4v4h-4z" fill="C"/>)";
    case Pattern::Waves:
      return R"(<path d="M0,6 Q3,1 6,6 T12,6" stroke="C" stroke-width="1.4" fill="none"/>)";
    case Pattern::Chevrons:
      return R"(<path d="M1,7 L5,3 L9,7" stroke="C" stroke-width="1.4" fill="none"/>)";
    case Pattern::Hatch:
      return R"(<path d="M-1,8 L8,-1 M-1,1 L1,-1 M6,8 L8,6" stroke="C"/>)";
    case Pattern::Stop:
      return R"(<path d="M-2,10 L10,-2 M-2,2 L2,-2 M6,10 L10,6" stroke="C" stroke-width="3"/>)";
  }
  return "";
}

class SvgWriter {
 public:
  void operator()(const RectMark& m) {
    body += "<rect" + attribute("x", m.box.x) + attribute("y", m.box.y) +
            attribute("width", m.box.w) + attribute("height", m.box.h) +
            (m.radius > 0 ? attribute("rx", m.radius) : "") + svg_paint(m.paint) + "/>\n";
  }
  void operator()(const PathMark& m) {
    std::string d = "M" + at(m.points.front());
    for (std::size_t i = 1; i + 1 < m.points.size(); ++i)
      d += bend(m.points[i - 1], m.points[i], m.points[i + 1], m.bend);
    body += "<path" + attribute("d", d + "L" + at(m.points.back())) + svg_fill({}) +
            svg_stroke(m.stroke) + "/>\n";
  }
  void operator()(const ShapeMark& m) {
    body += "<path" + attribute("d", closed_path(m.corners)) + svg_paint(m.paint) + "/>\n";
  }
  void operator()(const CircleMark& m) {
    body += "<circle" + attribute("cx", m.at.x) + attribute("cy", m.at.y) +
            attribute("r", m.radius) + svg_paint(m.paint) + "/>\n";
  }
  void operator()(const ArcMark& m);
  void operator()(const GlowMark& m);
  void operator()(const PatternMark& m);
  void operator()(const TextMark& m);

  std::string body;
  std::map<std::string, std::string> defs;  // by id: the same tile or glow is written once
};

void SvgWriter::operator()(const ArcMark& m) {
  const auto on_circle = [&](double angle) {
    return Point{m.at.x + m.radius * std::sin(angle), m.at.y - m.radius * std::cos(angle)};
  };
  const bool large = m.to - m.from > 3.14159265358979;
  const std::string d = "M" + at(on_circle(m.from)) + "A" + svg_number(m.radius) + "," +
                        svg_number(m.radius) + " 0 " + (large ? "1" : "0") + " 1 " +
                        at(on_circle(m.to));
  body += "<path" + attribute("d", d) + svg_fill({}) + svg_stroke(m.stroke) + "/>\n";
}

void SvgWriter::operator()(const GlowMark& m) {
  const std::string id = "glow" + svg_color(m.color).substr(1);
  const std::string stop = "\" stop-color=\"" + svg_color(m.color) + "\" stop-opacity=\"";
  defs[id] = "<radialGradient id=\"" + id + "\"><stop offset=\"0" + stop +
             "0.9\"/><stop offset=\"0.35" + stop + "0.35\"/><stop offset=\"1" + stop +
             "0\"/></radialGradient>\n";
  body += "<circle" + attribute("cx", m.at.x) + attribute("cy", m.at.y) + attribute("r", m.radius) +
          attribute("fill", "url(#" + id + ")") + opacity("opacity", m.color) + "/>\n";
}

void SvgWriter::operator()(const PatternMark& m) {
  const double tile = pattern_tile_px(m.pattern);
  const Point shift = {std::fmod(m.origin.x, tile), std::fmod(m.origin.y, tile)};
  std::string id = pattern_name(m.pattern) + svg_color(m.color).substr(1) + "-" +
                   svg_number(shift.x) + "-" + svg_number(shift.y);
  std::string strokes = tile_strokes(m.pattern);
  for (std::size_t c = strokes.find("\"C\""); c != std::string::npos; c = strokes.find("\"C\"")) {
    strokes.replace(c + 1, 1, svg_color(m.color));
  }
  defs[id] = "<pattern id=\"" + id + "\" patternUnits=\"userSpaceOnUse\"" +
             attribute("width", tile) + attribute("height", tile) +
             attribute("patternTransform", "translate(" + at(shift) + ")") + ">" + strokes +
             "</pattern>\n";
  body += "<path" + attribute("d", closed_path(m.corners)) + attribute("fill", "url(#" + id + ")") +
          opacity("opacity", m.color) + "/>\n";
}

void SvgWriter::operator()(const TextMark& m) {
  body += "<text" + attribute("x", m.at.x) + attribute("y", m.at.y) +
          attribute("font-family",
                    std::string(m.font.mono ? "JetBrains Mono, monospace" : "Inter, sans-serif")) +
          attribute("font-size", m.font.size) +
          (m.font.bold ? attribute("font-weight", std::string(m.font.mono ? "700" : "600")) : "") +
          svg_fill(m.color) + " xml:space=\"preserve\">" + escaped(m.text) + "</text>\n";
}

}  // namespace

std::string svg(const std::vector<Scene>& scenes, double width, double height) {
  SvgWriter writer;
  for (const Scene& scene : scenes) {
    for (const Mark& mark : scene.marks)
      std::visit([&writer](const auto& shape) { writer(shape); }, mark.shape);
  }
  std::string defs;
  for (const auto& [id, text] : writer.defs) defs += text;
  const std::string ground = scenes.empty() ? ""
                                            : "<rect width=\"100%\" height=\"100%\"" +
                                                  svg_fill(scenes.front().ground) + "/>\n";
  return "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width) +
         attribute("height", height) +
         attribute("viewBox", "0 0 " + svg_number(width) + " " + svg_number(height)) +
         ">\n<defs>\n" + defs + "</defs>\n" + ground + writer.body + "</svg>\n";
}

std::string svg(const Scene& scene) {
  return svg(std::vector<Scene>{scene}, scene.area.right(), scene.area.bottom());
}

}  // namespace cutaway::viz
