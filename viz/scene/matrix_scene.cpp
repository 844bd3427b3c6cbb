#include "viz/scene/matrix_scene.h"

#include <algorithm>

#include "viz/scene/paragraph.h"
#include "viz/scene/sections.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kMatrixPad = 24;
constexpr double kMatrixHead = 78;
constexpr double kMatrixRowMax = 120;
constexpr double kMatrixRowMin = 46;
constexpr double kRowWords = 78;  // from here on a cell says what its table holds
constexpr double kRowTwo = 110;   // … in two lines
constexpr double kNode = 9;
constexpr double kMatrixColumnLeast = 78;  // narrower columns, or …
constexpr double kMatrixRoomLeast = 190;   // … hardly a row below the heads: a list
constexpr double kNamesLeast = 170;
constexpr double kMatrixLine = 16;

class MatrixPicture {
 public:
  MatrixPicture(SceneBuilder& b, const Matrix& matrix, const Rect& area)
      : b_(b), m_(matrix), box_(area.inset(8)) {
    const double room = box_.h - kMatrixHead - kMatrixPad / 2;
    const auto fit = static_cast<std::size_t>(std::max(1.0, room / kMatrixRowMin));
    shown_ = m_.rows.size() <= fit ? m_.rows.size() : fit - 1;
    const std::size_t lines = std::min(m_.rows.size(), fit);
    pitch_ = std::clamp(room / static_cast<double>(std::max<std::size_t>(lines, 1)), kMatrixRowMin,
                        kMatrixRowMax);
    names_w_ = std::clamp(box_.w * 0.22, kNamesLeast, 330.0);
  }

  [[nodiscard]] bool fits() const {
    return column_w() >= kMatrixColumnLeast && box_.h >= kMatrixRoomLeast;
  }

  void draw() {
    const Theme& t = b_.theme();
    b_.rect(box_, measure::kRadiusContainer, {t.deck[2], {t.edge.faded(0.55), 1, {}}});
    for (std::size_t c = 0; c < kMatrixColumns; ++c) draw_head(c);
    for (std::size_t r = 0; r < shown_; ++r) draw_rail(r);
    for (std::size_t r = 0; r < shown_; ++r) {
      for (std::size_t c = 0; c < kMatrixColumns; ++c) draw_link(r, c);
    }
    for (std::size_t r = 0; r < shown_; ++r) {
      for (std::size_t c = 0; c < kMatrixColumns; ++c) draw_cell(r, c);
    }
    if (shown_ == m_.rows.size()) return;
    std::string rest;
    for (std::size_t r = shown_; r < m_.rows.size(); ++r)
      rest += (rest.empty() ? "" : "\n") + m_.rows[r].name + ": " + m_.rows[r].members;
    b_.text({box_.x + kMatrixPad, row_y(shown_) + 5},
            "+ " + std::to_string(m_.rows.size() - shown_) + " more",
            {.size = type::kSmall, .color = t.text2, .whole = rest});
  }

 private:
  double column_w() const { return (box_.w - names_w_ - 2 * kMatrixPad) / kMatrixColumns; }
  /// Of the nodes: at the left of their cells, so that words have the rest.
  double column_x(std::size_t c) const { return cell_x(c) + kNode + 4; }
  double cell_x(std::size_t c) const {
    return box_.x + kMatrixPad + names_w_ + static_cast<double>(c) * column_w();
  }
  double row_y(std::size_t r) const {
    return box_.y + kMatrixHead + (static_cast<double>(r) + 0.5) * pitch_ -
           (pitch_ > kMatrixRowMin ? 10 : 4);
  }
  double words_room() const { return column_w() - 2 * kNode - 4 - 5 - 4; }

  void draw_head(std::size_t c) {
    const Theme& t = b_.theme();
    const double x = column_x(c) - kNode;
    const double room = column_w() - 8;
    b_.text({x, box_.y + 28}, m_.kinds[c], {.size = type::kMedium, .mono = true, .bold = true});
    paragraph(b_, {x, box_.y + 46}, m_.holds[c],
              {.size = type::kSmall, .color = t.text3, .width_max = room}, {2, kMatrixLine});
    b_.line({x, box_.y + 70}, {x + room, box_.y + 70}, {t.line, 1, {}});
  }

