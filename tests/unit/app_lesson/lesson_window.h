// A lesson in the window as somebody plays it: no display, real keys and clicks, the runs of the
// app.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "app/gui/lesson_runs.h"
#include "app/lesson/window_lessons.h"
#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"

namespace cutaway::app {

class LessonWindow {
 public:
  explicit LessonWindow(int width = 1600, int height = 900,
                        WindowLessons lessons = WindowLessons::forgetful())
      : lessons_(std::move(lessons)),
        trace_(std::make_shared<const Trace>(viz::hand_trace())),
        before_(trace_, nullptr),
        runs_(before_, &lessons_),
        window(*trace_, width, height) {
    window.state().lesson.possible = true;
    window.serve = [this](viz::WindowState& state) { runs_.serve(state); };
    settle();
  }

  viz::LessonState& lesson() { return window.state().lesson; }
  const lessons::Play& play() { return *lesson().play; }
  void begin(const std::string& which) {
    lesson().open = which;
    settle();
  }
  void settle() {
    for (int i = 0; i < 4; ++i) window.frame();
  }
  /// Are these words of a lesson to be read, whatever their letters and lines?
  bool reads(const std::string& words) { return bare(window.words()).find(bare(words)) != kNone; }
  /// A line in the terminal, and all that comes of it is seen.
  void type_line(const std::string& line) {
    take_terminal();
    window.type(line);
    window.key(ImGuiKey_Enter);
    settle();
    window.state().player.jump(window.player().count());
    settle();
  }
  /// As when a hand sends Ctrl-D to the program that has the keyboard.
  void end_of_input() {
    take_terminal();
    window.control(ImGuiKey_D);
    settle();
    window.state().player.jump(window.player().count());
    settle();
  }

 private:
  /// It has the keyboard still, where something was typed before.
  void take_terminal() {
    if (!window.state().terminal.line.active) window.type("$");
    settle();
  }
  static constexpr std::size_t kNone = std::string::npos;
  /// Without blanks, and without the marks around new words and code.
  static std::string bare(const std::string& words) {
    std::string kept;
    for (const char c : words) {
      if (c != ' ' && c != '\n' && c != '*' && c != '`') kept += c;
    }
    return kept;
  }

  WindowLessons lessons_;
  std::shared_ptr<const Trace> trace_;
  Futures before_;
  LessonRuns runs_;

 public:
  viz::WindowDriver window;
};

}  // namespace cutaway::app
