// Front door: a learner's attempt at an exercise, run again from the beginning.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "lessons/check.h"
#include "lessons/lesson.h"
#include "scenarios/runner.h"

namespace cutaway::lessons {

/// The scenario that an exercise begins with: the lesson's world, and what is done before the
/// learner.
Result<spec::Scenario> start_of(const Lesson& lesson, const Exercise& exercise, std::uint64_t seed);

struct Attempt {
  std::unique_ptr<Side> side;  ///< after all that was done
  scenarios::RunReport report;
  std::vector<std::string> refused;  ///< pointers of what the exercise forbids; it was not done
};

/// Start, then the learner's items.
Result<Attempt> run_attempt(const Lesson& lesson, const Exercise& exercise,
                            const std::vector<spec::Item>& items, std::uint64_t seed,
                            const MakeSide& make_side);

}  // namespace cutaway::lessons
