// The clock of a grace: a ring that empties, the seconds in it, and what comes at its end.
#include <algorithm>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

constexpr double kTurn = 6.283185307179586;
constexpr double kRingMost = 38;   // radius
constexpr double kRingLeast = 25;  // … with its figure inside
constexpr double kRingWidth = 7;
constexpr double kBesideGap = 14;
constexpr double kGraceBesideLeast = 84;  // room for the words beside it
constexpr double kBalloonRoom = 13;

Color ring_color(const Theme& t, const Grace& grace) {
  return grace.end == GraceEnd::Killed ? t.bad : grace.end == GraceEnd::Ended ? t.ok : t.limit;
}

// What is left of the patience is ring, what has been waited is track with stripes' dashes.
void draw_ring(const ShipDraw& d, const Grace& grace, Point at, double radius) {
  const Theme& t = d.t();
  d.b.circle(at, radius, {{}, {t.line2, kRingWidth, {}}});
  const double used = grace.endless() ? 0 : grace.share();
  if (used < 1) d.b.arc(at, radius, kTurn * used, kTurn, {ring_color(t, grace), kRingWidth, {}});
  d.b.line({at.x, at.y - radius - kRingWidth / 2 - 2}, {at.x, at.y - radius + kRingWidth / 2 + 1},
           {t.text2, 1.5, {}});
}

TextStyle figure_style(const ShipDraw& d, const Grace& grace, double radius) {
  const TextStyle large = {.size = type::kHuge, .bold = true, .anchor = Anchor::Middle};
  const double room = 2 * (radius - kRingWidth);
  TextStyle style = large;
  if (d.b.width(grace_clock(grace), large) > room) style.size = type::kLarge;
  return style;
}

void draw_beside(const ShipDraw& d, const Grace& grace, double x, double middle, double width) {
  const Theme& t = d.t();
  d.b.text({x, middle - 3}, grace_caption(grace),
           {.size = type::kSmall, .color = t.text2, .width_max = width});
  d.b.text({x, middle + 16}, grace_then(grace),
           {.size = type::kSmall,
            .color = grace.end == GraceEnd::Killed ? t.bad : t.text2,
            .bold = true,
            .width_max = width});
}

}  // namespace

bool draw_grace(const ShipDraw& d, const Rect& room) {
  const Grace& grace = *d.model.grace;
  const double radius = std::min({kRingMost, room.h / 2 - kRingWidth, room.w / 2 - kRingWidth});
  if (radius < kRingLeast) return false;
  const bool beside = room.w >= 2 * (radius + kRingWidth) + kBesideGap + kGraceBesideLeast;
  const Point at = {beside ? room.x + radius + kRingWidth + kBalloonRoom : room.mid_x(),
                    room.mid_y()};
  const std::string name = "grace:" + grace.id;
  const auto id = d.b.as(name);
  draw_ring(d, grace, at, radius);
  const TextStyle style = figure_style(d, grace, radius);
  d.b.text({at.x, at.y + style.size * 0.36}, grace_clock(grace), style);
  if (grace.number > 0)
    balloon(d.b, {at.x + radius * 0.72, at.y - radius * 0.72}, grace.number,
            grace.end != GraceEnd::Waits);
  const double x = at.x + radius + kRingWidth + kBesideGap;
  if (beside)
    draw_beside(d, grace, x, at.y, room.right() - x);
  else
    d.b.note_cut(grace_words(grace), grace_clock(grace));
  d.b.hit(name, room);
  return true;
}

}  // namespace cutaway::viz
