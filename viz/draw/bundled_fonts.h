// The four fonts that are built into the program, as an atlas wants them.
#pragma once

#include "viz/draw/atlas.h"

namespace cutaway::viz {

[[nodiscard]] FontFiles bundled_fonts();

}  // namespace cutaway::viz
