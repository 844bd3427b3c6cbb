// The runs of a lesson in the window: what it shows, and a machine for each exercise. Which of them
// is on the screen follows from the page.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/gui/futures.h"
#include "app/gui/lesson_source.h"

namespace cutaway::app {

class LessonRuns {
 public:
  /// `before`: what is on the screen while no lesson is. `source` null: there are no lessons.
  LessonRuns(Futures& before, LessonSource* source) : before_(before), source_(source) {}

  /// Does what was asked for, of a lesson or of the futures on the screen. True: draw.
  bool serve(viz::WindowState& state);

 private:
  struct Run {
    std::unique_ptr<TypedSource> source;
    std::unique_ptr<Futures> futures;
  };
  using Runs = std::map<std::string, Run>;  ///< by exercise; empty: what is shown

  bool change(viz::WindowState& state);
  void open(viz::WindowState& state, const std::string& which);
  /// The lesson as its files are now, on the same page. It stays as it was while they are wrong.
  void open_again(viz::WindowState& state);
  void begin(viz::WindowState& state, lessons::Play play);
  void leave(viz::WindowState& state);
  bool show_wanted(viz::WindowState& state);
  Run* run_of(viz::WindowState& state, const std::string& machine);
  /// What the goals say of all that was typed.
  void judge(viz::WindowState& state, bool typed);
  void keep(viz::WindowState& state);

  Futures& before_;
  LessonSource* source_;
  Runs runs_;
  Run* shown_ = nullptr;      ///< null: what was before
  std::size_t position_ = 0;  ///< of what was before
  viz::StepSize size_ = viz::StepSize::Syscall;
  viz::PictureSource pictures_;
  std::string kept_;
  std::string which_;  ///< the lesson, as it was asked for
};

}  // namespace cutaway::app
