// Writing marks: transform, opacity and the boxes of labels are applied here, once.
#include "viz/scene/builder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cutaway::viz {
namespace {

// The part of an em that capitals and digits take above the baseline, and what hangs below it.
constexpr double kAboveBaseline = 0.74;
constexpr double kBelowBaseline = 0.20;

std::vector<Corner> arrow_head(Point tip, Point from, double size) {
  const double length = std::hypot(tip.x - from.x, tip.y - from.y);
  const double c = length > 0 ? (tip.x - from.x) / length : 1;
  const double n = length > 0 ? (tip.y - from.y) / length : 0;
  const double half = size * 0.6;
  return {{tip.x, tip.y, 0},
          {tip.x - size * c + half * n, tip.y - size * n - half * c, 0},
          {tip.x - size * c - half * n, tip.y - size * n + half * c, 0}};
}

}  // namespace

SceneBuilder::SceneBuilder(const Theme& theme, const FontMetrics& metrics, const Rect& area)
    : theme_(theme), metrics_(metrics) {
  scene_.area = area;
  scene_.ground = theme.bg;
}

double SceneBuilder::width(std::string_view text, const TextStyle& style) const {
  return metrics_.width(text, style.font());
}

Point SceneBuilder::placed(Point p) const {
  return {p.x * state_.scale + state_.by.x, p.y * state_.scale + state_.by.y};
}

Rect SceneBuilder::placed(const Rect& box) const {
  const Point at = placed(Point{box.x, box.y});
  return {at.x, at.y, box.w * state_.scale, box.h * state_.scale};
}

std::vector<Corner> SceneBuilder::placed(std::vector<Corner> corners) const {
  for (Corner& corner : corners) {
    const Point at = placed(Point{corner.x, corner.y});
    corner = {at.x, at.y, corner.r * state_.scale};
  }
  return corners;
}

Stroke SceneBuilder::seen(Stroke stroke) const {
  stroke.color = seen(stroke.color);
  stroke.width *= state_.scale * theme_.thick;
  stroke.dash = {stroke.dash.on * state_.scale, stroke.dash.off * state_.scale};
  return stroke;
}

void SceneBuilder::rect(const Rect& box, double radius, const Paint& paint) {
  add(RectMark{placed(box), radius * state_.scale, seen(paint)});
}

void SceneBuilder::line(Point from, Point to, const Stroke& stroke) {
  add(PathMark{{placed(from), placed(to)}, seen(stroke), 0});
}

void SceneBuilder::path(std::vector<Point> points, const Stroke& stroke, const PathStyle& style) {
  if (points.size() < 2) {
    return;
  }
  for (Point& p : points) {
    p = placed(p);
  }
  const double half = stroke.width * state_.scale / 2;
  for (std::size_t i = 1; style.travelled && i < points.size(); ++i) {
    const Point a = points[i - 1];
    const Point b = points[i];
    scene_.travelled.push_back({std::min(a.x, b.x) - half, std::min(a.y, b.y) - half,
                                std::abs(a.x - b.x) + 2 * half, std::abs(a.y - b.y) + 2 * half});
  }
  const Point tip = points.back();
  const Point before = points[points.size() - 2];
  add(PathMark{std::move(points), seen(stroke), style.bend * state_.scale});
  if (style.arrow > 0) {
    add(ShapeMark{arrow_head(tip, before, style.arrow * state_.scale), {seen(stroke.color), {}}});
  }
}

void SceneBuilder::shape(std::vector<Corner> corners, const Paint& paint) {
  add(ShapeMark{placed(std::move(corners)), seen(paint)});
}

void SceneBuilder::pattern(std::vector<Corner> corners, Pattern pattern, Color color,
                           Point origin) {
  add(PatternMark{placed(std::move(corners)), pattern, seen(color), placed(origin)});
}

void SceneBuilder::circle(Point at, double radius, const Paint& paint) {
  add(CircleMark{placed(at), radius * state_.scale, seen(paint)});
}

