// The list of lessons over the picture, by part, each with how much of it is done.
#pragma once

#include <optional>
#include <string>

#include "viz/panels/lesson_state.h"
#include "viz/panels/ui.h"

namespace cutaway::viz {

struct LessonListPress {
  std::optional<std::string> open;
  bool closed = false;
};
LessonListPress draw_lesson_list(const Ui& ui, const Rect& room, LessonState& state);

}  // namespace cutaway::viz
