// The runs of a check.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "lessons/check.h"
#include "scenarios/runner.h"

namespace cutaway::lessons {

/// A side after a run, and how the run went.
struct LessonRun {
  std::unique_ptr<Side> side;
  scenarios::RunReport report;
};

struct LessonRuns {
  const MakeSide& make_side;
  CheckReport& report;
  spec::Scenario scenario;  ///< the lesson's, with the seed of now

  /// Other items in the lesson's world.
  Result<LessonRun> run(std::vector<spec::Item> items, std::vector<spec::Expect> expect) {
    spec::Scenario other = scenario;
    other.items = std::move(items);
    other.expect = std::move(expect);
    LessonRun done;
    TRY_ASSIGN(done.side, make_side(other));
    TRY_ASSIGN(done.report, scenarios::run_scenario(*done.side, other));
    ++report.runs;
    return done;
  }
};

/// What the texts tell people to type works, or ends as the lesson says.
void check_commands(const Lesson& lesson, LessonRuns& runs);

}  // namespace cutaway::lessons
