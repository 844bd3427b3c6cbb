#include "viz/panels/terminal_panel.h"

#include "base/text.h"
#include "viz/panels/panel_head.h"
#include "viz/panels/terminal_ink.h"

namespace cutaway::viz {
namespace {

constexpr double kTerminalLine = 20;
constexpr double kInset = 10;  // of the well in the panel, and of the text in the well
constexpr double kPrompt = 16;

void draw_span(Pane& pane, const TerminalSpan& span, Point at, double letter, Color usual) {
  const TerminalInk look = terminal_ink(pane.theme(), span.ink, usual);
  SceneBuilder& b = pane.ink();
  const double width = static_cast<double>(span.columns) * letter;
  if (look.ground.visible()) b.rect({at.x, at.y - 15, width, kTerminalLine}, 0, {look.ground, {}});
  b.text(at, span.text,
         {.size = type::kSmall, .color = look.text, .mono = true, .bold = span.ink.bold});
  const Stroke line = {look.text, 1, {}};
  if (span.ink.underline) b.line({at.x, at.y + 2.5}, {at.x + width, at.y + 2.5}, line);
  if (span.ink.strike) b.line({at.x, at.y - 4.5}, {at.x + width, at.y - 4.5}, line);
}

void draw_terminal_row(Pane& pane, const TerminalRow& row, Point at, double letter) {
  const Theme& t = pane.theme();
  if (row.typed && row.first)
    pane.ink().text(at, "$", {.size = type::kSmall, .color = t.text3, .mono = true});
  const double x = at.x + (row.typed ? kPrompt : 0);
  for (const TerminalSpan& span : row.spans)
    draw_span(pane, span, {x + static_cast<double>(span.column) * letter, at.y}, letter,
              row.typed ? t.text : t.text2);
}

/// A program has put it somewhere, or a prompt waits with it.
void draw_cursor(Pane& pane, Point at) {
  pane.ink().rect({at.x, at.y - 12, 8, 16}, 0, {pane.theme().text.faded(0.8), {}});
}

void draw_prompt(Pane& pane, Point at) {
  pane.ink().text(at, "$", {.size = type::kSmall, .color = pane.theme().text3, .mono = true});
}

/// A place to click on: who printed this?
bool draw_ask(Pane& pane, const Rect& well, std::size_t row, double baseline) {
  const std::string label = "line " + decimal(static_cast<std::int64_t>(row) + 1);
  const Rect box = {well.x + 4, baseline - 15, well.w - 8, kTerminalLine};
  const Press press = pane.press(label.c_str(), box, "Why? Who wrote this line");
  if (press.hovered) pane.ink().rect(box, 3, {pane.theme().raised, {}});
  return press.clicked;
}

struct Grid {
  Rect well;
  double letter = 0;
  double scroll = 0;

  Point at(std::size_t row, std::size_t column) const {
    return {well.x + kInset + static_cast<double>(column) * letter,
            well.y + 18 + static_cast<double>(row) * kTerminalLine - scroll};
  }
  bool shows(double y) const {
    return y >= well.y - kTerminalLine && y <= well.bottom() + kTerminalLine;
  }
};

/// Where the next letter would appear, and what can be typed there.
TerminalTyped draw_end(Pane& pane, const Grid& grid, TerminalPanelState& state,
                       const TerminalContent& content, const TerminalMemory& memory) {
  const TerminalRows& laid = state.laid;
  Point at =
      content.waits ? grid.at(laid.rows.size(), 0) : grid.at(laid.cursor_row, laid.cursor_column);
  if (content.waits && grid.shows(at.y)) draw_prompt(pane, at);
  if (content.waits) at.x += kPrompt;
  const bool types = content.takes == Takes::Line && content.waits;
  if (!types && (content.waits || laid.cursor) && grid.shows(at.y)) draw_cursor(pane, at);
  if (types)
    return draw_typed_line(pane, at, grid.well.right() - at.x - kInset, state.line, memory);
  return content.takes == Takes::Keys ? catch_keys(pane, at, state.line) : TerminalTyped();
}

TerminalPress draw_terminal_rows(const Ui& ui, const Rect& well, double letter,
                                 TerminalPanelState& state, const TerminalContent& content,
                                 const TerminalMemory& memory) {
  TerminalPress press;
  Pane pane(ui, "Screen", well, {}, Scrolling::Vertical);
  const TerminalRows& laid = state.laid;
  const Grid grid = {well, letter, static_cast<double>(ImGui::GetScrollY()) / ui.scale};
  for (std::size_t i = 0; i < laid.rows.size(); ++i) {
    const Point at = grid.at(i, 0);
    if (!grid.shows(at.y)) continue;
    const TerminalRow& row = laid.rows[i];
    if (row.event != kNoEvent && draw_ask(pane, well, i, at.y)) press.asked = row.event;
    draw_terminal_row(pane, row, at, letter);
  }
  press.typed = draw_end(pane, grid, state, content, memory);
  ImGui::SetCursorScreenPos(pixels(ui, {well.x, well.y - grid.scroll}));
  const double rows = static_cast<double>(laid.rows.size() + 1);
  ImGui::Dummy(pixels(ui, {1, rows * kTerminalLine + 8}));
  if (state.shown_at != content.position) ImGui::SetScrollY(ImGui::GetScrollMaxY() + 1e4F);
  state.shown_at = content.position;
  return press;
}

}  // namespace

TerminalPress draw_terminal_panel(const Ui& ui, const Rect& box, TerminalPanelState& state,
                                  const TerminalContent& content, const TerminalMemory& memory) {
  Pane pane(ui, "Terminal panel", box, ui.theme.panel);
  const bool lent = content.takes == Takes::Keys && state.line.active;
  const char* whose = lent ? "Ctrl ] leaves it" : "your shell";
  const double y = panel_head(pane, box, {"Terminal", whose}, state.open);
  if (!state.open) return {};
  const Rect well = {box.x + kInset, y, box.w - 2 * kInset, box.bottom() - y - kInset};
  pane.ink().rect(well, 5, {ui.theme.inset, {ui.theme.line, 1, {}}});
  pane.flush();
  const double letter = ui.metrics.width("m", {type::kSmall, true, false});
  const auto columns = static_cast<std::size_t>((well.w - 2 * kInset - 4) / letter);
  if (state.laid_at != content.screen.pieces || state.laid_columns != columns) {
    state.laid = terminal_rows(content.screen, columns);
    state.laid_at = content.screen.pieces;
    state.laid_columns = columns;
  }
  return draw_terminal_rows(ui, {well.x + 1, well.y + 1, well.w - 2, well.h - 2}, letter, state,
                            content, memory);
}

}  // namespace cutaway::viz
