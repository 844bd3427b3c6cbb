#include "viz/panels/tool_buttons.h"

#include <algorithm>
#include <vector>

#include "viz/panels/bar_button.h"

namespace cutaway::viz {
namespace {

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

BarButton button_of(const ToolButton& tool, const ToolLook& look) {
  const bool on = tool.action == Action::Bookmark && look.bookmarked;
  return {tool.name, tool.tip, on ? ButtonTone::Lit : ButtonTone::Plain};
}

/// Those for which there is room.
std::vector<const ToolButton*> shown(const Pane& pane, const ToolLook& look) {
  std::vector<const ToolButton*> tools;
  double room = look.right - look.left;
  for (const ToolButton& tool : kTools) {
    const double width = bar_button_width(pane, button_of(tool, look));
    if ((look.live && !tool.live) || width > room) continue;
    room -= width;
    tools.push_back(&tool);
  }
  return tools;
}

}  // namespace

ToolPress draw_tool_buttons(Pane& pane, double middle_y, const ToolLook& look) {
  ToolPress pressed;
  pressed.left = look.right;
  std::vector<const ToolButton*> tools = shown(pane, look);
  std::reverse(tools.begin(), tools.end());
  for (const ToolButton* tool : tools) {
    if (draw_bar_button(pane, middle_y, pressed.left, button_of(*tool, look)))
      pressed.action = tool->action;
  }
  return pressed;
}

}  // namespace cutaway::viz
