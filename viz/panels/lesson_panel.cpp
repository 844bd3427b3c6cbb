#include "viz/panels/lesson_panel.h"

#include <algorithm>

#include "base/text.h"
#include "viz/panels/card.h"
#include "viz/panels/lesson_parts.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr double kLessonPad = 16;
constexpr double kTitleLine = 24;
constexpr double kButtonGap = 6;
constexpr double kButtonRow = kCardButton + kButtonGap;
constexpr double kFootPad = 10;
constexpr double kScrollBar = 10;

/// A row of buttons; a button that finds no room stands in the next row.
class ButtonRows {
 public:
  ButtonRows(Pane& pane, Point at, double right)
      : pane_(pane), at_(at), left_(at.x), right_(right) {}

  int rows() const { return rows_; }

  bool button(const CardButton& button) {
    if (at_.x > left_ && at_.x + width_of(button) > right_) {
      at_.x = left_;
      at_.y += kButtonRow;
      ++rows_;
    }
    double end = 0;
    const bool pressed = draw_card_button(pane_, at_, button, &end);
    at_.x = end + kButtonGap;
    return pressed;
  }

 private:
  double width_of(const CardButton& button) {
    const SceneBuilder& b = pane_.ink();
    const double key =
        *button.key == '\0' ? 0 : b.width(button.key, {.size = type::kSmall, .mono = true}) + 8;
    return key + b.width(button.name, {.size = type::kSmall, .bold = button.strong}) + 24;
  }

  Pane& pane_;
  Point at_;
  double left_, right_;
  int rows_ = 1;
};

void cross(SceneBuilder& b, Point at, Color color) {
  b.line({at.x - 4, at.y - 4}, {at.x + 4, at.y + 4}, {color, 1.5, {}});
  b.line({at.x - 4, at.y + 4}, {at.x + 4, at.y - 4}, {color, 1.5, {}});
}

/// The other language, by its own name; its words end at `right`.
bool draw_language(Pane& pane, double right, const lessons::Messages& words) {
  SceneBuilder& b = pane.ink();
  const std::string& name = words["language"];
  const double width = b.width(name, {.size = type::kSmall});
  const Rect box = {right - width - 8, pane.box().y + 10, width + 16, 22};
  const Press press = pane.press(name.c_str(), box, words["tip-language"]);
  b.text({right, pane.box().y + 25}, name,
         {.size = type::kSmall,
          .color = press.hovered ? pane.theme().text : pane.theme().text2,
          .anchor = Anchor::End});
  return press.clicked;
}

/// Number, page, title, how far it is. Returns where the page begins.
double draw_lesson_head(Pane& pane, const LessonState& state, LessonPress& press) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const Rect& box = pane.box();
  const lessons::Play& play = *state.play;
  const double x = box.x + kLessonPad;
  const double right = box.right() - kLessonPad;
  const std::string which =
      play.words()["lesson"] + digits_of(static_cast<std::size_t>(play.lesson().number));
  b.text({x, box.y + 25}, which, {.size = type::kSmall, .color = t.text3, .bold = true});
  const Rect close = {right - 18, box.y + 10, 22, 22};
  const Press leave = pane.press("Leave the lesson", close, play.words()["tip-leave"]);
  press.leave = leave.clicked;
  cross(b, {close.mid_x(), close.mid_y()}, leave.hovered ? t.text : t.text3);
  const std::string page = digits_of(play.number() + 1) + " / " + digits_of(play.pages().size());
  b.text({close.x - 10, box.y + 25}, page,
         {.size = type::kSmall, .color = t.text3, .mono = true, .anchor = Anchor::End});
  const double page_at = close.x - 10 - b.width(page, {.size = type::kSmall, .mono = true});
  if (play.languages().size() > 1) press.language = draw_language(pane, page_at - 16, play.words());
  const double bottom = draw_marked(b, {x, box.y + 38}, right - x, play.title(),
                                    {.size = type::kLarge, .bold = true, .pitch = kTitleLine});
  const double share =
      static_cast<double>(play.number() + 1) / static_cast<double>(play.pages().size());
  b.rect({x, bottom + 8, right - x, 4}, 2, {t.line, {}});
  b.rect({x, bottom + 8, (right - x) * share, 4}, 2, {t.text2, {}});
  return bottom + 22;
}

struct Foot {
  const LessonState& state;
  const LessonSight& sight;
  LessonPress& press;
  const lessons::Messages& words;
};

