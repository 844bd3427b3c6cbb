// The bar on top: what is shown, on which side it ran, and the switches of the whole window.
#pragma once

#include <optional>
#include <string>

#include "viz/panels/ui.h"
#include "viz/panels/views.h"

namespace cutaway::viz {

struct TitleBarState {
  std::string command;  ///< that runs at this moment
  std::string side;     ///< "SIMULATED", "REAL"
  View view = View::Ship;
  bool presenter = false;
  bool help = false;
  bool exporting = false;
  bool has_lessons = false;  ///< somebody can run one
  bool lessons = false;      ///< their list is open
  bool compares = false;     ///< two runs: only what works there can be pressed
  bool rows = false;         ///< of two runs: their rows are there
};

struct TitleBarPress {
  bool presenter = false, theme = false, help = false, exporting = false, rows = false;
  bool lessons = false;
  std::optional<View> view;  ///< that is to be shown instead
};

TitleBarPress draw_title_bar(const Ui& ui, const Rect& box, const TitleBarState& state);

}  // namespace cutaway::viz
