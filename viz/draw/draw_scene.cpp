// One function for each primitive. Straight edges are set on whole pixels, so that hairlines are
// sharp.
#include "viz/draw/draw_scene.h"

#include <algorithm>
#include <cmath>

#include "viz/draw/shapes.h"

namespace cutaway::viz {
namespace {

constexpr double kPi = 3.14159265358979;

ImU32 packed(Color c) { return IM_COL32(c.r, c.g, c.b, c.a); }

ImVec2 vec(Point p) { return {static_cast<float>(p.x), static_cast<float>(p.y)}; }

bool straight(const std::vector<Point>& points) {
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].x != points[i - 1].x && points[i].y != points[i - 1].y) return false;
  }
  return true;
}

// The middle of a line so that it covers whole pixels.
double snapped(double at, double width_px) {
  const bool odd = static_cast<int>(std::lround(width_px)) % 2 == 1;
  return odd ? std::floor(at) + 0.5 : std::round(at);
}

// A line of whole pixels is two triangles a stretch (it is a texture), any other is six. So a width
// between two becomes the one above it, paler by as much; what is hardly more than the one below
// becomes that.
struct Pen {
  float width = 1;
  ImU32 ink = 0;
};
Pen pen_of(double width_px, Color color) {
  constexpr double kHardly = 0.25;
  const double whole = std::max(1.0, std::ceil(width_px - kHardly));
  return {static_cast<float>(whole), packed(color.faded(std::min(1.0, width_px / whole)))};
}

// The soft edge of a fill is half of its triangles, and cannot be seen where a line lies over it.
class HardFill {
 public:
  HardFill(ImDrawList& list, const Stroke& over) : list_(list), flags_(list.Flags) {
    constexpr int kCovers = 128;  // a paler line lets the fill's edge shine through
    const bool covers = over.color.a >= kCovers && over.dash.off <= 0;
    if (covers) list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
  }
  ~HardFill() { list_.Flags = flags_; }
  HardFill(const HardFill&) = delete;
  HardFill& operator=(const HardFill&) = delete;

 private:
  ImDrawList& list_;
  ImDrawListFlags flags_;
};

class Painter {
 public:
  Painter(ImDrawList& list, const PictureAtlas& atlas, const DrawPlace& place)
      : list_(list), atlas_(atlas), place_(place) {}

  void operator()(const RectMark& m);
  void operator()(const PathMark& m);
  void operator()(const ShapeMark& m);
  void operator()(const PatternMark& m);
  void operator()(const CircleMark& m);
  void operator()(const ArcMark& m);
  void operator()(const GlowMark& m);
  void operator()(const TextMark& m);

 private:
  [[nodiscard]] double px(double units) const { return units * place_.scale; }
  [[nodiscard]] Point px(Point p) const {
    return {p.x * place_.scale + place_.offset.x, p.y * place_.scale + place_.offset.y};
  }
  [[nodiscard]] double line_px(double width) const { return std::max(1.0, px(width)); }

  void stroke(const Polygon& line, const Stroke& s, bool closed);
  void fill(const Polygon& polygon, Color color);
  void fill_block(const Polygon& polygon, const PatternBlock& block, Point block_at, ImU32 color);

  ImDrawList& list_;
  const PictureAtlas& atlas_;
  DrawPlace place_;
  std::vector<ImVec2> points_;
};

void Painter::stroke(const Polygon& line, const Stroke& s, bool closed) {
  if (!s.color.visible() || line.size() < 2) return;
  Polygon whole = line;
  if (closed && s.dash.off > 0) whole.push_back(whole.front());
  const bool dashed = s.dash.off > 0;
  const auto pieces = dashes_of(whole, {px(s.dash.on), px(s.dash.off)});
  const Pen pen = pen_of(line_px(s.width), s.color);
  for (const Polygon& piece : pieces) {
    points_.clear();
    for (const Point& p : piece) points_.push_back(vec(p));
    list_.AddPolyline(points_.data(), static_cast<int>(points_.size()), pen.ink,
                      closed && !dashed ? ImDrawFlags_Closed : ImDrawFlags_None, pen.width);
  }
}

