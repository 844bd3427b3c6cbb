#include "viz/panels/title_bar.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr double kBaseline = 26;
constexpr double kCommandAt = 140;
constexpr double kBetween = 28;       // of two switches …
constexpr double kBetweenLeast = 16;  // … in a narrow window
constexpr double kNarrow = 1180;
constexpr double kSwitchesFrom = 380;  // left of it: what is shown, on which side
constexpr double kPad = 10;            // around the words of one

/// A ship from the side, cut open: four decks.
void draw_logo(SceneBuilder& b) {
  constexpr double kWidths[] = {12, 22, 22, 18};
  const Theme& t = b.theme();
  for (int i = 0; i < 4; ++i) {
    const double width = kWidths[i];
    const double x = i == 3 ? 14 + (22 - width) / 2 : 14;
    b.rect({x, 9.0 + i * 6, width, 4}, 1, {i == 2 ? t.text2 : t.text, {}});
  }
  b.text({46, kBaseline}, "Cutaway", {.size = type::kLarge, .bold = true});
}

void draw_what(Pane& pane, const TitleBarState& state, double room_to) {
  SceneBuilder& b = pane.ink();
  const Theme& t = pane.theme();
  const TextStyle side = {.size = type::kSmall, .bold = true};
  const double badge = b.width(state.side, side) + 20;
  const TextStyle command = {.size = type::kMedium,
                             .color = t.text2,
                             .mono = true,
                             .width_max = room_to - badge - 32 - kCommandAt};
  const double end = b.text({kCommandAt, kBaseline}, state.command, command);
  pane.press("Command", {kCommandAt, 8, std::max(1.0, end - kCommandAt), 24}, state.command);
  b.rect({end + 16, 9, badge, 22}, 11, {{}, {t.text2, 1.2, {}}});
  b.text({end + 26, 24.5}, state.side, side);
}

struct Switch {
  const char* name;
  bool on = false;
  const char* later = nullptr;  ///< why it cannot be pressed yet
  const char* tip = "";
};

/// Its words end at `right`; returns where they begin.
double draw_switch(Pane& pane, const Switch& item, double right, bool& pressed) {
  SceneBuilder& b = pane.ink();
  const Theme& t = pane.theme();
  const double width = b.width(item.name, {.size = type::kMedium});
  const Rect box = {right - width - kPad, 7, width + 2 * kPad, 27};
  const Press press = pane.press(item.name, box, item.later != nullptr ? item.later : item.tip);
  const bool works = item.later == nullptr;
  if (item.on)
    b.rect(box, 5, {t.raised, {t.line2, 1, {}}});
  else if (press.hovered && works)
    b.rect(box, 5, {t.inset, {t.line, 1, {}}});
  const Color ink = works ? button_text(t, press, item.on) : t.text3;
  b.text({right, kBaseline}, item.name,
         {.size = type::kMedium, .color = ink, .anchor = Anchor::End});
  pressed = press.clicked && works;
  return right - width;
}

}  // namespace

TitleBarPress draw_title_bar(const Ui& ui, const Rect& box, const TitleBarState& state) {
  Pane pane(ui, "Title bar", box, ui.theme.panel);
  pane.ink().line({box.x, box.bottom() - 0.5}, {box.right(), box.bottom() - 0.5},
                  {ui.theme.line, 1, {}});
  draw_logo(pane.ink());
  TitleBarPress press;
  bool none = false;
  const bool narrow = box.w < kNarrow;
  const double between = narrow ? kBetweenLeast : kBetween;
  double x = box.right() - 16;
  if (!state.compares)
    x = draw_switch(pane, {"?", state.help, nullptr, "Keys (?)"}, x, press.help) - between;
  x = draw_switch(pane, {"Theme", false, nullptr, "Dark, light or projector (t)"}, x, press.theme) -
      between;
  if (state.compares) {
    x = draw_switch(pane, {"Compare", true, nullptr, "Two runs side by side"}, x, none);
    draw_what(pane, state, x - kPad);
    return press;
  }
  x = draw_switch(pane, {"Presenter", state.presenter, nullptr, "For a lecture hall (p)"}, x,
                  press.presenter) -
      between;
  x = draw_switch(pane, {"Export", state.exporting, nullptr, "Save a picture, a film (e)"}, x,
                  press.exporting) -
      between;
  constexpr const char* kCompare = "cutaway compare A B lays two runs side by side";
  // It cannot be pressed here, so it gives way first.
  if (!narrow) x = draw_switch(pane, {"Compare", false, kCompare}, x, none) - between;
  const std::vector<ViewRow>& views = view_rows();
  for (auto row = views.rbegin(); row != views.rend(); ++row) {
    if (row->view == View::Ship) continue;
    if (x < kSwitchesFrom) break;  // the keys are there still
    const bool on = state.view == row->view;
    bool pressed = false;
    x = draw_switch(pane, {row->name, on, nullptr, row->tip}, x, pressed) - between;
    if (pressed) press.view = on ? View::Ship : row->view;
  }
  draw_what(pane, state, x + between - kPad);
  return press;
}

}  // namespace cutaway::viz
