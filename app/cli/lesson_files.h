// Lessons by id or folder, for all that takes one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "lessons/lesson.h"
#include "spec/scenario.h"
#include "trace/log/trace.h"
#include "trace/side.h"

namespace cutaway::app {

/// A folder on the disk as it is now, or a bundled lesson.
Result<lessons::LessonFiles> find_lesson(const std::string& which);
Result<lessons::Lesson> load_lesson(const std::string& which);
/// What Linux made of the lesson's run, as it was recorded. An Error: there is no recording.
Result<Trace> recorded_run(const std::string& which);
/// The simulated side, for whoever replays.
Result<std::unique_ptr<Side>> simulated_side(const spec::Scenario& scenario);

// Verbs of `cutaway lesson` with files of their own; each gives the exit status.
struct LessonCheckOptions {
  std::vector<std::string> which;  ///< none: all bundled ones
  bool json = false, quick = false;
};
int lesson_check(const LessonCheckOptions& options);
struct LessonPlayOptions {
  std::string lesson, language = "en", learner, hand_in;
};
int lesson_play(const LessonPlayOptions& options);
struct LessonGradeOptions {
  std::string path, lessons;
  bool csv = false, json = false;
};
int lesson_grade(const LessonGradeOptions& options);
struct LessonRecordOptions {
  std::string which;  ///< a lesson's folder on the disk
  std::string state;  ///< of the real side; empty: the usual one
};
int lesson_record(const LessonRecordOptions& options);
int lesson_course();
int lesson_new(const std::string& folder, const std::string& from);

}  // namespace cutaway::app