bool answered(const LessonState& state) {
  const lessons::Play& play = *state.play;
  const lessons::Page& page = play.page();
  if (page.kind == lessons::PageKind::Question)
    return play.chosen(play.prediction(page)) != nullptr;
  const lessons::Exercise* exercise = state.exercise();
  return exercise == nullptr || play.is_done(*exercise);
}

void draw_turns(ButtonRows& rows, const Foot& f) {
  const lessons::Play& play = *f.state.play;
  const bool last = play.number() + 1 == play.pages().size();
  const bool check = f.state.can_check();
  f.press.back = rows.button(
      {f.words["back"].c_str(), f.words["tip-back"].c_str(), "", false, play.number() > 0});
  if (check) f.press.check = rows.button({f.words["check"].c_str(), "", "Enter", true});
  const char* key = check ? "" : "Enter";
  if (last)
    f.press.list =
        rows.button({f.words["lessons"].c_str(), f.words["tip-lessons"].c_str(), key, true});
  else
    f.press.next = rows.button(
        {f.words["next"].c_str(), f.words["tip-next"].c_str(), key, !check && answered(f.state)});
}

void draw_helps(ButtonRows& rows, const Foot& f) {
  const lessons::Exercise* exercise = f.state.exercise();
  if (exercise != nullptr) {
    const bool solution = f.state.page.hints >= lessons::kHints;
    const bool more = f.state.page.hints <= lessons::kHints;
    f.press.hint = rows.button({f.words[solution ? "solution" : "a-hint"].c_str(),
                                f.words["tip-hint"].c_str(), "H", false, more});
    if (form_of(exercise->kind) == lessons::AnswerForm::Items)
      f.press.again = rows.button({f.words["again"].c_str(), f.words["tip-again"].c_str(), "N"});
  }
  if (!f.sight.at_home)
    f.press.returns =
        rows.button({f.words["return"].c_str(), f.words["tip-return"].c_str(), "j", true});
  const lessons::PageKind kind = f.state.play->page().kind;
  const bool shown = kind == lessons::PageKind::Verdicts || kind == lessons::PageKind::Closer;
  if (shown && f.state.play->lesson().real)
    f.press.real = rows.button({f.words["real"].c_str(), f.words["tip-real"].c_str(), "R"});
  if (f.sight.can_try && exercise == nullptr)
    f.press.tries = rows.button({f.words["try"].c_str(), f.words["tip-try"].c_str(), "$"});
}

/// The page between head and foot; it scrolls when it is longer than that. Returns how high it is.
double draw_lesson_middle(const Ui& ui, const Rect& box, LessonState& state,
                          const LessonSight& sight, LessonPress& press) {
  Pane pane(ui, "Lesson page", box, {}, Scrolling::Vertical);
  if (state.page.wish >= 0) ImGui::SetScrollY(static_cast<float>(state.page.wish * ui.scale));
  state.page.wish = -1;
  state.page.by = static_cast<double>(ImGui::GetScrollY()) / ui.scale;
  LessonColumn column(pane, state, {box.x + kLessonPad, box.y - state.page.by},
                      box.w - 2 * kLessonPad - (kScrollBar - kLessonPad / 2));
  draw_lesson_page(column, state, sight, press);
  const double height = column.y() + state.page.by - box.y;
  ImGui::SetCursorScreenPos(pixels(ui, {box.x, box.y - state.page.by}));
  ImGui::Dummy(pixels(ui, {1, height + 4}));
  return height + 8;
}

}  // namespace

LessonPress draw_lesson_panel(const Ui& ui, const Rect& box, LessonState& state,
                              const LessonSight& sight) {
  Pane pane(ui, "Lesson", box, ui.theme.panel);
  LessonPress press;
  const double top = draw_lesson_head(pane, state, press);
  const double foot = box.bottom() - state.page.rows * kButtonRow - kFootPad;
  pane.ink().line({box.x, foot - 0.5}, {box.right(), foot - 0.5}, {ui.theme.line, 1, {}});
  ButtonRows rows(pane, {box.x + kLessonPad, foot + 8}, box.right() - kLessonPad);
  const Foot parts = {state, sight, press, state.play->words()};
  draw_turns(rows, parts);
  draw_helps(rows, parts);
  state.page.rows = rows.rows();
  pane.flush();
  const Rect middle = {box.x, top, box.w, std::max(foot - top - 4, 1.0)};
  const double page = draw_lesson_middle(ui, middle, state, sight, press);
  state.page.height = box.h - middle.h + page;
  return press;
}

}  // namespace cutaway::viz
