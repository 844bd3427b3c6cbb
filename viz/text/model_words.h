// All that a ShipModel shows, in words, deck by deck. Nothing that the picture has is left out: a
// test holds the two against each other.
#pragma once

#include "viz/scene/ship_model.h"
#include "viz/scene/ship_words.h"
#include "viz/text/text_lines.h"

namespace cutaway::viz {

void tell_model(const ShipModel& model, const ShipWords& words, TextLines& lines);

/// "A", "B", …, or "host": a container's sign in words.
[[nodiscard]] std::string slot_words(int slot);

}  // namespace cutaway::viz
