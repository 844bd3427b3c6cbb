#include "viz/panels/fork_bar.h"

#include <imgui_stdlib.h>

#include <algorithm>

#include "base/text.h"

namespace cutaway::viz {
namespace {

constexpr double kHeight = 28;
constexpr double kGap = 8;
constexpr double kLineWidth = 760;
constexpr double kLineHeight = 76;
constexpr double kNameMost = 170;

struct BarButton {
  std::string name;
  const char* tip;
  bool on = false;
};

/// Ends at `right`, which moves to where the next one ends.
bool draw_button(Pane& pane, double middle_y, double& right, const BarButton& button) {
  const Theme& t = pane.theme();
  const TextStyle style = {.size = type::kSmall, .bold = button.on, .width_max = kNameMost};
  const double words = std::min(pane.ink().width(button.name, style), kNameMost);
  const Rect box = {right - words - 24, middle_y - kHeight / 2, words + 24, kHeight};
  const Press press = pane.press(button.name.c_str(), box, button.tip);
  const Color ground = button.on ? t.text : press.hovered ? t.raised : Color{};
  pane.ink().rect(box, 6, {ground, {t.line2, 1, {}}});
  pane.ink().text({box.x + 12, middle_y + 4.7}, button.name,
                  {.size = type::kSmall,
                   .color = button.on ? t.bg : button_text(t, press, false),
                   .bold = button.on,
                   .width_max = kNameMost});
  right = box.x - kGap;
  return press.clicked;
}

void draw_field(Pane& pane, const Rect& box, ForkState& state) {
  const Theme& t = pane.theme();
  const Ui& ui = pane.ui();
  pane.ink().rect(box, 5, {t.inset, {t.text, 1.5, {}}});
  pane.flush();
  const BakedFont& font = ui.atlas.font({type::kMedium, true, false});
  const double line = static_cast<double>(font.line_px()) / ui.scale;
  ImGui::PushFont(font.font);
  ImGui::SetCursorScreenPos(pixels(ui, {box.x + 12, box.y + (box.h - line) / 2}));
  ImGui::SetNextItemWidth(pixels(ui, {box.w - 24, 0}).x);
  if (state.focus) {
    ImGui::SetWindowFocus();
    ImGui::SetKeyboardFocusHere();
  }
  state.focus = false;
  const bool entered = ImGui::InputTextWithHint("##Fork line", "docker ps", &state.line,
                                                ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopFont();
  if (entered && !trim(state.line).empty()) state.ask = state.line;
}

}  // namespace

void ForkState::begin() {
  if (!possible) return;
  typing = focus = true;
  problem.clear();
}

void ForkState::next() {
  if (futures.size() > 1) show = (shown + 1) % futures.size();
}

void ForkState::previous() {
  if (futures.size() > 1) show = (shown + futures.size() - 1) % futures.size();
}

double draw_fork_bar(Pane& pane, double middle_y, double right, ForkState& state) {
  if (!state.possible) return right;
  if (draw_button(pane, middle_y, right,
                  {"Fork here", "From this moment on another command; both futures stay (f)"}))
    state.begin();
  if (state.futures.size() < 2) return right;
  if (state.shown > 0 &&
      draw_button(pane, middle_y, right,
                  {"Compare futures", "How it was and how it went here, side by side (c)"}))
    state.compare = true;
  for (std::size_t i = state.futures.size(); i-- > 0;) {
    const BarButton button = {
        decimal(static_cast<std::int64_t>(i) + 1) + " " + state.futures[i].name,
        "Another future ( , and . )", i == state.shown};
    if (draw_button(pane, middle_y, right, button)) state.show = i;
  }
  return right;
}

void draw_fork_line(const Ui& ui, const Rect& above, ForkState& state) {
  if (!state.typing) return;
  const double width = std::min(kLineWidth, above.w - 16);
  const Rect box = {above.mid_x() - width / 2, above.bottom() - kLineHeight - 6, width,
                    kLineHeight};
  Pane pane(ui, "Fork", box, {});
  const Theme& t = ui.theme;
  pane.ink().rect(box.inset(1), 10, {t.raised, {t.text, 1.5, {}}});
  const bool bad = !state.problem.empty();
  pane.ink().text(
      {box.x + 16, box.y + 22},
      bad ? state.problem : "From here on, type this instead; what was stays as future 1.",
      {.size = type::kSmall,
       .color = bad ? t.bad : t.text2,
       .bold = bad,
       .width_max = box.w - 190});
  pane.ink().text({box.right() - 16, box.y + 22}, "Enter forks · Esc closes",
                  {.size = type::kSmall, .color = t.text3, .anchor = Anchor::End});
  pane.ink().text({box.x + 18, box.y + 54}, "$",
                  {.size = type::kMedium, .mono = true, .bold = true});
  draw_field(pane, {box.x + 34, box.y + 34, box.w - 50, 32}, state);
}

}  // namespace cutaway::viz
