#include "viz/panels/bar_button.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr double kBarButtonPad = 12;
constexpr double kNameMost = 170;

double words_width(const Pane& pane, const BarButton& button) {
  const FontStyle style = {type::kSmall, false, button.tone != ButtonTone::Plain};
  return std::min(pane.ui().metrics.width(button.name, style), kNameMost);
}

}  // namespace

double bar_button_width(const Pane& pane, const BarButton& button) {
  return words_width(pane, button) + 2 * kBarButtonPad + kBarGap;
}

bool draw_bar_button(Pane& pane, double middle_y, double& right, const BarButton& button) {
  const Theme& t = pane.theme();
  const double width = words_width(pane, button) + 2 * kBarButtonPad;
  const Rect box = {right - width, middle_y - kBarButton / 2, width, kBarButton};
  const Press press = pane.press(button.name.c_str(), box, button.tip);
  const bool strong = button.tone == ButtonTone::Strong;
  const bool lit = button.tone == ButtonTone::Lit;
  const Color ground = strong ? t.text : press.hovered || lit ? t.raised : Color{};
  pane.ink().rect(box, 6, {ground, {t.line2, 1, {}}});
  pane.ink().text({box.x + kBarButtonPad, middle_y + 4.7}, button.name,
                  {.size = type::kSmall,
                   .color = strong ? t.bg : button_text(t, press, lit),
                   .bold = strong || lit,
                   .width_max = kNameMost});
  right = box.x - kBarGap;
  return press.clicked;
}

}  // namespace cutaway::viz
