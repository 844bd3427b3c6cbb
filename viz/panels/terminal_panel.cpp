#include "viz/panels/terminal_panel.h"

#include <algorithm>

#include "base/text.h"
#include "viz/panels/panel_head.h"

namespace cutaway::viz {
namespace {

constexpr double kLine = 20;
constexpr double kInset = 10;  // of the well in the panel, and of the text in the well
constexpr double kPrompt = 16;

struct Row {
  std::string text;
  bool typed = false, first = false, error = false;
  EventIndex event = kNoEvent;
};

/// Breaks a line at blanks where that leaves no ragged hole, else anywhere: nothing is cut off.
void break_line(const ScreenLine& line, std::size_t columns, std::vector<Row>& rows) {
  std::string_view rest = line.text;
  bool first = true;
  do {
    const std::size_t room = std::max<std::size_t>(4, columns - (line.typed ? 2 : 0));
    std::size_t length = std::min(rest.size(), utf8_prefix(rest, room));
    if (length < rest.size()) {
      const std::size_t blank = rest.rfind(' ', length);
      if (blank != std::string_view::npos && blank * 2 > length) length = blank;
    }
    std::string text(rest.substr(0, length));
    rest.remove_prefix(length);
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    if (line.typed && !rest.empty()) text += " \\";
    rows.push_back({std::move(text), line.typed, first, line.error, line.event});
    first = false;
  } while (!rest.empty());
}

void draw_row(Pane& pane, const Row& row, Point at) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const TextStyle style = {
      .size = type::kSmall, .color = row.typed ? t.text : t.text2, .mono = true};
  if (row.typed && row.first) {
    b.text(at, "$", {.size = type::kSmall, .color = t.text3, .mono = true});
  }
  b.text({at.x + (row.typed ? kPrompt : 0), at.y}, row.text, style);
}

void draw_cursor(Pane& pane, Point at, bool prompt) {
  const Theme& t = pane.theme();
  if (prompt) pane.ink().text(at, "$", {.size = type::kSmall, .color = t.text3, .mono = true});
  pane.ink().rect({at.x + (prompt ? kPrompt : 0), at.y - 12, 8, 16}, 0, {t.text.faded(0.8), {}});
}

/// A place to click on: who printed this?
bool draw_ask(Pane& pane, const Rect& well, std::size_t row, double baseline) {
  const std::string label = "line " + decimal(static_cast<std::int64_t>(row) + 1);
  const Rect box = {well.x + 4, baseline - 15, well.w - 8, kLine};
  const Press press = pane.press(label.c_str(), box, "Why? Who wrote this line");
  if (press.hovered) pane.ink().rect(box, 3, {pane.theme().raised, {}});
  return press.clicked;
}

EventIndex draw_rows(const Ui& ui, const Rect& well, const std::vector<Row>& rows,
                     TerminalPanelState& state, const TerminalContent& content) {
  EventIndex asked = kNoEvent;
  Pane pane(ui, "Screen", well, {}, Scrolling::Vertical);
  const double scroll = static_cast<double>(ImGui::GetScrollY()) / ui.scale;
  for (std::size_t i = 0; i < rows.size() + 1; ++i) {
    const Point at = {well.x + kInset, well.y + 18 + static_cast<double>(i) * kLine - scroll};
    if (at.y < well.y - kLine || at.y > well.bottom() + kLine) continue;
    if (i < rows.size()) {
      if (rows[i].event != kNoEvent && draw_ask(pane, well, i, at.y)) asked = rows[i].event;
      draw_row(pane, rows[i], at);
    } else {
      draw_cursor(pane, at, content.waits);
    }
  }
  ImGui::SetCursorScreenPos(pixels(ui, {well.x, well.y - scroll}));
  ImGui::Dummy(pixels(ui, {1, static_cast<double>(rows.size() + 1) * kLine + 8}));
  if (state.shown_at != content.position) ImGui::SetScrollY(ImGui::GetScrollMaxY() + 1e4F);
  state.shown_at = content.position;
  return asked;
}

}  // namespace

EventIndex draw_terminal_panel(const Ui& ui, const Rect& box, TerminalPanelState& state,
                               const TerminalContent& content) {
  Pane pane(ui, "Terminal panel", box, ui.theme.panel);
  const double y = panel_head(pane, box, {"Terminal", "your shell"}, state.open);
  if (!state.open) return kNoEvent;
  const Rect well = {box.x + kInset, y, box.w - 2 * kInset, box.bottom() - y - kInset};
  pane.ink().rect(well, 5, {ui.theme.inset, {ui.theme.line, 1, {}}});
  pane.flush();
  const double letter = ui.metrics.width("m", {type::kSmall, true, false});
  const auto columns = static_cast<std::size_t>((well.w - 2 * kInset - 4) / letter);
  std::vector<Row> rows;
  for (const ScreenLine& line : content.lines) break_line(line, columns, rows);
  return draw_rows(ui, {well.x + 1, well.y + 1, well.w - 2, well.h - 2}, rows, state, content);
}

}  // namespace cutaway::viz
