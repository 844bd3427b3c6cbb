// The inspector: something of the picture, what is known of it, what changed, and why.
#pragma once

#include "viz/panels/change_controls.h"
#include "viz/panels/ui.h"
#include "viz/player/inspection.h"

namespace cutaway::viz {

struct InspectorPanelState {
  bool open = true;
  Subject selected;   ///< none: whoever acts
  std::string asked;  ///< the value that Why? is about; empty: the chief one
  ChangeHand hand;    ///< what is about to be moved

  void select(Subject subject) {
    selected = std::move(subject);
    asked.clear();
    hand = {};
  }
};

struct InspectorPress {
  EventIndex to = kNoEvent;         ///< an event that was clicked on to jump to
  std::string asked;                ///< a value that was clicked on: why is it so?
  std::optional<ChangeAsk> change;  ///< a limit was moved, a signal pressed
};

/// What it shows at this moment.
struct InspectorContent {
  const Inspection& inspection;
  const Changeable* changeable = nullptr;  ///< null: nothing that has limits
  ChangeRules rules;
};
InspectorPress draw_inspector_panel(const Ui& ui, const Rect& box, InspectorPanelState& state,
                                    const InspectorContent& content);

}  // namespace cutaway::viz
