// Exercises, and the parts that they share with the rest of a lesson.
#include <array>

#include "base/json_value.h"
#include "lessons/engine/readers.h"
#include "lessons/program.h"
#include "spec/document_parts.h"

namespace cutaway::lessons {

namespace {

using spec::element;
using spec::ObjectReader;

struct Kind {
  std::string_view name;
  AnswerForm form;
};
// In the order of ExerciseKind.
constexpr std::array<Kind, 6> kKinds = {{{"do", AnswerForm::Items},
                                         {"mend", AnswerForm::Items},
                                         {"write", AnswerForm::Items},
                                         {"order", AnswerForm::Stations},
                                         {"point", AnswerForm::Stations},
                                         {"answer", AnswerForm::Words}}};

const Kind& row(ExerciseKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

class ExerciseReader {
 public:
  ExerciseReader(const ObjectReader& reader, Exercise& exercise)
      : reader_(reader), exercise_(exercise) {}

  void read() {
    read_kind();
    if (reader_.has("start")) exercise_.start = read_do(reader_, "start");
    reader_.texts("forbid", exercise_.forbid);
    const AnswerForm form = form_of(exercise_.kind);
    if (form == AnswerForm::Items) read_goals();
    if (form == AnswerForm::Stations) read_stations();
    if (form == AnswerForm::Words) read_value();
    refuse_others(form);
  }

 private:
  void read_kind() {
    std::vector<std::string> names;
    names.reserve(kKinds.size());
    for (const Kind& kind : kKinds) names.emplace_back(kind.name);
    std::string name;
    if (!reader_.require("kind", "do, order, …") || !reader_.word("kind", name, names)) return;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) exercise_.kind = static_cast<ExerciseKind>(i);
    }
  }

  void read_given() {
    if (exercise_.kind == ExerciseKind::Do) {
      if (reader_.has("given")) reader_.wrong("given", "nothing, for this kind of exercise");
    } else if (exercise_.kind == ExerciseKind::Mend) {
      if (reader_.require("given", "the docker line that fails"))
        reader_.text("given", exercise_.given);
    } else if (reader_.require("given", "a program of system calls")) {
      read_program();
    }
  }

  void read_program() {
    const Json* steps = reader_.list("given", "system calls");
    if (steps == nullptr) return;
    exercise_.program = *steps;
    if (gaps(*steps) != 1)
      return reader_.wrong("given",
                           "one \"" + std::string(kGap) + "\", where the learner's calls go");
    const auto whole = completed(exercise_, {});
    if (!whole) reader_.problems().add(reader_.at("given"), whole.error().message);
  }

  static std::size_t gaps(const Json& steps) {
    std::size_t count = 0;
    for (const Json& step : steps) {
      if (step == Json(kGap)) ++count;
      if (step.is_object() && step.contains("child")) count += gaps(step["child"]);
    }
    return count;
  }

  void read_goals() {
    read_given();
    for_each("goals", "goals", "that", [this](const ObjectReader& inner) {
      exercise_.goals.push_back({read_id(inner, exercise_.goals), read_fact(inner, "that")});
    });
    if (exercise_.goals.empty())
      reader_.problems().add(reader_.pointer(), "asks for nothing, expected a goal");
  }

  void read_stations() {
    const char* key = exercise_.kind == ExerciseKind::Order ? "works" : "is";
    for_each("stations", "stations", key, [this, key](const ObjectReader& inner) {
      Station station = {read_id(inner, exercise_.stations), read_fact(inner, key), inner.pointer(),
                         ""};
      inner.text("picture", station.picture);
      exercise_.stations.push_back(std::move(station));
    });
    if (exercise_.stations.size() < 2)
      reader_.problems().add(reader_.pointer(), "has fewer than two stations, expected a choice");
  }

  void read_value() {
    if (reader_.require("path", "a JSON pointer into the World"))
      reader_.text("path", exercise_.path);
    reader_.number("unit", exercise_.unit, 1, std::int64_t{1} << 40);
  }

  template <class Read>
  void for_each(const char* list_key, const char* what, const char* key, Read read) {
    const Json* list = reader_.require(list_key, std::string("a list of ") + what)
                           ? reader_.list(list_key, what)
                           : nullptr;
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
      read(ObjectReader(reader_.problems(), (*list)[i], element(reader_.at(list_key), i),
                        {"id", key, "picture"}));
  }

  /// What belongs to another kind.
  void refuse_others(AnswerForm form) {
    const struct {
      const char* key;
      AnswerForm form;
    } members[] = {{"goals", AnswerForm::Items},
                   {"stations", AnswerForm::Stations},
                   {"path", AnswerForm::Words}};
    for (const auto& member : members) {
      if (member.form != form && reader_.has(member.key))
        reader_.wrong(member.key, "nothing, for this kind of exercise");
    }
  }

  const ObjectReader& reader_;
  Exercise& exercise_;
};

}  // namespace

std::string_view kind_name(ExerciseKind kind) { return row(kind).name; }
AnswerForm form_of(ExerciseKind kind) { return row(kind).form; }

Exercise read_exercise(spec::Problems& problems, const Json& value, const std::string& pointer,
                       const std::vector<Exercise>& taken) {
  const ObjectReader reader(
      problems, value, pointer,
      {"id", "kind", "start", "given", "goals", "forbid", "stations", "path", "unit"});
  Exercise exercise;
  exercise.id = read_id(reader, taken);
  exercise.pointer = pointer;
  ExerciseReader(reader, exercise).read();
  return exercise;
}

std::vector<spec::Item> read_do(const ObjectReader& reader, const char* key) {
  const Json* list = reader.list(key, "a list of what is typed");
  if (list == nullptr) return {};
  spec::ScenarioNames names;
  return spec::read_items(reader.problems(), *list, reader.at(key), names);
}

Moment read_moment(spec::Problems& problems, const Json& value, const std::string& pointer) {
  for (const char* form : {"now", "ever", "never", "before", "count", "all", "any"}) {
    if (value.is_object() && value.contains(form))
      return {spec::read_predicate(problems, value, pointer), pointer};
  }
  return {spec::happens(spec::read_event_pattern(problems, value, pointer)), pointer};
}

spec::Predicate read_fact(const ObjectReader& reader, const char* key) {
  if (!reader.require(key, "an event or a predicate")) return {};
  return read_moment(reader.problems(), *reader.find(key), reader.at(key)).when;
}

std::string read_id(const ObjectReader& reader) {
  std::string id;
  if (!reader.require("id", "a short name")) return id;
  reader.text("id", id);
  const bool good = !id.empty() && id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
                                       std::string::npos;
  if (!good) reader.wrong("id", "small letters, digits and dashes");
  return id;
}

}  // namespace cutaway::lessons
