// The column of a lesson: its words above the terminal, and the list of lessons.
#include <algorithm>

#include "base/text.h"
#include "viz/panels/lesson_actions.h"
#include "viz/panels/lesson_list.h"
#include "viz/panels/lesson_panel.h"
#include "viz/panels/panel_head.h"
#include "viz/panels/window.h"
#include "viz/panels/window_terminal.h"

namespace cutaway::viz {
namespace {

void take_lesson_press(WindowState& state, const LessonPress& press) {
  LessonState& lesson = state.lesson;
  if (press.choice >= 0) choose_in_lesson(state, press.choice);
  if (press.check) check_lesson(lesson);
  if (press.hint) apply_lesson_action(state, Action::Hint);
  if (press.again) lesson.again = true;
  if (press.real) lesson.for_real = true;
  if (press.language) apply_lesson_action(state, Action::Language);
  if (press.returns) place_lesson(state);
  if (press.tries)
    apply_action(state, state.view.screen.waits ? Action::TypeHere : Action::ForkHere);
  if (press.list) apply_lesson_action(state, Action::Lessons);
  if (press.leave) lesson.leave = true;
  if (press.back) apply_lesson_action(state, Action::LessonBack);
  if (press.next) turn_lesson(state, lesson.play->number() + 1);
}

/// How much of the column the terminal gets: what the page leaves, and enough to work in where that
/// is the exercise.
double lesson_terminal_height(const WindowState& state, double column) {
  constexpr double kMost = 0.42;
  constexpr double kToRead = 130;
  constexpr double kToType = 190;
  constexpr double kOneLine = 84;  // a program's calls stand in the page itself
  if (!state.lesson.terminal) return kPanelHead;
  if (state.lesson.writes()) return kOneLine;
  const double least = state.lesson.wanted_machine().empty() ? kToRead : kToType;
  return std::clamp(column - state.lesson.page.height, least, std::max(least, column * kMost));
}

}  // namespace

void draw_lesson_column(WindowState& state, const Ui& ui, const Rect& box) {
  LessonState& lesson = state.lesson;
  const double terminal = lesson_terminal_height(state, box.h);
  const bool home = lesson.machine.empty();
  LessonSight sight;
  sight.at_home =
      !home || (state.fork.shown == 0 && state.player.position() == lesson_position(state));
  sight.at_end = state.player.position() == state.player.count();
  sight.can_try = home && state.fork.possible;
  const LessonPress press =
      draw_lesson_panel(ui, {box.x, box.y, box.w, box.h - terminal}, lesson, sight);
  state.terminal.open = lesson.terminal;
  draw_window_terminal(state, ui, {box.x, box.bottom() - terminal, box.w, terminal});
  lesson.terminal = state.terminal.open;
  Pane edge(ui, "Lesson edge", {box.right() - 1, box.y, 1, box.h}, ui.theme.line);
  take_lesson_press(state, press);
}

bool point_at_for_lesson(WindowState& state, const std::string& id) {
  LessonState& lesson = state.lesson;
  const lessons::Exercise* exercise = lesson.playing() ? lesson.exercise() : nullptr;
  if (exercise == nullptr || id.empty()) return false;
  const auto order =
      lesson.play->shuffled(exercise->stations.size(), lesson.play->key(lesson.play->page()));
  for (std::size_t shown = 0; shown < order.size(); ++shown) {
    const std::string& picture = exercise->stations[order[shown]].picture;
    const bool kind = !picture.empty() && picture.back() == ':' && starts_with(id, picture);
    if (id != picture && !kind) continue;
    return choose_in_lesson(state, static_cast<int>(shown));
  }
  return false;
}

void draw_lesson_card(WindowState& state, const Ui& ui, const Rect& room) {
  LessonState& lesson = state.lesson;
  if (!lesson.list.open) return;
  const LessonListPress press = draw_lesson_list(ui, room, lesson);
  if (press.closed) lesson.list.open = false;
  if (!press.open) return;
  lesson.open = press.open;
  lesson.list.open = false;
}

}  // namespace cutaway::viz
