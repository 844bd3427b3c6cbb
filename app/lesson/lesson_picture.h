// A page of a lesson as a picture, without a window.
#pragma once

#include <string>

#include "base/result.h"
#include "viz/window.h"

namespace cutaway::app {

struct LessonShot {
  std::string which;  ///< number, id or folder
  std::string page;   ///< its number from 1, or its words' key ("step.hub"); "list": all lessons
  std::string language = "en";
  viz::WindowShot window;  ///< its position and look do not count
};

/// The bytes of a PNG of the whole window.
Result<std::string> lesson_png(const LessonShot& shot);

}  // namespace cutaway::app
