// Pieces of the lesson's panel, drawn one below the other.
#pragma once

#include <string>
#include <string_view>

#include "viz/panels/lesson_panel.h"
#include "viz/panels/lesson_text.h"

namespace cutaway::viz {

/// Where the next piece begins; pieces move it down.
class LessonColumn {
 public:
  LessonColumn(Pane& pane, const LessonState& state, Point at, double width)
      : pane_(pane), state_(state), at_(at), width_(width) {}

  double y() const { return at_.y; }
  void gap(double height) { at_.y += height; }
  /// "Predict first": what kind of page, or of list, this is.
  void heading(std::string_view words);
  void words(std::string_view words, const MarkedStyle& style = {});
  /// With a line at its left: what somebody else says.
  void quote(std::string_view words);
  /// With a sign before it.
  enum class Sign { Right, Wrong, Roughly, Open };
  void signed_words(Sign sign, std::string_view first, std::string_view words);
  /// What can be typed.
  void code(std::string_view line);
  /// A program of system calls, and what each call got.
  void program(const std::vector<lessons::ProgramLine>& lines);

  struct Choice {
    int number = 0;  ///< its key
    std::string words;
    std::string mark;  ///< at its right: the place in an order
    bool chosen = false, right = false, wrong = false, quiet = false;
    bool works = true;
  };
  bool choice(const Choice& choice);

  Pane& pane() { return pane_; }
  const lessons::Play& play() const { return *state_.play; }
  double x() const { return at_.x; }
  double width() const { return width_; }
  Color muted() const { return pane_.theme().text3; }

 private:
  Pane& pane_;
  const LessonState& state_;
  Point at_;
  double width_;
};

using LessonSign = LessonColumn::Sign;

/// The content of the page.
void draw_lesson_page(LessonColumn& column, LessonState& state, const LessonSight& sight,
                      LessonPress& press);
/// What an exercise asks, and what was done.
void draw_lesson_exercise(LessonColumn& column, LessonState& state, const LessonSight& sight,
                          LessonPress& press);

}  // namespace cutaway::viz
