#include "viz/scene/lens_scene.h"

#include <algorithm>

#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kHead = 40;
constexpr double kSectionHead = 24;
constexpr double kRow = 19;
constexpr double kSectionGap = 10;
constexpr double kPad = 16;
constexpr double kBetween = 56;  // the cards: where the lines run
constexpr double kKey = 96;
constexpr double kPid = 60;
constexpr double kPath = 156;
constexpr std::size_t kMostRows = 9;

std::size_t rows_of(const Lens& left, const Lens& right, std::size_t section) {
  return std::max(left.sections[section].rows.size(), right.sections[section].rows.size());
}

double height_of(const Lens& left, const Lens& right) {
  double height = kHead + kPad / 2;
  for (std::size_t s = 0; s < left.sections.size(); ++s) {
    height += kSectionHead + static_cast<double>(rows_of(left, right, s)) * kRow + kSectionGap;
  }
  return height;
}

struct Pair {
  Lens left, right;
};

/// As many rows as there is room for.
Pair fitting(const Lens& left, const Lens& right, double room) {
  for (std::size_t most = kMostRows; most > 2; --most) {
    Pair pair = {lens_excerpt(left, right, most), lens_excerpt(right, left, most)};
    if (height_of(pair.left, pair.right) <= room) return pair;
  }
  return {lens_excerpt(left, right, 2), lens_excerpt(right, left, 2)};
}

class LensPicture {
 public:
  LensPicture(SceneBuilder& b, const Pair& pair, const Rect& area)
      : b_(b), pair_(pair), links_(lens_links(pair.left, pair.right)) {
    const double width = (area.w - kBetween) / 2;
    left_ = {area.x, area.y, width, area.h};
    right_ = {area.right() - width, area.y, width, area.h};
  }

  void draw() {
    draw_card(pair_.left, left_, true);
    draw_card(pair_.right, right_, false);
    for (const LensLink& link : links_) draw_link(link);
  }

 private:
  double section_y(std::size_t section) const {
    double y = left_.y + kHead;
    for (std::size_t s = 0; s < section; ++s) {
      y += kSectionHead + static_cast<double>(rows_of(pair_.left, pair_.right, s)) * kRow +
           kSectionGap;
    }
    return y;
  }
  double row_y(std::size_t section, std::size_t row) const {
    return section_y(section) + kSectionHead + (static_cast<double>(row) + 0.5) * kRow;
  }

  bool is_linked(std::size_t section, std::size_t row, bool left) const {
    return std::any_of(links_.begin(), links_.end(), [&](const LensLink& link) {
      return link.section == section && (left ? link.left : link.right) == row;
    });
  }

  void draw_card(const Lens& lens, const Rect& box, bool left) {
    const Theme& t = b_.theme();
    const Color color = slot_color(t, lens.slot);
    const auto id = b_.as("lens:" + lens.name);
    b_.rect(box, measure::kRadiusContainer, {t.panel, {}});
    b_.rect(box, measure::kRadiusContainer,
            {color.faded(left ? 0.08 : 0.03), {left ? color : t.line2, left ? 2.0 : 1.2, {}}});
    const double x = tag(b_, {box.x + kPad, box.y + 13}, lens.slot, {.letter = 17});
    b_.text({x + 10, box.y + 28}, lens.name + " sees",
            {.size = type::kLarge, .bold = true, .width_max = box.right() - kPad - x - 10});
    for (std::size_t s = 0; s < lens.sections.size(); ++s) draw_section(lens, s, box, left);
  }

  void draw_section(const Lens& lens, std::size_t s, const Rect& box, bool left) {
    const Theme& t = b_.theme();
    const LensSection& section = lens.sections[s];
    const double y = section_y(s);
    b_.line({box.x + kPad, y}, {box.right() - kPad, y}, {t.line, 1, {}});
    const double end =
        b_.text({box.x + kPad, y + 18}, section.title, {.size = type::kSmall, .bold = true});
    const TextStyle tool = {
        .size = type::kSmall, .color = t.text3, .mono = true, .anchor = Anchor::End};
    // The title says what it is; the tool gives way.
    if (b_.width(section.tool, tool) < box.right() - kPad - end - 12)
      b_.text({box.right() - kPad, y + 18}, section.tool, tool);
    for (std::size_t i = 0; i < section.rows.size(); ++i) {
      draw_row(section, section.rows[i], {box.x + kPad, row_y(s, i) + 4.7, box.w - 2 * kPad, 0},
               is_linked(s, i, left));
    }
  }

  /// `at`: the baseline, and how wide the row may be.
  void draw_row(const LensSection& section, const LensRow& row, const Rect& at, bool linked) {
    const Theme& t = b_.theme();
    const bool three = section.id == "processes";
    const Color ink = linked ? t.text : t.text2;
    if (row.value.empty()) {
      b_.text({at.x, at.y}, row.key,
              {.size = type::kSmall, .color = ink, .mono = true, .width_max = at.w});
      return;
    }
    const double value_at = three ? kPid : section.id == "mounts" ? kPath : kKey;
    b_.text({at.x, at.y}, row.key,
            {.size = type::kSmall,
             .color = ink,
             .mono = true,
             .bold = linked && three,
             .width_max = value_at - 8});
    const double value_room = three ? kKey - 8 : at.w - value_at;
    const double room = row.more.empty() ? at.w - value_at : value_room;
    b_.text({at.x + value_at, at.y}, row.value,
            {.size = type::kSmall, .color = ink, .mono = true, .width_max = room});
    if (row.more.empty()) return;
    b_.text(
        {at.x + value_at + kKey, at.y}, row.more,
        {.size = type::kSmall, .color = ink, .mono = true, .width_max = at.w - value_at - kKey});
  }

  void draw_link(const LensLink& link) {
    const Theme& t = b_.theme();
    const Color color = link.shared ? t.text2 : slot_color(t, pair_.left.slot);
    const Point from = {left_.right(), row_y(link.section, link.left)};
    const Point to = {right_.x, row_y(link.section, link.right)};
    const Stroke stroke = {color, link.shared ? 1.5 : 2.0, link.shared ? Dash{3, 3} : Dash{}};
    const double mid = (from.x + to.x) / 2;
    if (from.y == to.y)
      b_.line(from, to, stroke);
    else
      b_.path({from, {mid, from.y}, {mid, to.y}, to}, stroke, {.bend = 10});
    const Paint end = {link.shared ? t.bg : color, {color, 1.8, {}}};
    b_.circle(from, 4.5, end);
    b_.circle(to, 4.5, end);
  }

  SceneBuilder& b_;
  const Pair& pair_;
  std::vector<LensLink> links_;
  Rect left_, right_;
};

}  // namespace

Scene lens_scene(const Lens& left, const Lens& right, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  const Pair pair = fitting(left, right, area.h);
  LensPicture(builder, pair, area).draw();
  return builder.take();
}

}  // namespace cutaway::viz
