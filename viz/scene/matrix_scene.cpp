#include "viz/scene/matrix_scene.h"

#include <algorithm>

#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kPad = 24;
constexpr double kHead = 66;
constexpr double kRowMax = 120;
constexpr double kRowMin = 46;
constexpr double kNode = 9;

class MatrixPicture {
 public:
  MatrixPicture(SceneBuilder& b, const Matrix& matrix, const Rect& area)
      : b_(b), m_(matrix), box_(area.inset(8)) {
    const double room = box_.h - kHead - kPad;
    const auto fit = static_cast<std::size_t>(std::max(1.0, room / kRowMin));
    shown_ = m_.rows.size() <= fit ? m_.rows.size() : fit - 1;
    const std::size_t lines = std::min(m_.rows.size(), fit);
    pitch_ =
        std::clamp(room / static_cast<double>(std::max<std::size_t>(lines, 1)), kRowMin, kRowMax);
    names_w_ = std::clamp(box_.w * 0.24, 180.0, 330.0);
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
    b_.text({box_.x + kPad, row_y(shown_) + 5},
            "+ " + std::to_string(m_.rows.size() - shown_) + " more",
            {.size = type::kSmall, .color = t.text2});
  }

 private:
  double column_w() const { return (box_.w - names_w_ - 2 * kPad) / kMatrixColumns; }
  double column_x(std::size_t c) const {
    return box_.x + kPad + names_w_ + (static_cast<double>(c) + 0.5) * column_w();
  }
  double row_y(std::size_t r) const {
    return box_.y + kHead + (static_cast<double>(r) + 0.5) * pitch_;
  }

  void draw_head(std::size_t c) {
    const Theme& t = b_.theme();
    const double x = column_x(c);
    b_.text({x, box_.y + 30}, m_.kinds[c],
            {.size = type::kMedium, .mono = true, .bold = true, .anchor = Anchor::Middle});
    b_.text({x, box_.y + 49}, m_.holds[c],
            {.size = type::kSmall,
             .color = t.text3,
             .anchor = Anchor::Middle,
             .width_max = column_w() - 6});
    b_.line({x - column_w() / 2 + 4, box_.y + 58}, {x + column_w() / 2 - 4, box_.y + 58},
            {t.line, 1, {}});
  }

  void draw_rail(std::size_t r) {
    const Theme& t = b_.theme();
    const MatrixRow& row = m_.rows[r];
    const double y = row_y(r);
    const auto id = b_.as("row:" + row.name);
    const double x = tag(b_, {box_.x + kPad, y - 17}, row.slot, {.letter = 17});
    const double room = box_.x + kPad + names_w_ - 16 - x - 8;
    b_.text({x + 8, y - 3}, row.name, {.size = type::kMedium, .bold = true, .width_max = room});
    b_.text({box_.x + kPad, y + 18}, row.members,
            {.size = type::kSmall, .color = t.text2, .mono = true, .width_max = names_w_ - 16});
    b_.line({column_x(0) - column_w() / 2, y}, {column_x(kMatrixColumns - 1), y},
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
    const Point at = {column_x(c), row_y(r)};
    const auto id = b_.as(cell.id);
    b_.circle(at, kNode, {cell.own ? color : t.deck[2], {color, 2.2, {}}});
    // Right of the node, so that no link runs through it.
    b_.text({at.x + kNode + 5, at.y + 19}, cell.number,
            {.size = type::kSmall, .color = cell.own ? t.text2 : t.text3, .mono = true});
    if (pitch_ >= 64) {
      const std::string says = cell.own ? cell.says : "as " + cell.owner_name;
      b_.text({at.x + kNode + 5, at.y + 36}, says,
              {.size = type::kSmall,
               .color = cell.own ? t.text2 : t.text3,
               .width_max = column_w() - kNode - 12});
    }
    b_.hit(cell.id, {at.x - column_w() / 2, at.y - pitch_ / 2, column_w(), pitch_});
  }

  SceneBuilder& b_;
  const Matrix& m_;
  Rect box_;
  std::size_t shown_ = 0;
  double pitch_ = kRowMax;
  double names_w_ = 300;
};

}  // namespace

Scene matrix_scene(const Matrix& matrix, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  MatrixPicture(builder, matrix, area).draw();
  return builder.take();
}

}  // namespace cutaway::viz
