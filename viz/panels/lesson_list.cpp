#include "viz/panels/lesson_list.h"

#include <algorithm>

#include "base/text.h"
#include "viz/panels/card.h"
#include "viz/scene/signs.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr double kLessonsWidth = 900;
constexpr double kLessonRow = 30;
constexpr double kPart = 38;
constexpr double kLessonsFoot = 30;
constexpr double kDoneRoom = 96;

/// "2 of 3", and a tick when it is all.
void draw_done(SceneBuilder& b, Point at, const LessonRow& row, const std::string& of) {
  const Theme& t = b.theme();
  if (row.done.all()) {
    check_mark(b, {at.x - 14, at.y - 4}, 1, {t.ok, 2.5, {}});
    return;
  }
  if (row.done.done == 0) return;
  b.text(at, digits_of(row.done.done) + of + digits_of(row.done.of),
         {.size = type::kSmall, .color = t.text2, .mono = true, .anchor = Anchor::End});
}

class LessonRows {
 public:
  LessonRows(const Ui& ui, const Rect& box, LessonState& state, const lessons::Messages& words)
      : pane_(ui, "Lesson rows", box, {}, Scrolling::Vertical),
        state_(state),
        words_(words),
        scroll_(static_cast<double>(ImGui::GetScrollY()) / ui.scale),
        y_(box.y - scroll_) {}

  std::optional<std::string> draw() {
    std::optional<std::string> opened;
    std::size_t part = static_cast<std::size_t>(-1);
    for (std::size_t i = 0; i < state_.list.rows.size(); ++i) {
      const LessonRow& row = state_.list.rows[i];
      if (row.lesson.part != part) draw_part(row.lesson.part);
      part = row.lesson.part;
      if (draw_row(i, row)) opened = row.lesson.id;
    }
    ImGui::SetCursorScreenPos(pixels(pane_.ui(), {pane_.box().x, pane_.box().y - scroll_}));
    ImGui::Dummy(pixels(pane_.ui(), {1, y_ + scroll_ - pane_.box().y}));
    state_.list.follow = false;
    return opened;
  }

 private:
  void draw_part(std::size_t part) {
    pane_.ink().text({pane_.box().x + 8, y_ + 26}, words_[lessons::parts()[part].message],
                     {.size = type::kSmall, .color = pane_.theme().text3, .bold = true});
    y_ += kPart;
  }

  bool draw_row(std::size_t i, const LessonRow& row) {
    const Theme& t = pane_.theme();
    SceneBuilder& b = pane_.ink();
    const Rect box = {pane_.box().x, y_, pane_.box().w - 12, kLessonRow};
    const Press press = pane_.press(("lesson " + row.lesson.id).c_str(), box);
    const bool on = i == state_.list.row;
    if (on || press.hovered) b.rect(box, 5, {on ? t.raised : t.inset, {}});
    if (on) b.rect({box.x, box.y + 3, 3, box.h - 6}, 1, {t.text, {}});
    b.text({box.x + 40, box.y + 20}, decimal(row.lesson.number),
           {.size = type::kMedium, .color = t.text3, .mono = true, .anchor = Anchor::End});
    b.text({box.x + 54, box.y + 20}, row.lesson.title,
           {.size = type::kMedium, .width_max = box.w - 54 - kDoneRoom});
    draw_done(b, {box.right() - 14, box.y + 20}, row, words_["of"]);
    if (on && state_.list.follow) follow(box);
    y_ += kLessonRow;
    return press.clicked;
  }

  /// As far as it is out of sight.
  void follow(const Rect& row) {
    const double above = pane_.box().y + kPart - row.y;
    const double below = row.bottom() - pane_.box().bottom();
    const double by = above > 0 ? -above : std::max(below, 0.0);
    ImGui::SetScrollY(static_cast<float>((scroll_ + by) * pane_.ui().scale));
  }

  Pane pane_;
  LessonState& state_;
  const lessons::Messages& words_;
  double scroll_, y_;
};

}  // namespace

LessonListPress draw_lesson_list(const Ui& ui, const Rect& room, LessonState& state) {
  const lessons::Messages words(state.language);
  const Rect box = card_box(room, kLessonsWidth, room.h - 16);
  Pane pane(ui, "Lessons card", box, {});
  LessonListPress press;
  press.closed = draw_card(pane, words["lessons"]);
  pane.ink().text(
      {box.x + kCardPad, box.bottom() - 14}, words["list-keys"],
      {.size = type::kSmall, .color = ui.theme.text3, .width_max = box.w - 2 * kCardPad});
  pane.flush();
  const Rect list = {box.x + kCardPad - 8, box.y + kCardHead - 8, box.w - 2 * kCardPad + 16,
                     box.h - kCardHead - kLessonsFoot};
  press.open = LessonRows(ui, list, state, words).draw();
  return press;
}

}  // namespace cutaway::viz
