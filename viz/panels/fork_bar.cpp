#include "viz/panels/fork_bar.h"

#include <algorithm>

#include "base/text.h"
#include "viz/panels/bar_button.h"
#include "viz/panels/text_field.h"

namespace cutaway::viz {
namespace {

constexpr double kLineWidth = 760;
constexpr double kLineHeight = 76;

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
  if (draw_bar_button(pane, middle_y, right,
                      {"Fork here", "From this moment on another command; both futures stay (f)"}))
    state.begin();
  if (state.futures.size() < 2) return right;
  if (state.shown > 0 &&
      draw_bar_button(pane, middle_y, right,
                      {"Compare futures", "How it was and how it went here, side by side (c)"}))
    state.compare = true;
  for (std::size_t i = state.futures.size(); i-- > 0;) {
    const BarButton button = {
        decimal(static_cast<std::int64_t>(i) + 1) + " " + state.futures[i].name,
        "Another future ( , and . )", i == state.shown ? ButtonTone::Strong : ButtonTone::Plain};
    if (draw_bar_button(pane, middle_y, right, button)) state.show = i;
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
  const Rect field = {box.x + 34, box.y + 34, box.w - 50, 32};
  const bool entered =
      draw_text_field(pane, field, {"##Fork line", "docker ps"}, state.line, state.focus);
  if (entered && !trim(state.line).empty()) state.ask = ForkAsk{state.line};
}

}  // namespace cutaway::viz
