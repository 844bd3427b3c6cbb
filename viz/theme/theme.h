// The themes: every colour of the picture by its meaning. Data only.
// Where the values come from, and which contrasts they keep: docs of the design, section "Colour";
// tests/viz checks them.
#pragma once

#include <array>
#include <string_view>

#include "viz/theme/color.h"

namespace cutaway::viz {

struct Theme {
  std::string_view name;
  bool dark = false;
  Color bg;                   // around the hull
  Color panel;                // panels of the window
  Color inset;                // wells and tracks
  Color raised;               // the current row, a station that was visited
  std::array<Color, 4> deck;  // Engine, Processes, Kernel, Hardware: deeper is darker
  Color cut;                  // the hull's solid …
  Color hatch;                // … its hatch: cut material, nothing else …
  Color edge;                 // … and its contour
  Color line;                 // hairlines
  Color line2;                // borders of controls
  Color text;
  Color text2;
  Color text3;  // captions, and what has not happened yet
  Color host;   // the host's own things: neutral, never a container's colour
  Color ok;
  Color bad;
  Color limit;
  Color lost;
  Color on;    // text on a container's solid colour
  Color core;  // the light core of a bead
  std::array<Color, 8> container;
  double fill = 0;   // opacity of a slice's fill
  double glow = 0;   // strength of the one glow
  double thick = 1;  // all lines are so many times as wide
};

extern const Theme kDark;
extern const Theme kLight;
extern const Theme kProjector;  // light, for a hall with its lamps on: more contrast, thicker lines

}  // namespace cutaway::viz
