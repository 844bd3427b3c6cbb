// Front door: where a lesson's moments are on a run, and whether an answer is right.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lessons/lesson.h"
#include "spec/predicate.h"

namespace cutaway::lessons {

/// The position (`--at`) of each step, in order; nothing where a step does not come. Steps never go
/// back.
std::vector<std::optional<std::size_t>> step_positions(const Lesson& lesson, spec::Timeline& run);

/// Where to freeze for a prediction: the position before its step's event.
std::optional<std::size_t> freeze_position(const Lesson& lesson, const Prediction& prediction,
                                           spec::Timeline& run);

/// Ids of the options that are true on the run: one, in a lesson that was checked.
std::vector<std::string> true_options(const Prediction& prediction, spec::Timeline& run);

/// Do, Mend: goals that are not met yet, over all that was done.
std::vector<std::string> unmet_goals(const Exercise& exercise, spec::Timeline& run);

/// Order: ids of the stations in the order in which they first work on the run; a station that
/// never does is left out. Point: ids of those that are meant, in the order of the lesson.
std::vector<std::string> right_stations(const Exercise& exercise, spec::Timeline& run);

/// Answer: the value on the run, as a learner would say it; nothing where there is none.
std::optional<std::string> right_words(const Exercise& exercise, spec::Timeline& run);

/// Order, Point, Answer: is it what the run shows?
bool is_right(const Exercise& exercise, const Answer& answer, spec::Timeline& run);

/// Is this docker line one that the exercise forbids?
bool is_forbidden(const Exercise& exercise, const std::vector<std::string>& docker_words);

}  // namespace cutaway::lessons
