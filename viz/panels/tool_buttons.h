// The right end of the transport: what one can do at this moment beside going on. What has no room
// is left out; its key works all the same.
#pragma once

#include <optional>

#include "viz/input/key_table.h"
#include "viz/panels/ui.h"

namespace cutaway::viz {

struct ToolLook {
  bool live = false;        ///< of a run that happens now nothing can be predicted
  bool bookmarked = false;  ///< there is a bookmark here
  double left = 0, right = 0;
};
struct ToolPress {
  std::optional<Action> action;
  double left = 0;  ///< where they begin
};
/// On a line around `middle_y`, ending at the right.
ToolPress draw_tool_buttons(Pane& pane, double middle_y, const ToolLook& look);

}  // namespace cutaway::viz
