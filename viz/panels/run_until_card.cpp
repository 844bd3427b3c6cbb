#include "viz/panels/run_until_card.h"

#include <algorithm>

#include "base/text.h"
#include "viz/panels/card.h"
#include "viz/panels/text_field.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

constexpr double kUntilWidth = 720;
constexpr double kUntilFoot = 94;  // the line, and what is said below it
constexpr double kChoiceRow = kCardButton + 6;
constexpr double kSaysLine = 18;
constexpr const char* kGoalHint = "kind:mount proc   or   {\"kind\":\"cgroup\",\"op\":\"oom\"}";

void draw_ways(Pane& pane, Point at, RunUntilState& state) {
  const bool back = state.way == Way::Back;
  double x = at.x;
  if (draw_card_button(pane, {x, at.y}, {"forward", "To the next one (u)", "u", !back}, &x))
    state.way = Way::Forward;
  if (draw_card_button(pane, {x + 6, at.y}, {"back", "To the last one (U)", "U", back}, &x))
    state.way = Way::Back;
}

double choice_width(const Ui& ui, const QuickGoal& goal) {
  return ui.metrics.width(goal.name, {type::kSmall, false, false}) + 48;
}

/// In how many rows the choices stand.
int choice_rows(const Ui& ui, double width) {
  int rows = 1;
  double x = 0;
  for (const QuickGoal& goal : quick_goals()) {
    const double needed = choice_width(ui, goal);
    if (x + needed > width) {
      ++rows;
      x = 0;
    }
    x += needed + 6;
  }
  return rows;
}

int draw_choices(Pane& pane, Point at, double right) {
  int pressed = -1;
  double x = at.x;
  double y = at.y;
  const std::vector<QuickGoal>& goals = quick_goals();
  for (std::size_t i = 0; i < goals.size(); ++i) {
    const std::string key = decimal(static_cast<std::int64_t>(i) + 1);
    const CardButton button = {goals[i].name, goals[i].tip, key.c_str()};
    const double width = choice_width(pane.ui(), goals[i]);
    if (x + width > right) {
      x = at.x;
      y += kChoiceRow;
    }
    if (draw_card_button(pane, {x, y}, button, nullptr, width)) pressed = static_cast<int>(i);
    x += width + 6;
  }
  return pressed;
}

void draw_says(Pane& pane, const Rect& box, const std::string& says) {
  const FontStyle style = {type::kSmall, false, false};
  double y = box.y;
  for (const std::string& line : wrap_text(pane.ui().metrics, says, style, box.w)) {
    if (y + kSaysLine > box.bottom()) return;
    pane.ink().text({box.x, y + 13}, line, {.size = type::kSmall, .color = pane.theme().text});
    y += kSaysLine;
  }
}

std::string progress_words(const RunUntil& search, std::size_t count) {
  const auto percent = static_cast<std::int64_t>(search.progress(count) * 100);
  return "Looking for " + search.goal().words + ": " + decimal(percent) + " %";
}

}  // namespace

RunUntilPress draw_run_until_card(const Ui& ui, const Rect& room, RunUntilState& state,
                                  std::size_t count) {
  const double inner = std::min(kUntilWidth, room.w - 16) - 2 * kCardPad;
  const double choices = choice_rows(ui, inner) * kChoiceRow;
  const Rect box = card_box(room, kUntilWidth, kCardHead + choices + kUntilFoot);
  Pane pane(ui, "Run until", box, {});
  RunUntilPress press;
  press.closed = draw_card(pane, "Run until …");
  const double x = box.x + kCardPad;
  const double right = box.right() - kCardPad;
  draw_ways(pane, {x + 110, box.y + 10}, state);
  press.quick = draw_choices(pane, {x, box.y + kCardHead}, right);
  const double line = box.y + kCardHead + choices + 4;
  const std::string says =
      state.search.looking() ? progress_words(state.search, count) : state.says;
  draw_says(pane, {x, line + 34, right - x, 40}, says);
  press.text = draw_card_button(pane, {right - 58, line}, {"Look", "Enter", "", true}, nullptr, 58);
  press.text = draw_text_field(pane, {x, line + 1, right - x - 68, 26}, {"##Until", kGoalHint},
                               state.text, state.focus) ||
               press.text;
  return press;
}

}  // namespace cutaway::viz
