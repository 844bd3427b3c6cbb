#include "viz/panels/card.h"

#include <algorithm>
#include <string>

namespace cutaway::viz {

Rect card_box(const Rect& room, double width, double height) {
  const double w = std::min(width, room.w - 16);
  return {room.mid_x() - w / 2, std::max(room.y + 8, room.bottom() - height - 8), w, height};
}

bool draw_card(Pane& pane, std::string_view title) {
  const Theme& t = pane.theme();
  const Rect& box = pane.box();
  SceneBuilder& b = pane.ink();
  b.rect(box, 10, {t.panel, {t.line2, 1, {}}});
  const Rect close = {box.right() - kCardPad - 58, box.y + 12, 66, 24};
  const Press press = pane.press("Close card", close, "Close (Esc)");
  b.text({box.x + kCardPad, box.y + 31}, title,
         {.size = type::kMedium, .bold = true, .width_max = close.x - box.x - kCardPad - 12});
  b.text({box.right() - kCardPad, box.y + 30}, "Esc closes",
         {.size = type::kSmall, .color = press.hovered ? t.text : t.text3, .anchor = Anchor::End});
  return press.clicked;
}

bool draw_card_button(Pane& pane, Point at, const CardButton& button, double* end, double width) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const TextStyle words = {.size = type::kSmall, .bold = button.strong};
  const TextStyle key = {.size = type::kSmall, .color = t.text3, .mono = true};
  const double key_width = *button.key == '\0' ? 0 : b.width(button.key, key) + 8;
  const double needed = key_width + b.width(button.name, words) + 24;
  const Rect box = {at.x, at.y, std::max(needed, width), kCardButton};
  const Press press = pane.press(button.name, box, button.tip);
  const bool lit = press.hovered && button.works;
  const Color ground = button.strong && button.works ? t.text : lit ? t.raised : Color{};
  b.rect(box, 6, {ground, {t.line2, 1, {}}});
  const Color ink = !button.works ? t.text3 : button.strong ? t.bg : button_text(t, press, false);
  if (key_width > 0) {
    TextStyle shown = key;
    if (button.strong && button.works) shown.color = t.bg;
    b.text({box.x + 12, box.mid_y() + 4.7}, button.key, shown);
  }
  b.text({box.x + 12 + key_width, box.mid_y() + 4.7}, button.name,
         {.size = type::kSmall, .color = ink, .bold = button.strong});
  if (end != nullptr) *end = box.right();
  return press.clicked && button.works;
}

}  // namespace cutaway::viz
