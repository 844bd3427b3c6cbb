// A button of the bar above the timeline. They stand in a row from the right to the left.
#pragma once

#include <string>
#include <string_view>

#include "viz/panels/ui.h"

namespace cutaway::viz {

inline constexpr double kBarButton = 28;  ///< height of all that stand in it
inline constexpr double kBarGap = 8;

enum class ButtonTone { Plain, Lit, Strong };  ///< Lit: it is on. Strong: chosen, or to be pressed

struct BarButton {
  std::string name;
  std::string_view tip;
  ButtonTone tone = ButtonTone::Plain;
};

/// How wide it is, with the gap to the next one.
double bar_button_width(const Pane& pane, const BarButton& button);
/// Ends at `right`, which moves to where the next one ends. True: it was pressed.
bool draw_bar_button(Pane& pane, double middle_y, double& right, const BarButton& button);

}  // namespace cutaway::viz
