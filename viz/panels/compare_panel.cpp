#include "viz/panels/compare_panel.h"

#include <algorithm>

#include "base/text.h"

namespace cutaway::viz {
namespace {

constexpr double kCompareHead = 34;
constexpr double kCompareRow = 26;
constexpr double kComparePad = 16;
constexpr double kCallIndent = 14;  // of a call below its step

/// Where the columns begin, and how wide they are.
struct CompareColumns {
  double step = 0, step_w = 0;
  double left = 0, right = 0, side_w = 0;
  double sign = 0;  // its middle
  double label = 0, label_w = 0;
  double why = 0, why_w = 0;
};

/// The two sides get what step, sign, label and reason leave; a narrow window shows no reason.
CompareColumns columns_in(const Rect& box) {
  CompareColumns c;
  c.step = box.x + kComparePad;
  c.step_w = 116;
  c.label_w = 132;
  c.why_w = box.w >= 1200 ? box.w * 0.25 : 0;
  constexpr double kSignWidth = 36;
  c.left = c.step + c.step_w + 8;
  const double rest = box.right() - kComparePad - c.left - kSignWidth - c.label_w - c.why_w - 36;
  c.side_w = rest / 2;
  c.sign = c.left + c.side_w + kSignWidth / 2;
  c.right = c.left + c.side_w + kSignWidth;
  c.label = c.right + c.side_w + 12;
  c.why = c.label + c.label_w + 12;
  return c;
}

std::string times(std::size_t count) {
  return count > 1 ? "× " + decimal(static_cast<std::int64_t>(count)) : std::string();
}

void draw_compare_head(Pane& pane, const Rect& box, const CompareColumns& c,
                       const CompareNames& names, std::string_view extra) {
  SceneBuilder& b = pane.ink();
  const Theme& t = pane.theme();
  const double y = box.y + 22;
  const TextStyle style = {.size = type::kMedium, .bold = true};
  b.text({c.step, y}, "Step", style);
  b.text({c.left, y}, names.left, style);
  b.text({c.right, y}, names.right, style);
  b.text({c.label, y}, "Difference", style);
  if (c.why_w > 0) b.text({c.why, y}, "Why", style);
  b.text({box.right() - kComparePad, y}, extra,
         {.size = type::kSmall, .color = t.text3, .anchor = Anchor::End});
  b.line({box.x, box.y + kCompareHead - 0.5}, {box.right(), box.y + kCompareHead - 0.5},
         {t.line2, 1, {}});
}

void draw_side_words(Pane& pane, const Rect& cell, const CompareLine& line, bool is_left) {
  SceneBuilder& b = pane.ink();
  const Theme& t = pane.theme();
  const std::string& words = is_left ? line.left : line.right;
  const std::string more = times(is_left ? line.left_more : line.right_more);
  if (line.difference) b.rect({cell.x - 6, cell.y + 2, cell.w + 6, cell.h - 4}, 3, {t.inset, {}});
  const double y = cell.y + 17.5;
  double room = cell.w - 6;
  if (!more.empty()) {
    const TextStyle count = {
        .size = type::kSmall, .color = t.text3, .mono = true, .anchor = Anchor::End};
    b.text({cell.right() - 6, y}, more, count);
    room -= b.width(more, count) + 14;
  }
  b.text({cell.x, y}, words.empty() ? "—" : words,
         {.size = type::kSmall,
          .color = words.empty()     ? t.text3
                   : line.difference ? t.text
                                     : t.text2,
          .mono = true,
          .width_max = room});
}

void draw_difference_label(Pane& pane, const Rect& row, const CompareColumns& c,
                           const CompareLine& line) {
  if (line.label.empty()) return;
  SceneBuilder& b = pane.ink();
  const Theme& t = pane.theme();
  const TextStyle style = {.size = type::kSmall,
                           .color = line.open ? t.bad : t.text2,
                           .bold = line.open,
                           .width_max = c.label_w - 20};
  const double width = std::min(b.width(line.label, style), c.label_w - 20) + 20;
  b.rect({c.label, row.y + 3.5, width, row.h - 7}, (row.h - 7) / 2,
         {{}, {line.open ? t.bad : t.line2, line.open ? 1.6 : 1, {}}});
  b.text({c.label + 10, row.y + 17.5}, line.label, style);
  if (c.why_w > 0 && line.difference)
    b.text({c.why, row.y + 17.5}, line.why,
           {.size = type::kSmall, .color = t.text2, .width_max = c.why_w});
}

struct CompareRowLook {
  bool selected = false;
  bool hovered = false;
};

void draw_compare_row(Pane& pane, const Rect& row, const CompareColumns& c, const CompareLine& line,
                      const CompareRowLook& look) {
  SceneBuilder& b = pane.ink();
  const Theme& t = pane.theme();
  const Rect plate = {row.x + 4, row.y + 1, row.w - 20, row.h - 2};  // beside the scroll bar
  if (look.selected)
    b.rect(plate, 4, {t.raised, {t.text, 2, {}}});
  else if (look.hovered)
    b.rect(plate, 4, {t.inset, {}});
  b.text({c.step, row.y + 17.5}, line.head,
         {.size = type::kSmall, .mono = true, .bold = look.selected, .width_max = c.step_w});
  const double indent = line.step ? 0 : kCallIndent;
  draw_side_words(pane, {c.left + indent, row.y, c.side_w - indent, row.h}, line, true);
  draw_side_words(pane, {c.right + indent, row.y, c.side_w - indent, row.h}, line, false);
  b.text(
      {c.sign, row.y + 19}, line.sign,
      {.size = type::kLarge, .color = sign_color(t, line), .bold = true, .anchor = Anchor::Middle});
  draw_difference_label(pane, row, c, line);
}

/// The selected line stays in view, with a few around it.
void follow_selected(const Ui& ui, const Rect& box, ComparePanelState& state) {
  if (state.selected == state.scrolled_to) return;
  // Whole rows, the selected one in the middle.
  const auto before = static_cast<std::size_t>(box.h / kCompareRow / 2);
  const std::size_t first = state.selected > before ? state.selected - before : 0;
  ImGui::SetScrollY(static_cast<float>(static_cast<double>(first) * kCompareRow * ui.scale));
  state.scrolled_to = state.selected;
}

std::optional<std::size_t> draw_compare_rows(Pane& pane, const Rect& box,
                                             const ComparePanelState& state,
                                             const CompareList& list) {
  if (list.lines.empty()) return std::nullopt;
  const Ui& ui = pane.ui();
  const CompareColumns c = columns_in(box);
  const double scroll = static_cast<double>(ImGui::GetScrollY()) / ui.scale;
  std::optional<std::size_t> clicked;
  ImGui::SetCursorScreenPos(pixels(ui, {box.x, box.y - scroll}));
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(list.lines.size()), pixels(ui, {0, kCompareRow}).y);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const Rect row = {box.x, box.y + i * kCompareRow - scroll, box.w, kCompareRow};
      const std::string label = "row " + decimal(i + 1);
      const CompareLine& line = list.lines[at];
      const Press press = pane.press(label.c_str(), row, line.why);
      draw_compare_row(pane, row, c, line, {at == state.selected, press.hovered});
      if (press.clicked) clicked = at;
    }
  }
  return clicked;
}

}  // namespace

Color sign_color(const Theme& theme, const CompareLine& line) {
  if (line.open) return theme.bad;
  return line.difference ? theme.limit : theme.ok;
}

std::optional<std::size_t> draw_compare_panel(const Ui& ui, const Rect& box,
                                              ComparePanelState& state, const CompareList& list,
                                              const CompareNames& names) {
  Pane pane(ui, "Compare panel", box, {});
  pane.ink().rect(box, 8, {ui.theme.panel, {ui.theme.line, 1, {}}});
  const auto count = static_cast<std::int64_t>(list.lines.size());
  const auto selected = static_cast<std::int64_t>(std::min(state.selected + 1, list.lines.size()));
  draw_compare_head(pane, box, columns_in(box), names,
                    "row " + decimal(selected) + " of " + decimal(count));
  pane.flush();
  const Rect rows = {box.x, box.y + kCompareHead, box.w, box.h - kCompareHead - 6};
  if (rows.h < kCompareRow) return std::nullopt;
  Pane inner(ui, "Rows", rows, {}, Scrolling::Vertical);
  follow_selected(ui, rows, state);
  return draw_compare_rows(inner, rows, state, list);
}

}  // namespace cutaway::viz
