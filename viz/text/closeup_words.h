// Close-ups in words.
#pragma once

#include "viz/scene/closeup_model.h"
#include "viz/text/text_lines.h"

namespace cutaway::viz {

void tell_closeup(const Closeup& closeup, TextLines& lines);

}  // namespace cutaway::viz