void SceneBuilder::arc(Point at, double radius, double from, double to, const Stroke& stroke) {
  add(ArcMark{placed(at), radius * state_.scale, from, to, seen(stroke)});
}

void SceneBuilder::glow(Point at, double radius, Color color) {
  add(GlowMark{placed(at), radius * state_.scale, seen(color)});
}

double SceneBuilder::text(Point at, std::string_view words, const TextStyle& style) {
  if (state_.afar && !style.afar) return at.x;
  FontStyle font = style.font();
  font.size *= words_scale();
  std::string shown(words);
  if (style.width_max != 0) {
    shown = metrics_.cut(words, font, style.width_max);
  }
  const double w = metrics_.width(shown, font);
  const double left = style.anchor == Anchor::Start ? at.x
                      : style.anchor == Anchor::End ? at.x - w
                                                    : at.x - w / 2;
  const Rect box = {left, at.y - font.size * kAboveBaseline, w,
                    font.size * (kAboveBaseline + kBelowBaseline)};
  // Of a stump nothing is shown, but its place tells.
  const Rect place = {style.anchor == Anchor::End ? at.x - style.width_max : at.x, box.y,
                      std::max(style.width_max, 0.0), box.h};
  note_cut(style.whole.empty() ? words : style.whole, shown, shown.empty() ? place : box);
  if (shown.empty()) {
    return left;
  }
  if (style.label) scene_.labels.push_back({placed(box), shown, LabelBox::Kind::Words});
  font.size *= state_.scale;
  const Color color = seen(style.color.visible() ? style.color : theme_.text);
  add(TextMark{placed(Point{left, at.y}), font, color, std::move(shown), w * state_.scale});
  return left + w;
}

void SceneBuilder::note_cut(std::string_view whole, std::string_view shown, const Rect& box) {
  if (whole == shown) return;
  const Rect at = box.w > 0 ? placed(box) : Rect{};
  scene_.cuts.push_back({state_.id, std::string(whole), std::string(shown), at});
}

void SceneBuilder::reserve(const Rect& box, std::string what, LabelBox::Kind kind) {
  scene_.labels.push_back({placed(box), std::move(what), kind});
}

bool SceneBuilder::is_free(const Rect& box) const {
  const Rect at = placed(box);
  constexpr double rounding = 0.01;
  if (overlap_depth(at, scene_.area) < std::min(at.w, at.h) - rounding) return false;
  return std::none_of(scene_.labels.begin(), scene_.labels.end(),
                      [&](const LabelBox& label) { return overlap_depth(label.box, at) > 1; });
}

void SceneBuilder::hit(std::string id, const Rect& box) {
  scene_.hits.push_back({std::move(id), placed(box)});
}

SceneBuilder::Scope SceneBuilder::as(std::string id) {
  State before = state_;
  state_.id = std::move(id);
  return Scope(*this, std::move(before));
}

SceneBuilder::Scope SceneBuilder::faded(double opacity) {
  State before = state_;
  state_.opacity *= opacity;
  return Scope(*this, std::move(before));
}

SceneBuilder::Scope SceneBuilder::moved(double scale, Point by) {
  State before = state_;
  state_.by = placed(by);
  state_.scale *= scale;
  return Scope(*this, std::move(before));
}

SceneBuilder::Scope SceneBuilder::from_afar() {
  State before = state_;
  state_.afar = true;
  return Scope(*this, std::move(before));
}

std::vector<Corner> corners_of(const Rect& box, double top_left, double top_right,
                               double bottom_right, double bottom_left) {
  return {{box.x, box.y, top_left},
          {box.right(), box.y, top_right},
          {box.right(), box.bottom(), bottom_right},
          {box.x, box.bottom(), bottom_left}};
}

std::vector<Corner> corners_of(const Rect& box, double radius) {
  return corners_of(box, radius, radius, radius, radius);
}

}  // namespace cutaway::viz