void Painter::fill(const Polygon& polygon, Color color) {
  if (!color.visible() || polygon.size() < 3) return;
  if (is_convex(polygon)) {
    points_.clear();
    for (const Point& p : polygon) points_.push_back(vec(p));
    // ImGui lays its soft fringe outside of a clockwise outline, and inside of any other.
    if (signed_area(polygon) < 0) std::reverse(points_.begin(), points_.end());
    list_.AddConvexPolyFilled(points_.data(), static_cast<int>(points_.size()), packed(color));
    return;
  }
  const ImVec2 uv = atlas_.white();
  for (const Polygon& piece : trapezoids_of(polygon)) {
    list_.PrimReserve(6, 4);
    list_.PrimQuadUV(vec(piece[0]), vec(piece[1]), vec(piece[2]), vec(piece[3]), uv, uv, uv, uv,
                     packed(color));
  }
}

void Painter::operator()(const RectMark& m) {
  const Point at = px(Point{m.box.x, m.box.y});
  const Point to = px(Point{m.box.right(), m.box.bottom()});
  const Rect box = {std::round(at.x), std::round(at.y),
                    std::max(1.0, std::round(to.x) - std::round(at.x)),
                    std::max(1.0, std::round(to.y) - std::round(at.y))};
  const auto radius = static_cast<float>(px(m.radius));
  if (m.paint.fill.visible()) {
    const HardFill hard(list_, m.paint.stroke);
    list_.AddRectFilled(vec({box.x, box.y}), vec({box.right(), box.bottom()}), packed(m.paint.fill),
                        radius);
  }
  if (!m.paint.stroke.color.visible()) return;
  const Pen pen = pen_of(line_px(m.paint.stroke.width), m.paint.stroke.color);
  const double in = static_cast<int>(pen.width) % 2 == 1 ? 0.5 : 0.0;
  const Rect line = box.inset(in);
  if (m.paint.stroke.dash.off > 0) {
    stroke(outline_of(corners_of_rect(line, radius), 1), m.paint.stroke, true);
    return;
  }
  list_.PathRect(vec({line.x, line.y}), vec({line.right(), line.bottom()}), std::max(0.0F, radius));
  list_.PathStroke(pen.ink, ImDrawFlags_Closed, pen.width);
}

void Painter::operator()(const PathMark& m) {
  const bool snap = straight(m.points);
  const double width = static_cast<double>(pen_of(line_px(m.stroke.width), m.stroke.color).width);
  std::vector<Point> points;
  for (const Point& p : m.points) {
    const Point at = px(p);
    points.push_back(snap ? Point{snapped(at.x, width), snapped(at.y, width)} : at);
  }
  stroke(line_of(points, px(m.bend), 1), m.stroke, false);
}

void Painter::operator()(const ShapeMark& m) {
  std::vector<Corner> corners;
  for (const Corner& c : m.corners) {
    const Point at = px(Point{c.x, c.y});
    corners.push_back({at.x, at.y, px(c.r)});
  }
  const Polygon polygon = outline_of(corners, 1);
  {
    const HardFill hard(list_, m.paint.stroke);
    fill(polygon, m.paint.fill);
  }
  stroke(polygon, m.paint.stroke, true);
}

void Painter::fill_block(const Polygon& polygon, const PatternBlock& block, Point block_at,
                         ImU32 color) {
  const float side = static_cast<float>(block.side_px);
  const auto uv = [&](Point p) {
    return ImVec2(
        block.uv0.x + (block.uv1.x - block.uv0.x) * static_cast<float>(p.x - block_at.x) / side,
        block.uv0.y + (block.uv1.y - block.uv0.y) * static_cast<float>(p.y - block_at.y) / side);
  };
  const int n = static_cast<int>(polygon.size());
  list_.PrimReserve((n - 2) * 3, n);
  const unsigned first = list_._VtxCurrentIdx;
  for (int i = 2; i < n; ++i) {
    list_.PrimWriteIdx(static_cast<ImDrawIdx>(first));
    list_.PrimWriteIdx(static_cast<ImDrawIdx>(first + static_cast<unsigned>(i) - 1));
    list_.PrimWriteIdx(static_cast<ImDrawIdx>(first + static_cast<unsigned>(i)));
  }
  for (const Point& p : polygon) list_.PrimWriteVtx(vec(p), uv(p), color);
}

