// What moves by itself while a step runs: bars of meters, shares of memory and card, layers that
// fill.
#pragma once

#include "viz/scene/ship_model.h"

namespace cutaway::viz {

// The later model with its quantities on the way from the earlier one's, t = 0 … 1. Things are
// matched by id and slot; one that is new starts from nothing. Everything else (who is there, what
// is said) is the later model's at once.
[[nodiscard]] ShipModel between(const ShipModel& before, ShipModel after, double t);

}  // namespace cutaway::viz
