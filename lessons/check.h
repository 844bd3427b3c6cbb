// Front door: the linter of lessons. A lesson teaches only what its own runs show.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "lessons/lesson.h"
#include "spec/scenario.h"
#include "trace/side.h"

namespace cutaway::lessons {

/// Makes a fresh side as the scenario says (machine, seed, images).
using MakeSide = std::function<Result<std::unique_ptr<Side>>(const spec::Scenario&)>;

struct CheckReport {
  std::size_t steps = 0, predictions = 0, exercises = 0, claims = 0, wrong_answers = 0,
              commands = 0, runs = 0;
  bool readable = true;  ///< false: the form is wrong, so nothing was run
  std::vector<Error> problems;
  bool ok() const { return problems.empty(); }
};

/// How much is run. Where each run is slow, a part of it says whether the rest is worth while.
enum class CheckScope : std::uint8_t {
  Everything,
  Quick,  ///< the first seed; no wrong answers, and nothing that the texts tell people to type
};

/// Form, words, and runs.
CheckReport check_lesson(const LessonFiles& files, const MakeSide& make_side,
                         CheckScope scope = CheckScope::Everything);

/// The parts of it. Words: every text exists, none too many, at most 3 sentences and 1 new word a
/// step.
std::vector<Error> check_words(const Lesson& lesson);

}  // namespace cutaway::lessons
