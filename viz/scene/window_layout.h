// Where the window's parts stand: title bar, side panels, picture, caption, timeline; and which of
// them fold when the window is small. Pure; panels and exports share it, so that both show the same
// picture.
#pragma once

#include "viz/scene/geometry.h"

namespace cutaway::viz {

struct WindowWish {
  bool left_panel = true;
  bool right_panel = true;
  bool presenter = false;  // both panels folded, big sentence, two lanes of equal beats
  double left_width = 0;   // 0: as usual. The picture keeps what it has beside the usual ones
  double right_width = 0;
  double lesson = 0;  // width of a lesson in place of the left panel, which never folds
};

struct WindowLayout {
  Rect title, left, right, picture, caption, timeline;  // an empty panel is folded
  bool parts_list = true;
  int timeline_lanes = 5;
  double sentence_size = 20;
  double part_size = 13;
  int sentence_lines = 2;  // kept free, so that the parts list stays where it is
};

// How much larger than the tokens a window of so many pixels should show everything: 1 up to 1600 x
// 900, then growing with the window, so that a projector's last row can read. Lay the window out in
// pixels / scale.
[[nodiscard]] double window_scale(double width_px, double height_px);

[[nodiscard]] WindowLayout window_layout(double width, double height, const WindowWish& wish = {});

}  // namespace cutaway::viz