// A texture region in an atlas cannot repeat, so the shape is cut along a grid of blocks.
void Painter::operator()(const PatternMark& m) {
  const PatternBlock& block = atlas_.pattern(m.pattern);
  const double side = block.side_px;
  const Point raw = px(m.origin);
  const Point origin = {std::round(raw.x), std::round(raw.y)};
  std::vector<Corner> corners;
  for (const Corner& c : m.corners) {
    const Point at = px(Point{c.x, c.y});
    const bool square = c.r == 0;
    corners.push_back(
        {square ? std::round(at.x) : at.x, square ? std::round(at.y) : at.y, px(c.r)});
  }
  for (const Polygon& piece : trapezoids_of(outline_of(corners, 0.5))) {
    const double left = std::min(piece[0].x, piece[3].x);
    const double right = std::max(piece[1].x, piece[2].x);
    const double first_x = origin.x + std::floor((left - origin.x) / side) * side;
    const double first_y = origin.y + std::floor((piece[0].y - origin.y) / side) * side;
    for (double y = first_y; y < piece[3].y; y += side) {
      for (double x = first_x; x < right; x += side) {
        const Polygon part = clipped(piece, {x, y, side, side});
        if (part.size() > 2) fill_block(part, block, {x, y}, packed(m.color));
      }
    }
  }
}

void Painter::operator()(const CircleMark& m) {
  const Point at = px(m.at);
  const auto radius = static_cast<float>(px(m.radius));
  if (m.paint.fill.visible()) {
    const HardFill hard(list_, m.paint.stroke);
    list_.AddCircleFilled(vec(at), radius, packed(m.paint.fill));
  }
  if (!m.paint.stroke.color.visible()) return;
  const Pen pen = pen_of(line_px(m.paint.stroke.width), m.paint.stroke.color);
  list_.PathArcTo(vec(at), radius, 0, static_cast<float>(2 * kPi * 0.999), 0);
  list_.PathStroke(pen.ink, ImDrawFlags_Closed, pen.width);
}

void Painter::operator()(const ArcMark& m) {
  list_.PathArcTo(vec(px(m.at)), static_cast<float>(px(m.radius)),
                  static_cast<float>(m.from - kPi / 2), static_cast<float>(m.to - kPi / 2), 0);
  const Pen pen = pen_of(line_px(m.stroke.width), m.stroke.color);
  list_.PathStroke(pen.ink, ImDrawFlags_None, pen.width);
}

void Painter::operator()(const GlowMark& m) {
  const PatternBlock& block = atlas_.glow();
  const Point at = px(m.at);
  const double r = px(m.radius);
  list_.PrimReserve(6, 4);
  list_.PrimRectUV(vec({at.x - r, at.y - r}), vec({at.x + r, at.y + r}), block.uv0, block.uv1,
                   packed(m.color));
}

void Painter::operator()(const TextMark& m) {
  if (!m.color.visible()) return;
  const BakedFont& baked = atlas_.font(m.font);
  // Of the size that is baked, unless the picture is zoomed.
  const double zoom = m.font.size / baked.style.size * place_.scale / atlas_.scale();
  const Point at = px(m.at);
  const ImVec2 top_left =
      vec({std::round(at.x), std::round(at.y) - std::round(baked.baseline_px * zoom)});
  list_.AddText(baked.font, baked.line_px() * static_cast<float>(zoom), top_left, packed(m.color),
                m.text.data(), m.text.data() + m.text.size());
}

}  // namespace

void draw_scene(const Scene& scene, ImDrawList& list, const PictureAtlas& atlas,
                const DrawPlace& place) {
  Painter painter(list, atlas, place);
  for (const Mark& mark : scene.marks)
    std::visit([&painter](const auto& shape) { painter(shape); }, mark.shape);
}

}  // namespace cutaway::viz
