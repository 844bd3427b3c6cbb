// What all panels have in common: a title to fold by, and a signs' alphabet for events.
#pragma once

#include <string_view>

#include "viz/panels/ui.h"
#include "viz/player/event_line.h"

namespace cutaway::viz {

inline constexpr double kPanelHead = 34;
inline constexpr double kPanelPad = 14;

struct PanelTitle {
  const char* name;
  std::string_view extra;  ///< at the right: "425 of 868"
};

/// Draws the title; a click folds or opens the panel. Returns where the content begins.
double panel_head(Pane& pane, const Rect& box, const PanelTitle& title, bool& open);

/// The shape of an event's kind. `hollow`: it has not happened yet.
void draw_sign(SceneBuilder& b, Point at, EventSign sign, Color color, bool hollow);

}  // namespace cutaway::viz
