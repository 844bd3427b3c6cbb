// A card over the foot of the picture: a question, a list, a few choices. Esc closes it.
#pragma once

#include <string_view>

#include "viz/panels/ui.h"

namespace cutaway::viz {

inline constexpr double kCardPad = 20;
inline constexpr double kCardHead = 50;  ///< where the content begins

/// Where a card of this size stands in the room above the timeline: at its foot, in the middle.
Rect card_box(const Rect& room, double width, double height);
/// Ground, title and how to close it. True: it was closed by the mouse.
bool draw_card(Pane& pane, std::string_view title);

struct CardButton {
  const char* name;
  const char* tip = "";
  const char* key = "";  ///< shown before the name: "1"
  bool strong = false;   ///< what one would want to press now
  bool works = true;
};
/// Begins at `at` (its top left); `width` 0: as wide as its words. Returns whether it was pressed;
/// `end`: the x behind it.
bool draw_card_button(Pane& pane, Point at, const CardButton& button, double* end = nullptr,
                      double width = 0);
inline constexpr double kCardButton = 28;

}  // namespace cutaway::viz
