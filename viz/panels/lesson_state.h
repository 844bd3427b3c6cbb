// A lesson in the window: what is on the page besides what lessons::Play knows, and what is asked
// of whoever can run a lesson (the app).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lessons/catalogue.h"
#include "lessons/play.h"
#include "lessons/program.h"

namespace cutaway::viz {

/// A line of the list of lessons.
struct LessonRow {
  lessons::CatalogueRow lesson;
  lessons::Done done;
};

/// The list of all lessons, over the picture.
struct LessonList {
  bool open = false;
  std::size_t row = 0;          ///< the one that Enter begins
  std::vector<LessonRow> rows;  ///< none: whoever knows them is asked
  bool follow = false;          ///< bring that row into view
};

/// What a learner does on the present page.
struct LessonPage {
  std::vector<std::size_t> picked;            ///< order, point: stations, in the order of picking
  std::string words;                          ///< answer
  bool focus = false;                         ///< put the keyboard there
  std::optional<bool> verdict;                ///< of what was given last
  std::string says;                           ///< why something was not done
  int hints = 0;                              ///< one more than there are: and the solution
  std::vector<std::string> unmet;             ///< do, mend, write: goals, as of what was typed last
  std::vector<lessons::ProgramLine> program;  ///< write: as of what was typed last
  double wish = -1;                           ///< scroll to here
  double by = 0;                              ///< scroll so far
  double height = 0;                          ///< that the panel would need, as of the last frame
  int rows = 2;                               ///< of buttons, as of the last frame
};

/// Not one of the lesson's machines: whoever owns those shows the one that the page wants.
inline constexpr const char* kNoMachine = "(none)";

struct LessonState {
  bool possible = false;  ///< somebody is there who can run one
  std::string language = "en";
  LessonList list;
  std::optional<lessons::Play> play;  ///< the lesson that is played
  LessonPage page;
  /// Whose machine is on the screen: that of an exercise, or (empty) the run that the lesson shows.
  std::string machine;
  bool terminal = true;    ///< below the words, unfolded
  bool all_decks = false;  ///< also those that the page is not about
  bool inspector = false;  ///< the right column was there before

  // What is asked of the app.
  std::optional<std::string> open;  ///< this lesson
  bool leave = false;               ///< back to what was shown before
  bool again = false;               ///< the exercise's machine as it was at first
  bool for_real = false;            ///< the lesson's commands on both sides, and how they differ

  bool playing() const { return play.has_value(); }
  /// The exercise of this page; null: it has none.
  const lessons::Exercise* exercise() const {
    const bool there = play && play->page().kind == lessons::PageKind::Exercise;
    return there ? &play->exercise(play->page()) : nullptr;
  }
  /// The exercise of this page is a program that is completed.
  bool writes() const {
    const lessons::Exercise* here = exercise();
    return here != nullptr && here->kind == lessons::ExerciseKind::Write;
  }
  /// Is there an answer to check before one goes on?
  bool can_check() const;
  /// The machine that this page wants.
  std::string wanted_machine() const;
};

}  // namespace cutaway::viz
