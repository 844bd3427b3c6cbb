#include "viz/scene/lens_scene.h"

#include <algorithm>
#include <cmath>

#include "viz/scene/paragraph.h"
#include "viz/scene/sections.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kLensHead = 40;
constexpr double kSectionHead = 24;
constexpr double kLensRow = 19;
constexpr double kLensMoreLine = 16;
constexpr double kSectionGap = 10;
constexpr double kLensPad = 16;
constexpr double kBetweenMost = 56;  // the cards: where the lines run
constexpr double kKey = 96;
constexpr double kPid = 60;
constexpr double kUser = 96;
constexpr double kPath = 156;
constexpr double kLensNarrow = 300;     // a row of a narrower card has less room for its key
constexpr double kLensCardLeast = 210;  // narrower cards, or …
constexpr double kLinesLeast = 300;     // … lower ones, are lists
constexpr std::size_t kMostRows = 9;
constexpr std::size_t kFewestRows = 2;
constexpr std::size_t kMostLines = 2;  // of one row

/// Where the words of a row begin, from its left end.
struct Columns {
  double value = kKey;
  double more = 0;
};
Columns columns_of(const LensSection& section, double width) {
  const bool narrow = width < kLensNarrow;
  if (section.id == "processes") return narrow ? Columns{46, 46 + 58} : Columns{kPid, kPid + kUser};
  if (section.id == "mounts") return {narrow ? std::min(width * 0.5, kPath) : kPath, 0};
  return {narrow ? 68 : kKey, 0};
}

/// The two lenses with as many rows as there is room for, and where each row stands.
class LensPicture {
 public:
  LensPicture(SceneBuilder& b, const Lens& left, const Lens& right, const Rect& area)
      : b_(b), area_(area), between_(std::clamp(area.w * 0.08, 32.0, kBetweenMost)) {
    const double width = (area.w - between_) / 2;
    sides_[0].box = {area.x, area.y, width, area.h};
    sides_[1].box = {area.right() - width, area.y, width, area.h};
    fits_ = width >= kLensCardLeast && area.h >= kLinesLeast && choose(left, right);
    if (fits_) links_ = lens_links(sides_[0].lens, sides_[1].lens);
  }

  [[nodiscard]] bool fits() const { return fits_; }

  void draw() {
    for (std::size_t side = 0; side < 2; ++side) draw_card(side);
    for (const LensLink& link : links_) draw_link(link);
  }

 private:
  struct Side {
    Lens lens;
    Rect box;
    std::vector<std::vector<Rect>> rows;  ///< by section
  };

  bool choose(const Lens& left, const Lens& right) {
    for (lines_ = kMostLines; lines_ > 0; --lines_) {
      for (std::size_t most = kMostRows; most >= kFewestRows; --most) {
        sides_[0].lens = lens_excerpt(left, right, most);
        sides_[1].lens = lens_excerpt(right, left, most);
        if (place() <= area_.bottom()) return true;
        if (lines_ > 1 && most <= kMostRows / 2) break;  // rather more rows of one line
      }
    }
    return false;
  }

  /// Returns where the last section ends.
  double place() {
    double y = area_.y + kLensHead;
    heads_.clear();
    for (Side& side : sides_) side.rows.clear();
    for (std::size_t s = 0; s < sides_[0].lens.sections.size(); ++s) {
      heads_.push_back(y);
      double end = y;
      for (Side& side : sides_) end = std::max(end, place_rows(side, s, y + kSectionHead));
      y = end + kSectionGap;
    }
    return y - kSectionGap + kLensPad / 2;
  }

  double place_rows(Side& side, std::size_t s, double y) {
    const LensSection& section = side.lens.sections[s];
    std::vector<Rect> rows;
    const double width = side.box.w - 2 * kLensPad;
    for (const LensRow& row : section.rows) {
      const auto more = static_cast<double>(lines_of(section, row, width) - 1);
      rows.push_back({side.box.x + kLensPad, y, width, kLensRow + more * kLensMoreLine});
      y = rows.back().bottom();
    }
    side.rows.push_back(std::move(rows));
    return y;
  }

  static TextStyle mono(Color color, double room) {
    return {.size = type::kSmall, .color = color, .mono = true, .width_max = room};
  }

  std::size_t lines_of(const LensSection& section, const LensRow& row, double width) const {
    if (lines_ == 1 || !row.more.empty()) return 1;
    const bool alone = row.value.empty();
    const double room = alone ? width : width - columns_of(section, width).value;
    const std::size_t lines = paragraph_lines(b_, alone ? row.key : row.value, mono({}, room));
    return std::clamp<std::size_t>(lines, 1, lines_);
  }

  bool is_linked(std::size_t section, std::size_t row, bool left) const {
    return std::any_of(links_.begin(), links_.end(), [&](const LensLink& link) {
      return link.section == section && (left ? link.left : link.right) == row;
    });
  }

