// A line to write into, in the look of the window.
#pragma once

#include <string>

#include "viz/panels/ui.h"

namespace cutaway::viz {

struct TextField {
  const char* label;  ///< "##Filter": for tests
  const char* hint;   ///< while it is empty
};

/// True: Enter was pressed. `focus`: put the keyboard into it; is taken back.
bool draw_text_field(Pane& pane, const Rect& box, const TextField& field, std::string& text,
                     bool& focus);

}  // namespace cutaway::viz
