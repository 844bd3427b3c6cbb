#include "viz/panels/window_columns.h"

#include <algorithm>

#include "viz/panels/lesson_actions.h"
#include "viz/panels/panel_head.h"
#include "viz/panels/window_terminal.h"

namespace cutaway::viz {
namespace {

constexpr double kTerminalShare = 0.29;
constexpr double kTerminalLeast = 128;
constexpr double kTabWidth = 12;
constexpr double kTabHeight = 44;
constexpr double kDivider = 7;

double terminal_height(const WindowState& state, double column) {
  if (!state.terminal.open) return kPanelHead;
  if (!state.events.open) return column - kPanelHead;
  return std::max(kTerminalLeast, column * kTerminalShare);
}

/// Of a value: the inspector stays with whom it is about.
void ask_why(WindowState& state, std::string key) {
  if (!state.inspector.selected)
    state.inspector.select(
        subject_of(state.player.world(), state.player.moment(), state.view.inspection.id));
  state.inspector.asked = std::move(key);
}

bool draw_left(WindowState& state, const Ui& ui, const Rect& box) {
  Pane column(ui, "Left column", box, ui.theme.panel);
  column.flush();
  const double terminal = terminal_height(state, box.h);
  draw_window_terminal(state, ui, {box.x, box.y, box.w, terminal});
  const Rect below = {box.x, box.y + terminal, box.w, box.h - terminal};
  const bool more = draw_events_panel(ui, below, state.events, state.player);
  if (!state.terminal.open && !state.events.open) {
    state.left.hide();
    state.terminal.open = state.events.open = true;
  }
  return more;
}

void draw_right(WindowState& state, const Ui& ui, const Rect& box) {
  Pane column(ui, "Right column", box, ui.theme.panel);
  column.flush();
  const std::optional<Changeable>& changeable = state.view.changeable;
  const InspectorPress press = draw_inspector_panel(
      ui, box, state.inspector,
      {state.view.inspection, changeable ? &*changeable : nullptr, change_rules(state)});
  if (press.change) apply_change(state, *press.change);
  if (press.to != kNoEvent) state.player.jump(shown_number(press.to));
  if (!press.asked.empty()) ask_why(state, press.asked);
  if (!state.inspector.open) {
    state.right.hide();
    state.inspector.open = true;
  }
}

/// At the edge of the window, where a column is away.
bool draw_tab(const Ui& ui, const char* name, const Rect& box, bool left) {
  Pane pane(ui, name, box, {});
  const Theme& t = ui.theme;
  const Press press = pane.press(name, box, name);
  const Color ink = press.hovered ? t.text : t.text3;
  const double r = 5;
  pane.ink().shape(left ? corners_of(box, 0, r, r, 0) : corners_of(box, r, 0, 0, r),
                   {press.hovered ? t.raised : t.panel, {}});
  const double x = box.mid_x();
  const double y = box.mid_y();
  const double d = left ? 3 : -3;
  if (left)
    pane.ink().shape({{x - d, y - 5, 0}, {x + d, y, 0}, {x - d, y + 5, 0}}, {ink, {}});
  else
    pane.ink().shape({{x + d, y, 0}, {x - d, y - 5, 0}, {x - d, y + 5, 0}}, {ink, {}});
  return press.clicked;
}

Rect tab_at(const WindowLayout& layout, bool left) {
  const double y = layout.title.bottom() + 8;
  return {left ? 0 : layout.title.right() - kTabWidth, y, kTabWidth, kTabHeight};
}

/// Where a column and the picture meet: dragged, it makes the column wider or narrower; clicked
/// twice, as wide as usual.
void draw_divider(const Ui& ui, const Rect& column, bool left, SideState& side) {
  const double edge = left ? column.right() : column.x;
  const Rect box = {left ? edge : edge - kDivider, column.y, kDivider,
                    column.h};  // no scroll bar is there
  const char* name = left ? "Left divider" : "Right divider";
  Pane pane(ui, name, box, {});
  const Press press = pane.press(name, box);
  if (press.hovered || press.held)
    pane.ink().rect({edge - 1, box.y, 2, box.h}, 0,
                    {press.held ? ui.theme.text : ui.theme.line2, {}});
  if (!press.held) return;
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left))
    side.resize(left ? measure::kLeftPanel : measure::kRightPanel);
  else if (ImGui::IsMouseDragging(ImGuiMouseButton_Left))
    side.resize(left ? pointer(ui).x - column.x : column.right() - pointer(ui).x);
}

/// Over the picture, with a line where it ends.
Rect pulled_out(const WindowState& state, const Ui& ui, const WindowLayout& layout, bool left) {
  const double width = left ? state.left.width : state.right.width;
  const double y = layout.title.bottom();
  const Rect box = {left ? 0 : layout.title.right() - width, y, width, layout.timeline.y - y};
  const Rect edge = {left ? box.right() : box.x - 1, box.y, 1, box.h};
  Pane line(ui, left ? "Left edge" : "Right edge", edge, ui.theme.line2);
  return box;
}

}  // namespace

bool draw_columns(WindowState& state, const Ui& ui, const WindowLayout& layout) {
  bool more = false;
  if (state.stage.view != View::Ship && !state.lesson.playing()) return more;  // those have none
  if (state.lesson.playing())
    draw_lesson_column(state, ui, layout.left);
  else if (layout.left.w > 0)
    more = draw_left(state, ui, layout.left);
  else if (state.left.over)
    more = draw_left(state, ui, pulled_out(state, ui, layout, true));
  else if (!state.presenter && draw_tab(ui, "Terminal and events", tab_at(layout, true), true)) {
    state.left.show();
  }
  if (state.stage.view != View::Ship) return more;
  if (layout.right.w > 0)
    draw_right(state, ui, layout.right);
  else if (state.right.over)
    draw_right(state, ui, pulled_out(state, ui, layout, false));
  else if (!state.presenter && draw_tab(ui, "Inspector (Tab)", tab_at(layout, false), false)) {
    state.right.show();
  }
  if (layout.left.w > 0 && !state.lesson.playing()) draw_divider(ui, layout.left, true, state.left);
  if (layout.right.w > 0) draw_divider(ui, layout.right, false, state.right);
  return more;
}

}  // namespace cutaway::viz
