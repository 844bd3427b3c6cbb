#include "lessons/judge.h"

#include <algorithm>

#include "base/json_value.h"
#include "base/text.h"
#include "scenarios/timeline.h"

namespace cutaway::lessons {

using scenarios::first_position;

std::vector<std::optional<std::size_t>> step_positions(const Lesson& lesson, spec::Timeline& run) {
  std::vector<std::optional<std::size_t>> positions;
  std::size_t from = 0;
  for (const Step& step : lesson.steps) {
    positions.push_back(first_position(step.at.when, run, from));
    from = positions.back().value_or(from);
  }
  return positions;
}

std::optional<std::size_t> freeze_position(const Lesson& lesson, const Prediction& prediction,
                                           spec::Timeline& run) {
  const std::vector<std::optional<std::size_t>> positions = step_positions(lesson, run);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (lesson.steps[i].id != prediction.before) continue;
    if (!positions[i] || *positions[i] == 0) return std::nullopt;
    return *positions[i] - 1;
  }
  return std::nullopt;
}

std::vector<std::string> true_options(const Prediction& prediction, spec::Timeline& run) {
  std::vector<std::string> options;
  for (const Option& option : prediction.options) {
    if (spec::judge(option.when, run).holds) options.push_back(option.id);
  }
  return options;
}

std::vector<std::string> unmet_goals(const Exercise& exercise, spec::Timeline& run) {
  std::vector<std::string> unmet;
  for (const Goal& goal : exercise.goals) {
    if (!spec::judge(goal.that, run).holds) unmet.push_back(goal.id);
  }
  return unmet;
}

namespace {

std::vector<std::string> in_order(const Exercise& exercise, spec::Timeline& run) {
  std::vector<std::pair<std::size_t, std::string>> first;
  for (const Station& station : exercise.stations) {
    const std::optional<std::size_t> position = first_position(station.works, run);
    if (position) first.emplace_back(*position, station.id);
  }
  std::stable_sort(first.begin(), first.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> order;
  order.reserve(first.size());
  for (const auto& [position, id] : first) order.push_back(id);
  return order;
}

std::vector<std::string> sorted(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

std::vector<std::string> right_stations(const Exercise& exercise, spec::Timeline& run) {
  if (exercise.kind == ExerciseKind::Order) return in_order(exercise, run);
  std::vector<std::string> meant;
  for (const Station& station : exercise.stations) {
    if (spec::judge(station.works, run).holds) meant.push_back(station.id);
  }
  return meant;
}

std::optional<std::string> right_words(const Exercise& exercise, spec::Timeline& run) {
  const std::optional<Json> value = run.part(run.count(), exercise.path);
  if (!value) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number_integer()) return decimal(value->get<std::int64_t>() / exercise.unit);
  return std::nullopt;
}

bool is_right(const Exercise& exercise, const Answer& answer, spec::Timeline& run) {
  if (exercise.kind == ExerciseKind::Answer)
    return right_words(exercise, run) == std::string(trim(answer.words));
  const std::vector<std::string> right = right_stations(exercise, run);
  return exercise.kind == ExerciseKind::Order ? answer.picked == right
                                              : sorted(answer.picked) == sorted(right);
}

bool is_forbidden(const Exercise& exercise, const std::vector<std::string>& docker_words) {
  for (const std::string& words : exercise.forbid) {
    std::vector<std::string> beginning;
    if (!split_shell_words(words, beginning) || beginning.size() > docker_words.size()) continue;
    if (std::equal(beginning.begin(), beginning.end(), docker_words.begin())) return true;
  }
  return false;
}

}  // namespace cutaway::lessons
