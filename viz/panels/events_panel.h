// The list of events: number, sign of the kind, few words. What is yet to come is hollow.
#pragma once

#include <string>

#include "viz/panels/ui.h"
#include "viz/player/event_filter.h"
#include "viz/player/player.h"

namespace cutaway::viz {

struct EventsPanelState {
  bool open = true;
  std::string filter;
  FilteredEvents found;
  std::size_t scrolled_to = static_cast<std::size_t>(-1);  ///< row that was brought into view
  bool focus_filter = false;  ///< put the keyboard into the filter at the next frame
};

/// True: not all events have been looked at yet, draw again soon.
bool draw_events_panel(const Ui& ui, const Rect& box, EventsPanelState& state, Player& player);

}  // namespace cutaway::viz
