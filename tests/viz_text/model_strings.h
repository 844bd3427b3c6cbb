// Every word and figure that a ShipModel holds, without the ids of its marks. Written apart from
// the text twin, so that the two can be held against each other.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/ship_model.h"

namespace cutaway::viz {

std::vector<std::string> strings_of(const ShipModel& model);

/// Runs of blanks and line ends become one blank: wrapping is no difference.
std::string one_line(const std::string& text);

}  // namespace cutaway::viz
