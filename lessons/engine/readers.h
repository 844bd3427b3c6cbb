// How the files of a lesson's folder are read; what is wrong goes into the document's problems.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "lessons/lesson.h"
#include "spec/document.h"

namespace cutaway::lessons {

/// lesson.json
void read_lesson_document(spec::Problems& problems, Lesson& lesson);
/// An element of its "exercises".
Exercise read_exercise(spec::Problems& problems, const Json& value, const std::string& pointer,
                       const std::vector<Exercise>& taken);
/// start.json: {"cutaway_start":1,"do":[…]}
void read_start(spec::Problems& problems, Lesson& lesson);
/// solution.json: {"cutaway_solution":1,"exercises":{"<id>":ANSWER}}
void read_solutions(spec::Problems& problems, const std::string& file, Lesson& lesson);
/// wrong/*.json: {"cutaway_wrong":1,"exercise","belief","misses":[…],ANSWER}
void read_wrong(spec::Problems& problems, const std::string& file, Lesson& lesson);
/// The members that an ANSWER can have, and these.
spec::Keys answer_keys(spec::Keys others = {});
/// ANSWER, as the exercise wants it: one of those members.
void read_answer(const spec::ObjectReader& reader, const Exercise& exercise, Answer& answer);

/// The member "do": what is typed.
std::vector<spec::Item> read_do(const spec::ObjectReader& reader, const char* key);
/// EV or PRED: a PRED has one of its seven words, an EV has none of them.
Moment read_moment(spec::Problems& problems, const Json& value, const std::string& pointer);
/// The member `key` as one.
spec::Predicate read_fact(const spec::ObjectReader& reader, const char* key);
/// The member "id"; complains about one that is no good name.
std::string read_id(const spec::ObjectReader& reader);

/// An id that is new among `taken`.
template <class T>
std::string read_id(const spec::ObjectReader& reader, const std::vector<T>& taken) {
  std::string id = read_id(reader);
  const bool twice =
      std::any_of(taken.begin(), taken.end(), [&](const T& other) { return other.id == id; });
  if (twice) reader.wrong("id", "a name that no other has");
  return id;
}

}  // namespace cutaway::lessons
