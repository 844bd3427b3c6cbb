// Marks of who, how much, and how far: tag, meter, tear, brick, plug.
#include "viz/scene/signs.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cutaway::viz {
namespace {

constexpr double kTearStep = 6;
constexpr double kTearDepth = 3;
constexpr double kOpenEnd = 17;  // room for the sign of infinity behind an open trough
constexpr double kTagTextBig = 18;
constexpr double kNarrowField = 22;
constexpr double kLetterHeight = 0.94;      // of an em: above and below the baseline
constexpr double kLetterLeast = 12.0 / 13;  // words of 13 are never smaller than 12

void host_square(SceneBuilder& b, Point at, double side, double height) {
  b.rect({at.x, at.y + (height - side) / 2, side, side}, measure::kRadiusSwatch,
         {b.theme().host.faded(0.9), {}});
}

std::vector<Point> torn_edge(double x, const Rect& box) {
  const int teeth = std::max(2, static_cast<int>(std::lround(box.h / kTearStep)));
  std::vector<Point> edge;
  for (int i = 0; i <= teeth; ++i) {
    edge.push_back({x + (i % 2 == 1 ? kTearDepth : -kTearDepth), box.y + box.h * i / teeth});
  }
  return edge;
}

// From the 27th container on a letter has a number.
double letter_width(int slot, const TagSize& size) { return size.letter + (slot < 26 ? 0 : 8); }

void open_trough(SceneBuilder& b, const Rect& trough) {
  const Theme& t = b.theme();
  const double r = trough.h / 2;
  b.shape(corners_of(trough, r, 0, 0, r), {t.inset, {}});
  b.path({{trough.right(), trough.y},
          {trough.x, trough.y},
          {trough.x, trough.bottom()},
          {trough.right(), trough.bottom()}},
         {t.text2, 1, {}}, {.bend = r});
  b.text({trough.right() + 3, trough.mid_y() + 5}, "∞",
         {.size = type::kMedium, .color = t.text2, .label = false});
}

/// Where a letter is going to be: from afar it is larger than its surroundings.
Rect letter_place(const SceneBuilder& b, Point foot, int slot, const TextStyle& style) {
  const double w = b.width(slot_letter(slot), style) * b.words_scale();
  const double h = style.size * b.words_scale();
  return {foot.x - w / 2 - 1, foot.y - h * 0.74 - 1, w + 2, h * 0.94 + 2};
}

}  // namespace

double tag_width(int slot, const TagSize& size) {
  return slot < 0 ? size.letter : letter_width(slot, size) + size.band;
}

double tag(SceneBuilder& b, Point at, int slot, const TagSize& size) {
  const double grown = b.words_scale();
  const double height = size.height > 0 ? size.height : size.letter * grown;
  if (slot < 0) {
    host_square(b, at, size.letter, height);
    return at.x + size.letter;
  }
  const Color color = slot_color(b.theme(), slot);
  const Rect field = {at.x, at.y, letter_width(slot, size) * grown, height};
  b.shape(corners_of(field, measure::kRadiusSwatch, 0, 0, measure::kRadiusSwatch), {color, {}});
  const Rect band = {field.right(), at.y, size.band, height};
  b.pattern(corners_of(band), slot_pattern(slot), color, {band.x, band.y});
  b.line({band.right(), at.y + 0.6}, {band.right(), at.y + height - 0.6}, {color, 1, {}});
  // From afar the letter may be larger than its field: it gives way a little, no further.
  const double wished = size.letter < 20 ? type::kSmall : kTagTextBig;
  const double fit = height / (wished * grown * kLetterHeight);
  const double text_size = grown > 1 ? wished * std::clamp(fit, kLetterLeast, 1.0) : wished;
  const double below = grown > 1 ? 0.3 : 0.365;  // of the middle; afar there is no air to share
  const TextStyle style = {.size = text_size,
                           .color = b.theme().on,
                           .bold = true,
                           .anchor = Anchor::Middle,
                           .afar = true};
  const Point foot = {field.mid_x(), field.mid_y() + text_size * grown * below};
  // Nor does it lie upon that of another row: there the pattern alone says who it is.
  if (grown > 1 && !b.is_free(letter_place(b, foot, slot, style))) return band.right();
  b.text(foot, slot_letter(slot), style);
  return band.right();
}