  void draw_card(std::size_t which) {
    const Theme& t = b_.theme();
    const Side& side = sides_[which];
    const bool left = which == 0;
    const Rect& box = side.box;
    const Color color = slot_color(t, side.lens.slot);
    const auto id = b_.as("lens:" + side.lens.name);
    b_.rect(box, measure::kRadiusContainer, {t.panel, {}});
    b_.rect(box, measure::kRadiusContainer,
            {color.faded(left ? 0.08 : 0.03), {left ? color : t.line2, left ? 2.0 : 1.2, {}}});
    const double x = tag(b_, {box.x + kLensPad, box.y + 13}, side.lens.slot, {.letter = 17});
    b_.text({x + 10, box.y + 28}, side.lens.name + " sees",
            {.size = type::kLarge, .bold = true, .width_max = box.right() - kLensPad - x - 10});
    for (std::size_t s = 0; s < side.lens.sections.size(); ++s) draw_section(side, s, left);
  }

  void draw_section(const Side& side, std::size_t s, bool left) {
    const Theme& t = b_.theme();
    const LensSection& section = side.lens.sections[s];
    const double x = side.box.x + kLensPad;
    const double right = side.box.right() - kLensPad;
    b_.line({x, heads_[s]}, {right, heads_[s]}, {t.line, 1, {}});
    const TextStyle tool = {
        .size = type::kSmall, .color = t.text3, .mono = true, .anchor = Anchor::End};
    TextStyle title = {.size = type::kSmall, .bold = true};
    // The title says what it is; the tool gives way.
    const bool both =
        b_.width(section.title, title) + 12 + b_.width(section.tool, tool) < right - x;
    const std::string whole = section.title + ": " + section.tool;
    if (!both) title.whole = whole;
    b_.text({x, heads_[s] + 18}, section.title, title);
    if (both) b_.text({right, heads_[s] + 18}, section.tool, tool);
    for (std::size_t i = 0; i < section.rows.size(); ++i)
      draw_row(section, section.rows[i], side.rows[s][i], is_linked(s, i, left));
  }

  void draw_row(const LensSection& section, const LensRow& row, const Rect& at, bool linked) {
    const Theme& t = b_.theme();
    const Color ink = linked ? t.text : t.text2;
    const double y = at.y + kLensRow / 2 + 4.7;
    const Columns columns = columns_of(section, at.w);
    if (!row.rest.empty()) {
      b_.text({at.x, y}, row.key, {.size = type::kSmall, .color = t.text3, .whole = row.rest});
      return;
    }
    if (row.value.empty()) {
      paragraph(b_, {at.x, y}, row.key, mono(ink, at.w), {lines_, kLensMoreLine});
      return;
    }
    TextStyle key = mono(ink, columns.value - 8);
    key.bold = linked && section.id == "processes";
    b_.text({at.x, y}, row.key, key);
    const double room = row.more.empty() ? at.w - columns.value : columns.more - columns.value - 8;
    paragraph(b_, {at.x + columns.value, y}, row.value, mono(ink, room),
              {row.more.empty() ? lines_ : 1, kLensMoreLine});
    if (row.more.empty()) return;
    b_.text({at.x + columns.more, y}, row.more, mono(ink, at.w - columns.more));
  }

  void draw_link(const LensLink& link) {
    const Theme& t = b_.theme();
    const Color color = link.shared ? t.text2 : slot_color(t, sides_[0].lens.slot);
    const Point from = {sides_[0].box.right(), link_y(0, link.section, link.left)};
    const Point to = {sides_[1].box.x, link_y(1, link.section, link.right)};
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
  [[nodiscard]] double link_y(std::size_t side, std::size_t section, std::size_t row) const {
    return sides_[side].rows[section][row].y + kLensRow / 2;
  }

  SceneBuilder& b_;
  Rect area_;
  double between_ = kBetweenMost;
  std::size_t lines_ = 1;
  Side sides_[2];
  std::vector<double> heads_;  ///< where each section begins
  std::vector<LensLink> links_;
  bool fits_ = false;
};

/// What a lens is where there is no room for lines between two of them.
void draw_list(SceneBuilder& b, const Lens& lens, const Rect& area) {
  std::vector<Section> sections;
  for (const LensSection& section : lens.sections) {
    Section list = {section.title, section.tool, {}};
    for (const LensRow& row : section.rows) {
      const std::string said = row.value + (row.more.empty() ? "" : "  " + row.more);
      const bool alone = row.value.empty();
      list.facts.push_back({alone ? "" : row.key, alone ? row.key : said, "", false});
    }
    sections.push_back(std::move(list));
  }
  const auto id = b.as("lens:" + lens.name);
  const Heading heading = {lens.name + " sees", "", type::kMedium};
  draw_sections_card(b, area, {lens.slot, true, heading}, sections);
}

}  // namespace

Scene lens_scene(const Lens& left, const Lens& right, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  LensPicture picture(builder, left, right, area);
  if (picture.fits()) {
    picture.draw();
    return builder.take();
  }
  const double half = (area.w - 8) / 2;
  draw_list(builder, left, {area.x, area.y, half, area.h});
  draw_list(builder, right, {area.right() - half, area.y, half, area.h});
  return builder.take();
}

}  // namespace cutaway::viz
