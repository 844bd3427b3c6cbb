// Widths of the program's own fonts, for scenes that a test makes.
#pragma once

#include "viz/scene/metrics.h"

namespace cutaway::viz {

inline const FontMetrics kMetrics = FontMetrics::bundled();

}  // namespace cutaway::viz
