// Lessons for the window: their runs in the simulator, and progress as a file of this user.
#pragma once

#include <string>

#include "app/cli/other_windows.h"
#include "app/gui/lesson_source.h"
#include "app/lesson/folder_watch.h"

namespace cutaway::app {

class WindowLessons : public LessonSource {
 public:
  /// `hand_in`: read and written instead of this user's progress. It holds one lesson of one
  /// learner, and is not written over by another.
  explicit WindowLessons(std::string learner = {}, std::string hand_in = {})
      : learner_(std::move(learner)), hand_in_(std::move(hand_in)) {}
  /// Of pictures: nothing is read, nothing is kept.
  static WindowLessons forgetful() {
    WindowLessons lessons;
    lessons.remembers_ = false;
    return lessons;
  }
  Result<lessons::Play> open(const std::string& which, const std::string& language) override;
  Result<LessonRun> run(const lessons::Play& play, const lessons::Exercise* exercise) override;
  std::vector<viz::LessonRow> rows(const std::string& language) const override;
  bool rewritten() override;
  Status keep(const lessons::Play& play) override;
  Status for_real(const lessons::Play& play) override;
  std::string complaints() override { return windows_.complaints(); }

 private:
  std::string learner_, hand_in_;
  bool remembers_ = true;
  FolderWatch watch_;
  OtherWindows windows_;
};

}  // namespace cutaway::app
