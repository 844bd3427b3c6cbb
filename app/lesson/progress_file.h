// Where a learner's progress is kept.
#pragma once

#include <string>

#include "base/result.h"
#include "lessons/play.h"

namespace cutaway::app {

/// Where this user's progress is kept, by lesson; empty: nowhere. The folder is made.
std::string progress_file(const std::string& lesson_id);

/// What was done before; nothing where nothing was, or where it cannot be read.
lessons::Record progress_of(const std::string& lesson_id);

/// The same of a file of that form, as a hand-in is one.
lessons::Record record_in(const std::string& file);

/// Writes what was done, there or into a file that was named. Returns that file.
Result<std::string> keep_progress(const lessons::Play& play, const std::string& hand_in);

}  // namespace cutaway::app
