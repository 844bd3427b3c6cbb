// Front door: what a learner hands in, and the marks for it. A hand-in is a log: what was typed,
// clicked and said. Marks come from its replay and from nothing else that it says.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "lessons/check.h"
#include "lessons/lesson.h"

namespace cutaway::lessons {

/// {"cutaway_hand_in":1,"lesson","learner","seed","program","predictions":{id:option},
/// "exercises":{id:ANSWER}}, ANSWER as in solution.json.
struct HandIn {
  std::string file;
  std::string lesson;   ///< its id
  std::string learner;  ///< whatever the learner calls himself; may be empty
  std::uint64_t seed = 1;
  std::string program;                             ///< which cutaway wrote it
  std::map<std::string, std::string> predictions;  ///< the option that was chosen first
  std::map<std::string, Answer> answers;           ///< by exercise
  std::string log;                                 ///< the answers as text: equal in equal logs
};

/// Each learner has worlds of his own.
std::uint64_t seed_of(std::string_view learner);

using FindLesson = std::function<Result<Lesson>(std::string_view id)>;
/// Errors as everywhere: "FILE:LINE: /pointer: …".
Result<HandIn> read_hand_in(const std::string& file, std::string_view text, const FindLesson& find);

/// A prediction or an exercise: so many points of so many, and why not all.
struct Mark {
  std::string what;  ///< "exercise fetch-only"
  int points = 0, of = 1;
  std::vector<std::string> reasons;
};
struct Marks {
  std::vector<Mark> marks;
  int points = 0, of = 0;
};
/// One point for each right prediction, each goal met, each order or answer that is right.
Result<Marks> mark(const HandIn& hand_in, const Lesson& lesson, const MakeSide& make_side);

/// Files whose learners are not the same but whose logs are: "a.json = b.json".
std::vector<std::string> equal_logs(const std::vector<HandIn>& hand_ins);

}  // namespace cutaway::lessons
