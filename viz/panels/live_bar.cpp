#include "viz/panels/live_bar.h"

#include <string>

#include "base/text.h"
#include "viz/panels/bar_button.h"

namespace cutaway::viz {
namespace {

std::string live_words(const Live& live, const Player& player) {
  const std::size_t behind = player.count() - player.position();
  const std::string count = decimal(static_cast<std::int64_t>(behind));
  if (live.stands()) return "the run is held " + live.held;
  if (live.over) return behind == 0 ? "the run has ended" : "ended; " + count + " events ahead";
  if (live.asked) return "holding before the next step";
  if (live.follow || behind == 0) return "now";
  return "view paused: " + count + (behind == 1 ? " event waits" : " events wait");
}

void draw_live_buttons(Pane& pane, double middle_y, double& right, Live& live) {
  if (!live.follow &&
      draw_bar_button(pane, middle_y, right, {"Catch up", "To what happens now (End)"}))
    live.follow = true;
  if (live.over) return;
  if (!live.stands()) {
    constexpr const char* kTip =
        "Hold it before its next step (h): it stands still, not only the picture";
    if (draw_bar_button(pane, middle_y, right, {"Hold the run", kTip})) live.ask(LiveAsk::Hold);
    return;
  }
  if (draw_bar_button(pane, middle_y, right,
                      {"Go on", "Let the run go on (g)", ButtonTone::Strong}))
    live.ask(LiveAsk::GoOn);
  if (draw_bar_button(pane, middle_y, right,
                      {"One step", "Let it go on, and hold it before its next step (n)"}))
    live.ask(LiveAsk::OneStep);
}

/// A sign, not only a colour: a dot runs, a square stands.
void draw_live_sign(SceneBuilder& b, Point at, const Live& live) {
  const Theme& t = b.theme();
  const Color ink = live.stands() ? t.limit : live.over ? t.text3 : t.ok;
  b.rect({at.x - 4, at.y - 4, 8, 8}, live.stands() ? 0 : 4, {ink, {}});
}

}  // namespace

double draw_live_bar(Pane& pane, double middle_y, const LiveBarRoom& room, Live& live,
                     const Player& player) {
  double right = room.right;
  draw_live_buttons(pane, middle_y, right, live);
  const Theme& t = pane.theme();
  const std::string words = live_words(live, player);
  const TextStyle style = {.size = type::kSmall,
                           .color = live.stands() ? t.limit : t.text2,
                           .mono = true,
                           .anchor = Anchor::End};
  const double width = pane.ink().width(words, style);
  if (right - kBarGap - width - 18 < room.left) return right;  // the buttons say it as well
  pane.ink().text({right - kBarGap, middle_y + 5}, words, style);
  draw_live_sign(pane.ink(), {right - kBarGap - width - 14, middle_y}, live);
  return right - kBarGap - width - 34;
}

}  // namespace cutaway::viz
