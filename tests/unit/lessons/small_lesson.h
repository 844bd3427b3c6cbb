// A lesson that is small, whole and right, with a side to run it on: each test breaks one thing in
// it.
#pragma once

#include <string>

#include "lessons/check.h"
#include "lessons/lesson.h"

namespace cutaway::lessons {

LessonFiles small_lesson();

/// The same with `from` replaced by `to` in one file; it must stand there.
LessonFiles changed(const std::string& file, const std::string& from, const std::string& to);

/// A side on which `run x` looks for an image in the cache, asks the hub, keeps the image and
/// creates a container, and `pull x` does all but the last.
MakeSide small_side();

/// The problems of a check, a line each.
std::string problems_of(const LessonFiles& files);

}  // namespace cutaway::lessons
