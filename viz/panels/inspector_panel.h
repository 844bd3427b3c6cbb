// The inspector: a task, its namespaces, what changed, and why.
#pragma once

#include "viz/panels/ui.h"
#include "viz/player/inspection.h"

namespace cutaway::viz {

struct InspectorPanelState {
  bool open = true;
  TaskId selected;  ///< none: whoever acts
};

/// The event that was clicked on to jump to; kNoEvent: none.
EventIndex draw_inspector_panel(const Ui& ui, const Rect& box, InspectorPanelState& state,
                                const Inspection& inspection);

}  // namespace cutaway::viz