  void draw_rail(std::size_t r) {
    const Theme& t = b_.theme();
    const MatrixRow& row = m_.rows[r];
    const double y = row_y(r);
    const auto id = b_.as("row:" + row.name);
    const double x = tag(b_, {box_.x + kMatrixPad, y - 17}, row.slot, {.letter = 17});
    const double room = box_.x + kMatrixPad + names_w_ - 16 - x - 8;
    b_.text({x + 8, y - 3}, row.name, {.size = type::kMedium, .bold = true, .width_max = room});
    paragraph(b_, {box_.x + kMatrixPad, y + 18}, row.members,
              {.size = type::kSmall, .color = t.text2, .mono = true, .width_max = names_w_ - 16},
              {pitch_ >= kRowTwo ? std::size_t{2} : std::size_t{1}, kMatrixLine});
    b_.line({cell_x(0), y}, {column_x(kMatrixColumns - 1), y},
            {slot_color(t, row.slot).faded(0.4), measure::kContour, {}});
  }

  /// From a ring up to the row whose namespace it is.
  void draw_link(std::size_t r, std::size_t c) {
    const MatrixCell& cell = m_.rows[r].cells[c];
    if (cell.id.empty() || cell.own) return;
    for (std::size_t above = r; above-- > 0;) {
      if (m_.rows[above].cells[c].id != cell.id) continue;
      b_.line({column_x(c), row_y(r) - kNode}, {column_x(c), row_y(above) + kNode},
              {slot_color(b_.theme(), cell.owner).faded(0.8), measure::kContour, {3, 3}});
      return;
    }
  }

  void draw_cell(std::size_t r, std::size_t c) {
    const MatrixCell& cell = m_.rows[r].cells[c];
    if (cell.id.empty()) return;
    const Theme& t = b_.theme();
    const Color color = slot_color(t, cell.owner);
    const Color ink = cell.own ? t.text2 : t.text3;
    const Point at = {column_x(c), row_y(r)};
    const auto id = b_.as(cell.id);
    b_.circle(at, kNode, {cell.own ? color : t.deck[2], {color, 2.2, {}}});
    // Right of the node, so that no link runs through it.
    const Point words = {at.x + kNode + 5, at.y + 19};
    const std::string says = cell.own ? cell.says : "as " + cell.owner_name;
    const std::string all = cell.number + (says.empty() ? "" : ", " + says);
    TextStyle number = {.size = type::kSmall, .color = ink, .mono = true};
    number.width_max = words_room();
    if (pitch_ < kRowWords) number.whole = all;
    b_.text(words, cell.number, number);
    if (pitch_ >= kRowWords) {
      paragraph(b_, {words.x, words.y + 17}, says,
                {.size = type::kSmall, .color = ink, .width_max = words_room()},
                {pitch_ >= kRowTwo ? std::size_t{2} : std::size_t{1}, kMatrixLine});
    }
    b_.hit(cell.id, {cell_x(c), at.y - pitch_ / 2, column_w(), pitch_});
  }

  SceneBuilder& b_;
  const Matrix& m_;
  Rect box_;
  std::size_t shown_ = 0;
  double pitch_ = kMatrixRowMax;
  double names_w_ = 300;
};

/// Who has what, where there is no room for columns.
void draw_list(SceneBuilder& b, const Matrix& matrix, const Rect& area) {
  std::vector<Section> sections;
  for (const MatrixRow& row : matrix.rows) {
    Section section = {row.name, row.members, {}, row.slot};
    for (std::size_t c = 0; c < kMatrixColumns; ++c) {
      const MatrixCell& cell = row.cells[c];
      if (cell.id.empty()) continue;
      const std::string own = cell.says.empty() ? " own" : " own, " + cell.says;
      const std::string words = cell.number + (cell.own ? own : " as " + cell.owner_name);
      section.facts.push_back({matrix.kinds[c], words, cell.id, cell.own});
    }
    sections.push_back(std::move(section));
  }
  const Heading heading = {"Namespaces", "who has which of the eight", type::kMedium};
  draw_sections_card(b, area, {kHostSlot, false, heading}, sections);
}

}  // namespace

Scene matrix_scene(const Matrix& matrix, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  MatrixPicture picture(builder, matrix, area);
  if (picture.fits())
    picture.draw();
  else
    draw_list(builder, matrix, area);
  return builder.take();
}

}  // namespace cutaway::viz
