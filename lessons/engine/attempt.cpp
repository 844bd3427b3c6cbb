#include "lessons/attempt.h"

#include "lessons/judge.h"

namespace cutaway::lessons {

Result<spec::Scenario> start_of(const Lesson& lesson, const Exercise& exercise,
                                std::uint64_t seed) {
  TRY_ASSIGN(spec::Scenario scenario, shown_scenario(lesson));
  scenario.seed = seed;
  scenario.items = lesson.start;
  scenario.items.insert(scenario.items.end(), exercise.start.begin(), exercise.start.end());
  scenario.expect.clear();
  scenario.prompt = true;  // as it was typed
  return scenario;
}

Result<Attempt> run_attempt(const Lesson& lesson, const Exercise& exercise,
                            const std::vector<spec::Item>& items, std::uint64_t seed,
                            const MakeSide& make_side) {
  TRY_ASSIGN(spec::Scenario scenario, start_of(lesson, exercise, seed));
  Attempt attempt;
  for (const spec::Item& item : items) {
    const auto* docker = std::get_if<spec::DockerItem>(&item.body);
    if (docker != nullptr && is_forbidden(exercise, docker->words))
      attempt.refused.push_back(item.pointer);
    else
      scenario.items.push_back(item);
  }
  TRY_ASSIGN(attempt.side, make_side(scenario));
  TRY_ASSIGN(attempt.report, scenarios::run_scenario(*attempt.side, scenario));
  return attempt;
}

}  // namespace cutaway::lessons
