#include "viz/panels/title_bar.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace cutaway::viz {
namespace {

constexpr double kBaseline = 26;
constexpr double kCommandAt = 140;
constexpr double kBetween = 28;       // of two switches …
constexpr double kBetweenLeast = 16;  // … in a tight window
constexpr double kTight = 1440;       // so narrow, and switches stand closer
constexpr double kNarrowBar = 1180;
constexpr double kSwitchesFrom = 380;  // left of it: what is shown, on which side
constexpr double kTiny = 700;          // a small window on a large screen
constexpr double kSwitchesFromTiny = 230;
constexpr double kCommandAtNarrow = 50;  // no room for our name
constexpr double kCommandLeast = 24;
constexpr double kSwitchPad = 10;  // around the words of one

/// A ship from the side, cut open: four decks.
void draw_logo(SceneBuilder& b, bool named) {
  constexpr double kWidths[] = {12, 22, 22, 18};
  const Theme& t = b.theme();
  for (int i = 0; i < 4; ++i) {
    const double width = kWidths[i];
    const double x = i == 3 ? 14 + (22 - width) / 2 : 14;
    b.rect({x, 9.0 + i * 6, width, 4}, 1, {i == 2 ? t.text2 : t.text, {}});
  }
  if (named) b.text({46, kBaseline}, "Cutaway", {.size = type::kLarge, .bold = true});
}

/// The command, as much of it as there is room for; the side, if there is any room.
void draw_what(Pane& pane, const TitleBarState& state, double from, double room_to) {
  SceneBuilder& b = pane.ink();
  const Theme& t = pane.theme();
  const TextStyle side = {.size = type::kSmall, .bold = true};
  const double badge = b.width(state.side, side) + 20;
  const double room = room_to - badge - 32 - from;
  double end = from - 16;
  if (room >= kCommandLeast) {
    const TextStyle command = {
        .size = type::kMedium, .color = t.text2, .mono = true, .width_max = room};
    end = b.text({from, kBaseline}, state.command, command);
    pane.press("Command", {from, 8, std::max(1.0, end - from), 24}, state.command);
  }
  if (room_to - end - 16 < badge) return;
  b.rect({end + 16, 9, badge, 22}, 11, {{}, {t.text2, 1.2, {}}});
  b.text({end + 26, 24.5}, state.side, side);
}

struct Switch {
  const char* name;
  bool on = false;
  const char* later = nullptr;  ///< why it cannot be pressed yet
  const char* tip = "";
  std::function<void()> act;
};

/// Its words end at `right`; returns where they begin.
double draw_switch(Pane& pane, const Switch& item, double right, bool& pressed) {
  SceneBuilder& b = pane.ink();
  const Theme& t = pane.theme();
  const double width = b.width(item.name, {.size = type::kMedium});
  const Rect box = {right - width - kSwitchPad, 7, width + 2 * kSwitchPad, 27};
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

/// From right to left, what matters most first.
std::vector<Switch> switches_of(const TitleBarState& state, TitleBarPress& press, bool narrow) {
  std::vector<Switch> all = {
      {"?", state.help, nullptr, "Keys (?)", [&press] { press.help = true; }},
      {"Theme", false, nullptr, "Dark, light or projector (t)", [&press] { press.theme = true; }}};
  if (state.compares) {
    all.push_back({"Rows", state.rows, nullptr, "The aligned rows in or out (Tab)",
                   [&press] { press.rows = true; }});
    all.push_back({"Compare", true, nullptr, "Two runs side by side", [] {}});
    return all;
  }
  all.push_back({"Presenter", state.presenter, nullptr, "For a lecture hall (p)",
                 [&press] { press.presenter = true; }});
  all.push_back({"Export", state.exporting, nullptr, "Save a picture, a film (e)",
                 [&press] { press.exporting = true; }});
  if (state.has_lessons)
    all.push_back(
        {"Lessons", state.lessons, nullptr, "All lessons (L)", [&press] { press.lessons = true; }});
  // It cannot be pressed here, so it gives way first.
  constexpr const char* kCompare = "cutaway compare A B lays two runs side by side";
  if (!narrow) all.push_back({"Compare", false, kCompare, "", [] {}});
  const std::vector<ViewRow>& views = view_rows();
  for (auto row = views.rbegin(); row != views.rend(); ++row) {
    if (row->view == View::Ship) continue;
    const View to = state.view == row->view ? View::Ship : row->view;
    all.push_back(
        {row->name, state.view == row->view, nullptr, row->tip, [&press, to] { press.view = to; }});
  }
  return all;
}

}  // namespace

TitleBarPress draw_title_bar(const Ui& ui, const Rect& box, const TitleBarState& state) {
  Pane pane(ui, "Title bar", box, ui.theme.panel);
  pane.ink().line({box.x, box.bottom() - 0.5}, {box.right(), box.bottom() - 0.5},
                  {ui.theme.line, 1, {}});
  const bool tiny = box.w < kTiny;
  const bool narrow = box.w < kNarrowBar;
  draw_logo(pane.ink(), !narrow);
  TitleBarPress press;
  const double between = box.w < kTight ? kBetweenLeast : kBetween;
  const double from = tiny ? kSwitchesFromTiny : kSwitchesFrom;
  double x = box.right() - 16;
  for (const Switch& item : switches_of(state, press, narrow)) {
    if (x < from) break;  // the keys are there still
    bool pressed = false;
    x = draw_switch(pane, item, x, pressed) - between;
    if (pressed) item.act();
  }
  draw_what(pane, state, narrow ? kCommandAtNarrow : kCommandAt, x + between - kSwitchPad);
  return press;
}

}  // namespace cutaway::viz