void narrow_tag(SceneBuilder& b, const Rect& box, int slot) {
  const Color color = slot_color(b.theme(), slot);
  const TextStyle letter = {.size = type::kSmall,
                            .color = b.theme().on,
                            .bold = true,
                            .anchor = Anchor::Middle,
                            .afar = true};
  if (b.width(slot_letter(slot), letter) * b.words_scale() + 1 > box.w) {
    b.pattern(corners_of(box, measure::kRadiusSwatch), slot_pattern(slot), color, {box.x, box.y});
    return;
  }
  // At the foot: what comes from above ends at the top.
  const double h = std::min(box.h, kNarrowField);
  const Rect field = {box.x, box.bottom() - h, box.w, h};
  b.shape(corners_of(field, 0, 0, measure::kRadiusSwatch, measure::kRadiusSwatch), {color, {}});
  const Point foot = {field.mid_x(), field.mid_y() + letter.size * 0.365};
  if (b.words_scale() <= 1 || b.is_free(letter_place(b, foot, slot, letter)))
    b.text(foot, slot_letter(slot), letter);
  if (box.h - h < kNarrowField / 2) return;
  const Rect band = {box.x, box.y, box.w, box.h - h};
  b.pattern(corners_of(band), slot_pattern(slot), color.faded(0.6), {band.x, band.y});
}

void meter(SceneBuilder& b, Point left_middle, double width, const Meter& m) {
  const Theme& t = b.theme();
  const double r = m.height / 2;
  const Rect trough = {left_middle.x, left_middle.y - r, m.limited ? width : width - kOpenEnd,
                       m.height};
  if (m.limited) {
    b.rect(trough, r, {t.inset, {t.text2, 1, {}}});
  } else {
    open_trough(b, trough);
  }
  if (m.used > 0) {
    const double fill = std::max((trough.w - 2) * std::min(m.used, 1.0), 5.0);
    b.shape(corners_of({trough.x + 1, trough.y + 1, fill, m.height - 2}, r - 1, 2, 2, r - 1),
            {m.full ? t.limit : m.color, {}});
  }
  if (m.peak > 0) {
    const double x = trough.x + trough.w * std::min(m.peak, 1.0);
    b.line({x, trough.y + 1}, {x, trough.bottom() - 1}, {t.text, 1.5, {}});
  }
  if (m.limited) {
    b.rect({trough.right() - 2, trough.y - 5, 5, m.height + 10}, 1, {m.full ? t.bad : t.text, {}});
  }
}

void tear(SceneBuilder& b, const Rect& box, Color ground, Color edge) {
  const std::vector<Point> left = torn_edge(box.x, box);
  const std::vector<Point> right = torn_edge(box.right(), box);
  std::vector<Corner> hole;
  hole.reserve(left.size() + right.size());
  for (const Point& p : left) hole.push_back({p.x, p.y, 0});
  for (auto p = right.rbegin(); p != right.rend(); ++p) hole.push_back({p->x, p->y, 0});
  b.shape(std::move(hole), {ground, {}});
  b.path(left, {edge, 1.8, {}});
  b.path(right, {edge, 1.8, {}});
}

void brick(SceneBuilder& b, const Rect& box, const Brick& k) {
  const Theme& t = b.theme();
  const bool whole = k.fraction >= 1;
  if (k.fraction > 0) {
    b.rect(box, measure::kRadiusSwatch, {t.inset, {}});
    const Rect inner = box.inset(1.5);
    b.rect({inner.x, inner.y, inner.w * std::min(k.fraction, 1.0), inner.h}, 2,
           {t.host.faded(0.35), {}});
    b.rect(box, measure::kRadiusSwatch,
           {{}, {t.host, k.active ? 2.0 : 1.5, whole ? Dash{} : Dash{5, 4}}});
  } else {
    b.rect(box, measure::kRadiusSwatch, {t.inset, {t.host, 1.5, {5, 4}}});
  }
  const double baseline = box.mid_y() + 5;
  const double room = box.w - 20;
  // What is on its way speaks, what lies there is quiet.
  const bool coming = k.active || (k.fraction > 0 && k.fraction < 1);
  const TextStyle style = {
      .color = coming ? t.text : t.text2, .mono = true, .bold = true, .width_max = room};
  const TextStyle figure = {.size = type::kSmall, .color = t.text2, .anchor = Anchor::End};
  // The figure gives way first: the label says what it is.
  if (b.width(k.label, style) + b.width(k.figure, figure) + 8 <= room) {
    if (!k.figure.empty()) b.text({box.right() - 10, baseline}, k.figure, figure);
  } else {
    b.note_cut(k.figure, "");
  }
  if (!k.label.empty()) b.text({box.x + 10, baseline}, k.label, style);
}

void plug(SceneBuilder& b, Point middle, int number, Color color, bool on) {
  const Rect box = {middle.x - 9, middle.y - 9, 18, 18};
  b.rect(box, measure::kRadiusSwatch, {b.theme().deck[1], {}});
  b.rect(box, measure::kRadiusSwatch,
         {on ? color.faded(0.22) : Color{}, {color, on ? 1.5 : 1.2, {}}});
  b.text({middle.x, middle.y + 4.8}, std::to_string(number),
         {.size = type::kSmall,
          .color = on ? b.theme().text : b.theme().text2,
          .mono = true,
          .bold = on,
          .anchor = Anchor::Middle});
}

}  // namespace cutaway::viz
