// The inspector: something of the picture, what is known of it, what changed, and why.
#pragma once

#include "viz/panels/ui.h"
#include "viz/player/inspection.h"

namespace cutaway::viz {

struct InspectorPanelState {
  bool open = true;
  Subject selected;   ///< none: whoever acts
  std::string asked;  ///< the value that Why? is about; empty: the chief one

  void select(Subject subject) {
    selected = std::move(subject);
    asked.clear();
  }
};

struct InspectorPress {
  EventIndex to = kNoEvent;  ///< an event that was clicked on to jump to
  std::string asked;         ///< a value that was clicked on: why is it so?
};
InspectorPress draw_inspector_panel(const Ui& ui, const Rect& box, InspectorPanelState& state,
                                    const Inspection& inspection);

}  // namespace cutaway::viz
