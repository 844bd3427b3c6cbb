// The panel of a lesson: title, the words of the page, what is asked, what was right, and how to go
// on.
#pragma once

#include <optional>

#include "viz/panels/lesson_state.h"
#include "viz/panels/ui.h"

namespace cutaway::viz {

/// What was pressed in it.
struct LessonPress {
  int choice = -1;  ///< an option or a station, as they stand on the page
  bool next = false, back = false, check = false, hint = false, again = false;
  bool returns = false;  ///< to this page's moment of the run
  bool tries = false;    ///< type something of one's own
  bool real = false;     ///< the same on this computer
  bool list = false, language = false, leave = false;
};

/// How the run on the screen stands to the page.
struct LessonSight {
  bool at_home = true;  ///< it shows the moment that the page is about
  bool at_end = true;   ///< all that was typed has been seen
  bool can_try = false;
};

LessonPress draw_lesson_panel(const Ui& ui, const Rect& box, LessonState& state,
                              const LessonSight& sight);

}  // namespace cutaway::viz
