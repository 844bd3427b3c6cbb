// Front door: a lesson as data. A folder (lessons/content/NN-slug) holds lesson.json (what happens
// when, which claims, predictions, exercises), text.<language>.md (every word that a learner
// reads), start.json, solution.json, wrong/*.json and, when it shows none of the bundled scenarios,
// scenario.json. Forms: lessons/schema/*.json; what is checked beyond the form: lessons/check.h.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "lessons/text.h"
#include "spec/predicate.h"
#include "spec/scenario.h"

namespace cutaway::lessons {

/// Of an exercise: each says more than the one before.
inline constexpr int kHints = 3;

/// Which decks and panels are shown ("terminal", "engine", …) and how far one press of a key goes
/// ("beat").
struct Stage {
  std::vector<std::string> show;
  std::string size;
};

/// A moment of a run, found by what happens there and never by a number: the first position, from
/// that of the step before on, at which the predicate holds.
struct Moment {
  spec::Predicate when;
  std::string pointer;  ///< in lesson.json
};

struct Step {
  std::string id;
  Moment at;
  Stage stage;  ///< the lesson's, where the step names none
};

enum class Judgement : std::uint8_t { Holds, Roughly, NotSo };
std::string_view judgement_name(Judgement judgement);  ///< "holds", "roughly", "not_so"

/// A sentence from students' notes, and what the run says of it.
struct Claim {
  std::string id;
  std::int64_t number = 0;  ///< its number in the list of claims; 0: not in it
  Judgement judgement = Judgement::Holds;
  spec::Predicate proof;  ///< holds on the run: what is so
  std::string pointer;
};

struct Option {
  std::string id;
  std::string belief;    ///< behind a wrong option; empty for the right one
  spec::Predicate when;  ///< true on the run for exactly one option
};
/// A question that is put before a step is shown.
struct Prediction {
  std::string id;
  std::string before;  ///< the step
  std::vector<Option> options;
  std::string pointer;
};

/// A part of what an exercise asks for; what to say while it is not met stands in the texts.
struct Goal {
  std::string id;
  spec::Predicate that;
};
/// Something in the picture that `order` and `point` have clicked.
struct Station {
  std::string id;
  spec::Predicate works;  ///< order: since when it works; point: it is one of those asked for
  std::string pointer;
  std::string picture;  ///< the id of its mark ("station:hub"), or how such ids begin ("task:")
};

/// Do: commands until all goals hold. Mend: the same, from a command that fails. Write: the missing
/// system calls of a program. Order: stations in the order of the run that is shown. Point: those
/// of which something is true. Answer: a value of that run.
enum class ExerciseKind : std::uint8_t { Do, Mend, Write, Order, Point, Answer };
std::string_view kind_name(ExerciseKind kind);  ///< "do", "mend" …
/// What a learner hands in: something done, ids of stations, or words.
enum class AnswerForm : std::uint8_t { Items, Stations, Words };
AnswerForm form_of(ExerciseKind kind);

struct Exercise {  // NOLINT(bugprone-exception-escape): moving a Json does not throw
  std::string id;
  ExerciseKind kind = ExerciseKind::Do;
  std::vector<spec::Item> start;    ///< done before the learner begins, after the lesson's start
  std::string given;                ///< Mend: the docker line that fails
  Json program;                     ///< Write: a litmus program with a gap (program.h)
  std::vector<Goal> goals;          ///< Do, Mend, Write
  std::vector<std::string> forbid;  ///< beginnings of docker lines that are refused
  std::vector<Station> stations;    ///< Order, Point
  std::string path;                 ///< Answer: the value stands here in the World, at the end;
  std::int64_t unit = 1;            ///< and is a multiple of this (1048576: it is told in MiB)
  std::string pointer;
};

/// What a learner hands in; also solutions and typical wrong ones.
struct Answer {
  std::string exercise;
  std::vector<spec::Item> items;    ///< Do, Mend; Write: the program with these calls
  std::vector<std::string> calls;   ///< Write: as they were typed, "chdir(\"/\")"
  std::vector<std::string> picked;  ///< Order, Point: ids of stations
  std::string words;                ///< Answer
  std::string belief;               ///< wrong ones: why somebody would do this
  std::vector<std::string> misses;  ///< wrong ones: the goals that are not met by it
  std::string file;
  std::string pointer;
};

/// A lesson's run as Linux made it (CONTRACT §2), for whoever has no Linux, or may not.
inline constexpr std::string_view kRecording = "real.cut";

struct Lesson {
  std::string folder;                          ///< "02-who-does-what"
  std::int64_t number = 0;                     ///< 2
  std::string id;                              ///< "who-does-what"
  std::string scenario;                        ///< id of the scenario that is shown
  std::optional<spec::Scenario> own_scenario;  ///< scenario.json of the folder; else a bundled one
  std::vector<std::uint64_t> seeds;            ///< on which everything must hold
  bool real = false;                           ///< its scenario runs on the real side too
  Stage stage;
  std::vector<Step> steps;
  std::vector<Claim> claims;
  std::vector<Prediction> predictions;
  std::vector<Exercise> exercises;
  Moment closer;                                 ///< what proves the card "closer look"
  std::map<std::string, std::int64_t> statuses;  ///< commands in the texts that do not end with 0
  std::vector<spec::Item> start;                 ///< done before the learner begins
  std::vector<Answer> solutions;                 ///< one for each exercise
  std::vector<Answer> wrong;
  std::map<std::string, Text> texts;                                     ///< by language
  std::map<std::string, std::shared_ptr<const JsonDocument>> documents;  ///< by file, for messages

  const Exercise* exercise(std::string_view exercise_id) const;
  const Step* step(std::string_view step_id) const;
};

/// A folder's files by name ("lesson.json", "wrong/a.json"); whoever has a file system reads them.
struct LessonFiles {
  std::string folder;  ///< its last part names the lesson
  std::map<std::string, std::string> files;
};

/// All problems of form, each "FILE:LINE: /pointer: what was wrong, what was expected"; `lesson` is
/// what could be read.
std::vector<Error> read_lesson(const LessonFiles& files, Lesson& lesson);
/// The first of them is the error.
Result<Lesson> load_lesson(const LessonFiles& files);

/// What the lesson shows: its own scenario, or the bundled one of that name.
Result<spec::Scenario> shown_scenario(const Lesson& lesson);

/// The lessons that are part of the program, in their order.
const std::vector<LessonFiles>& bundled_lessons();
/// By folder ("02-who-does-what"), id ("who-does-what") or number ("2", "02").
Result<Lesson> load_bundled(std::string_view which);

}  // namespace cutaway::lessons
