#include "viz/panels/help_overlay.h"

#include <algorithm>
#include <string>

#include "viz/input/key_table.h"

namespace cutaway::viz {
namespace {

constexpr double kWidth = 880;
constexpr double kHeight = 470;
constexpr double kPad = 28;
constexpr double kRow = 28;
constexpr double kKeyGap = 7;
constexpr double kLiveBelow = 236;  // the window's own keys stand above

double cap_width(const SceneBuilder& b, std::string_view name) {
  return std::max(26.0, b.width(name, {.size = type::kSmall, .mono = true, .bold = true}) + 14);
}

void draw_key(SceneBuilder& b, Point at, std::string_view name) {
  const Theme& t = b.theme();
  const Rect cap = {at.x, at.y - 16, cap_width(b, name), 22};
  b.rect(cap, 4, {t.inset, {t.line2, 1, {}}});
  b.text({cap.mid_x(), at.y}, name,
         {.size = type::kSmall, .mono = true, .bold = true, .anchor = Anchor::Middle});
}

/// Where the words of a group begin: all beneath one another, behind its widest key.
double key_column(const SceneBuilder& b, KeyGroup group) {
  double widest = 0;
  for (const KeyRow& row : key_table()) {
    if (row.group == group) widest = std::max(widest, cap_width(b, row.name));
  }
  return widest + kKeyGap;
}

void draw_group(SceneBuilder& b, KeyGroup group, Point at, double width) {
  const Theme& t = b.theme();
  b.text({at.x, at.y + 12}, key_group_name(group), {.size = type::kMedium, .bold = true});
  const double column = key_column(b, group);
  double y = at.y + 46;
  for (const KeyRow& row : key_table()) {
    if (row.group != group || row.name.empty()) continue;
    draw_key(b, {at.x, y}, row.name);
    b.text({at.x + column, y}, row.does,
           {.size = type::kSmall, .color = t.text2, .width_max = width - column - 12});
    y += kRow;
  }
}

}  // namespace

bool draw_help_overlay(const Ui& ui, const Rect& window) {
  Pane veil(ui, "Help", window, ui.theme.bg.faded(0.72));
  const bool away = veil.press("Close help", window).clicked;
  const Rect card = {window.mid_x() - kWidth / 2, window.mid_y() - kHeight / 2, kWidth, kHeight};
  SceneBuilder& b = veil.ink();
  b.rect(card, 10, {ui.theme.panel, {ui.theme.line2, 1, {}}});
  b.text({card.x + kPad, card.y + 44}, "Everything by keyboard",
         {.size = type::kSentence, .bold = true});
  b.text({card.right() - kPad, card.y + 44}, "Esc closes this",
         {.size = type::kSmall, .color = ui.theme.text3, .anchor = Anchor::End});
  const double top = card.y + 76;
  const double time = 330;
  const double third = (kWidth - 2 * kPad - time) / 2;
  draw_group(b, KeyGroup::Time, {card.x + kPad, top}, time);
  draw_group(b, KeyGroup::Size, {card.x + kPad + time, top}, third);
  const double right = card.x + kPad + time + third;
  draw_group(b, KeyGroup::Window, {right, top}, third);
  draw_group(b, KeyGroup::Live, {right, top + kLiveBelow}, third);
  return away;
}

}  // namespace cutaway::viz
