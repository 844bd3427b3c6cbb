// Who runs lessons for the window, and keeps what was done.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/gui/gui.h"
#include "base/json.h"
#include "lessons/play.h"
#include "lessons/program.h"

namespace cutaway::app {

/// Makes futures of a run, and knows what was typed in each: ANSWER of a hand-in.
class TypedSource : public ForkSource {
 public:
  virtual Json items(std::size_t future) const = 0;
  /// Exercises of the kind `write`: the program as it has run there.
  virtual std::vector<lessons::ProgramLine> program(std::size_t) const { return {}; }
  Status compare(const Trace& was, const Trace& is) override;
};

struct LessonRun {
  std::shared_ptr<const Trace> trace;
  std::unique_ptr<TypedSource> source;
};

class LessonSource {
 public:
  virtual ~LessonSource() = default;
  /// The lesson of this number, id or folder, with its run shown and what was done before.
  virtual Result<lessons::Play> open(const std::string& which, const std::string& language) = 0;
  /// A machine to type at. `exercise` null: the run that is shown.
  virtual Result<LessonRun> run(const lessons::Play& play, const lessons::Exercise* exercise) = 0;
  /// Has somebody written to the files of the lesson that was opened last? Once for each time.
  virtual bool rewritten() { return false; }
  virtual std::vector<viz::LessonRow> rows(const std::string& language) const = 0;
  virtual Status keep(const lessons::Play& play) = 0;
  /// Runs the lesson's commands on both sides, and shows how they differ, in a window of its own.
  virtual Status for_real(const lessons::Play& play) = 0;
  /// What has gone wrong there since; empty: nothing.
  virtual std::string complaints() { return {}; }
};

}  // namespace cutaway::app
