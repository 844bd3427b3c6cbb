// start.json, solution.json, wrong/*.json
#include <algorithm>
#include <array>

#include "base/json_value.h"
#include "lessons/engine/readers.h"
#include "lessons/program.h"
#include "spec/document_parts.h"

namespace cutaway::lessons {

namespace {

using spec::ObjectReader;

constexpr std::array<const char*, 5> kAnswerKeys = {"do", "write", "order", "point", "answer"};

void read_version(const ObjectReader& reader, const char* key) {
  std::int64_t version = 0;
  if (reader.require(key, "1, the version of this form")) reader.number(key, version, 1, 1);
}

/// The member that an answer to such an exercise has.
const char* key_of(const Exercise& exercise) {
  if (exercise.kind == ExerciseKind::Mend) return "do";
  return kind_name(exercise.kind).data();
}

void read_stations(const ObjectReader& reader, const Exercise& exercise, Answer& answer) {
  const char* key = key_of(exercise);
  if (!reader.texts(key, answer.picked)) return;
  std::vector<std::string> ids;
  for (const Station& station : exercise.stations) ids.push_back(station.id);
  for (std::size_t i = 0; i < answer.picked.size(); ++i) {
    if (std::find(ids.begin(), ids.end(), answer.picked[i]) != ids.end()) continue;
    reader.problems().add(spec::element(reader.at(key), i),
                          spec::unknown_word("station", answer.picked[i], ids));
  }
}

void read_calls(const ObjectReader& reader, const Exercise& exercise, Answer& answer) {
  if (!reader.texts("write", answer.calls)) return;
  auto program = completed(exercise, answer.calls);
  if (!program) return reader.problems().add(reader.at("write"), program.error().message);
  answer.items.push_back(std::move(*program));
}

/// Names of parts that the learner's answer may miss: goals, or the one that an order has.
std::vector<std::string> goal_ids(const Exercise& exercise) {
  std::vector<std::string> ids;
  for (const Goal& goal : exercise.goals) ids.push_back(goal.id);
  if (ids.empty()) ids.emplace_back(kind_name(exercise.kind));
  return ids;
}

}  // namespace

spec::Keys answer_keys(spec::Keys others) {
  others.insert(others.end(), kAnswerKeys.begin(), kAnswerKeys.end());
  return others;
}

void read_answer(const ObjectReader& reader, const Exercise& exercise, Answer& answer) {
  const char* key = key_of(exercise);
  for (const char* other : kAnswerKeys) {
    if (other != std::string_view(key) && reader.has(other))
      reader.wrong(other, "nothing, for this kind of exercise");
  }
  if (!reader.require(key, "what was done, clicked or said")) return;
  const AnswerForm form = form_of(exercise.kind);
  if (exercise.kind == ExerciseKind::Write)
    read_calls(reader, exercise, answer);
  else if (form == AnswerForm::Items)
    answer.items = read_do(reader, key);
  if (form == AnswerForm::Stations) read_stations(reader, exercise, answer);
  if (form == AnswerForm::Words) reader.text(key, answer.words);
}

void read_start(spec::Problems& problems, Lesson& lesson) {
  const ObjectReader reader(problems, problems.document().value(), "", {"cutaway_start", "do"});
  read_version(reader, "cutaway_start");
  if (reader.require("do", "a list of what is done before the learner begins"))
    lesson.start = read_do(reader, "do");
}

void read_solutions(spec::Problems& problems, const std::string& file, Lesson& lesson) {
  const ObjectReader reader(problems, problems.document().value(), "",
                            {"cutaway_solution", "exercises"});
  read_version(reader, "cutaway_solution");
  if (!reader.require("exercises", "an answer for each exercise")) return;
  const Json& answers = *reader.find("exercises");
  if (!answers.is_object()) return reader.wrong("exercises", "an object: exercise to answer");
  for (const auto& [id, value] : answers.items()) {
    const std::string pointer = pointer_join("/exercises", id);
    const Exercise* exercise = lesson.exercise(id);
    if (exercise == nullptr) {
      problems.add(pointer, "is the name of no exercise of this lesson");
      continue;
    }
    const ObjectReader inner(problems, value, pointer, answer_keys());
    Answer answer;
    answer.exercise = id;
    answer.file = file;
    answer.pointer = pointer;
    read_answer(inner, *exercise, answer);
    lesson.solutions.push_back(std::move(answer));
  }
  for (const Exercise& exercise : lesson.exercises) {
    if (!answers.contains(exercise.id))
      problems.add("/exercises", "has no answer for \"" + exercise.id + "\", expected one");
  }
}

void read_wrong(spec::Problems& problems, const std::string& file, Lesson& lesson) {
  const ObjectReader reader(problems, problems.document().value(), "",
                            answer_keys({"cutaway_wrong", "exercise", "belief", "misses"}));
  read_version(reader, "cutaway_wrong");
  Answer answer;
  answer.file = file;
  if (reader.require("belief", "why somebody would do this")) reader.text("belief", answer.belief);
  if (!reader.require("exercise", "the id of an exercise") ||
      !reader.text("exercise", answer.exercise))
    return;
  const Exercise* exercise = lesson.exercise(answer.exercise);
  if (exercise == nullptr) return reader.wrong("exercise", "the id of an exercise of this lesson");
  read_answer(reader, *exercise, answer);
  const std::vector<std::string> known = goal_ids(*exercise);
  if (reader.require("misses", "the goals that this does not meet"))
    reader.texts("misses", answer.misses);
  for (std::size_t i = 0; i < answer.misses.size(); ++i) {
    if (std::find(known.begin(), known.end(), answer.misses[i]) != known.end()) continue;
    problems.add(spec::element("/misses", i), spec::unknown_word("goal", answer.misses[i], known));
  }
  if (answer.misses.empty())
    problems.add("/misses", "is empty, expected a goal: a wrong answer misses something");
  lesson.wrong.push_back(std::move(answer));
}

}  // namespace cutaway::lessons
