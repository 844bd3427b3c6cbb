// How much ink a pattern has at a place: the patterns as formulas, so that they are exact at every
// scale.
#pragma once

#include "viz/theme/slots.h"

namespace cutaway::viz {

// Coverage 0 … 1 of the pixel around (x, y), given in pixels of scale 1 and repeating with the
// tile.
[[nodiscard]] double pattern_ink(Pattern pattern, double x, double y, double scale);
// The glow at a distance from its middle, 0 … 1 of its radius.
[[nodiscard]] double glow_ink(double distance);

}  // namespace cutaway::viz
