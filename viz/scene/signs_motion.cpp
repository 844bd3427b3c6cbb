// Marks of what moves: bead, balloon, flag, wire.
#include <cmath>
#include <utility>

#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kBend = 10;
constexpr double kBeadRadius = 9;
constexpr double kGlowRadius = 30;
constexpr double kFlagPad = 12;
constexpr double kFlagSign = 18;

Point point_between(Point a, Point b, double share) {
  return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

// Cuts a way in two at a distance from its start; the cut is a point of both.
std::pair<std::vector<Point>, std::vector<Point>> cut_at(const std::vector<Point>& points,
                                                         double at) {
  std::vector<Point> before = {points.front()};
  std::vector<Point> after;
  double done = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double step = distance(points[i - 1], points[i]);
    if (after.empty() && at < done + step && step > 0) {
      const Point cut = point_between(points[i - 1], points[i], (at - done) / step);
      before.push_back(cut);
      after.push_back(cut);
    }
    (after.empty() ? before : after).push_back(points[i]);
    done += step;
  }
  return {before, after};
}

}  // namespace

double length_of(const std::vector<Point>& points) {
  double length = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    length += distance(points[i - 1], points[i]);
  }
  return length;
}

Point point_along(const std::vector<Point>& points, double at) {
  if (points.empty()) {
    return {};
  }
  double done = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double step = distance(points[i - 1], points[i]);
    if (at <= done + step && step > 0) {
      return point_between(points[i - 1], points[i], std::max(0.0, (at - done) / step));
    }
    done += step;
  }
  return points.back();
}

double distance_to(const std::vector<Point>& points, Point p) {
  double done = 0;
  double best = 0;
  double nearest = points.empty() ? 0 : distance(points.front(), p);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double step = distance(points[i - 1], points[i]);
    const double along = step > 0 ? ((p.x - points[i - 1].x) * (points[i].x - points[i - 1].x) +
                                     (p.y - points[i - 1].y) * (points[i].y - points[i - 1].y)) /
                                        step
                                  : 0;
    const double on = std::clamp(along, 0.0, step);
    const double away = distance(point_along({points[i - 1], points[i]}, on), p);
    if (away < nearest) {
      nearest = away;
      best = done + on;
    }
    done += step;
  }
  return best;
}

void wire(SceneBuilder& b, const Wire& w) {
  if (w.points.size() < 2) {
    return;
  }
  const auto [before, after] = cut_at(w.points, w.travelled);
  if (after.size() > 1) {
    b.path(after, {w.color.faded(0.7), 2, {2, 5}}, {.bend = kBend});
  }
  if (w.travelled > 0) {
    b.path(before, {b.theme().deck[2].faded(0.8), w.width + 4, {}}, {.bend = kBend});
    b.path(before, {w.color, w.width, {}}, {.bend = kBend, .travelled = true});
  }
}

void bead(SceneBuilder& b, Point at, const Bead& k) {
  const Theme& t = b.theme();
  b.reserve({at.x - 8, at.y - 8, 16, 16}, "(bead)", LabelBox::Kind::Bead);
  if (k.glow > 0) {
    b.glow(at, kGlowRadius, k.color.faded(t.glow * k.glow));
  }
  const Color ground = t.deck[2];
  if (k.kind == BeadKind::Signal) {
    b.shape({{at.x, at.y - 12, 0}, {at.x + 9, at.y, 0}, {at.x, at.y + 12, 0}, {at.x - 9, at.y, 0}},
            {t.bad, {t.deck[1], 2, {}}});
  } else if (k.kind == BeadKind::Call) {
    b.circle(at, kBeadRadius, {k.color, {ground, 2, {}}});
    b.circle(at, 3.5, {t.core, {}});
  } else {
    b.circle(at, kBeadRadius, {ground, {k.kind == BeadKind::Refusal ? t.bad : k.color, 3, {}}});
    if (k.kind == BeadKind::Refusal) {
      cross_mark(b, at, 3.5, {t.bad, 2, {}});
    }
  }
}

void balloon(SceneBuilder& b, Point at, int number, bool done) {
  const Theme& t = b.theme();
  const Color ground = t.deck[2];
  b.circle(at, 10.5, {done ? t.text : ground, {done ? ground : t.text2, 1.5, {}}});
  const std::string label = std::to_string(number);
  b.text({at.x, at.y + 4.8}, label,
         {.size = type::kSmall,
          .color = done ? t.bg : t.text2,
          .bold = true,
          .anchor = Anchor::Middle,
          .label = false});
  b.reserve({at.x - 9, at.y - 9, 18, 18}, "(" + label + ")", LabelBox::Kind::Balloon);
}

void check_mark(SceneBuilder& b, Point at, double scale, const Stroke& stroke) {
  b.path(
      {{at.x, at.y}, {at.x + 4 * scale, at.y + 4 * scale}, {at.x + 11 * scale, at.y - 5 * scale}},
      stroke);
}

void cross_mark(SceneBuilder& b, Point at, double half, const Stroke& stroke) {
  b.line({at.x - half, at.y - half}, {at.x + half, at.y + half}, stroke);
  b.line({at.x - half, at.y + half}, {at.x + half, at.y - half}, stroke);
}

TextStyle flag_text(const Flag& f) { return {.size = f.size, .mono = true, .bold = true}; }

double flag_width(const SceneBuilder& b, const Flag& f) {
  const double text = b.width(f.text, flag_text(f));
  return text + 2 * kFlagPad + (f.verdict == Verdict::None ? 0 : kFlagSign);
}

void flag(SceneBuilder& b, Point left_middle, const Flag& f) {
  const Theme& t = b.theme();
  const Rect box = {left_middle.x, left_middle.y - kFlagHeight / 2, flag_width(b, f), kFlagHeight};
  b.rect(box, kFlagHeight / 2,
         {f.solid ? f.color : t.deck[2], {f.solid ? t.deck[1] : f.color, 2, {}}});
  b.text({box.x + kFlagPad, left_middle.y + 5.2}, f.text,
         {.size = f.size, .color = f.solid ? t.on : t.text, .mono = true, .bold = true});
  if (f.verdict == Verdict::Ok) {
    check_mark(b, {box.right() - 23, left_middle.y}, 1.1, {f.solid ? t.on : t.ok, 2.5, {}});
  } else if (f.verdict == Verdict::Bad) {
    cross_mark(b, {box.right() - 17, left_middle.y}, 5, {f.solid ? t.on : t.bad, 2.5, {}});
  }
}

}  // namespace cutaway::viz
