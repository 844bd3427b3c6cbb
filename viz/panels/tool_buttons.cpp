#include "viz/panels/tool_buttons.h"

#include <algorithm>
#include <vector>

namespace cutaway::viz {
namespace {

constexpr double kHeight = 28;
constexpr double kGap = 8;
constexpr double kPad = 12;

struct ToolButton {
  const char* name;
  const char* tip;
  Action action;
  bool live;  ///< also of a run that is watched
};
/// Left to right. The first one folds away last.
constexpr ToolButton kTools[] = {
    {"Bookmark", "Set or remove one here (b); all of them: B", Action::Bookmark, true},
    {"Predict first", "What will the next step do? (q)", Action::Predict, false},
    {"Run until", "To the next clone, refusal, predicate … (u)", Action::RunUntil, true},
};

double width_of(const Pane& pane, const ToolButton& tool) {
  const SceneBuilder measure(pane.theme(), pane.ui().metrics, pane.box());
  return measure.width(tool.name, {.size = type::kSmall}) + 2 * kPad;
}

/// Those for which there is room.
std::vector<const ToolButton*> shown(const Pane& pane, const ToolLook& look) {
  std::vector<const ToolButton*> tools;
  double room = look.right - look.left;
  for (const ToolButton& tool : kTools) {
    const double width = width_of(pane, tool) + kGap;
    if ((look.live && !tool.live) || width > room) continue;
    room -= width;
    tools.push_back(&tool);
  }
  return tools;
}

}  // namespace

ToolPress draw_tool_buttons(Pane& pane, double middle_y, const ToolLook& look) {
  const Theme& t = pane.theme();
  ToolPress pressed;
  double right = look.right;
  std::vector<const ToolButton*> tools = shown(pane, look);
  std::reverse(tools.begin(), tools.end());
  for (const ToolButton* tool : tools) {
    const double width = width_of(pane, *tool);
    const Rect box = {right - width, middle_y - kHeight / 2, width, kHeight};
    const Press press = pane.press(tool->name, box, tool->tip);
    if (press.clicked) pressed.action = tool->action;
    const bool on = tool->action == Action::Bookmark && look.bookmarked;
    pane.ink().rect(box, 6, {press.hovered || on ? t.raised : Color{}, {t.line2, 1, {}}});
    pane.ink().text({box.mid_x(), middle_y + 4.7}, tool->name,
                    {.size = type::kSmall,
                     .color = button_text(t, press, on),
                     .bold = on,
                     .anchor = Anchor::Middle});
    right = box.x - kGap;
  }
  pressed.left = right;
  return pressed;
}

}  // namespace cutaway::viz
