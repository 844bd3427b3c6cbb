#include "lessons/hand_in.h"

#include "base/json_value.h"
#include "base/text.h"
#include "lessons/engine/readers.h"

namespace cutaway::lessons {

namespace {

using spec::ObjectReader;

class HandInReader {
 public:
  HandInReader(spec::Problems& problems, HandIn& hand_in) : problems_(problems), in_(hand_in) {}

  Status read(const FindLesson& find) {
    const ObjectReader top(
        problems_, problems_.document().value(), "",
        {"cutaway_hand_in", "lesson", "learner", "seed", "program", "predictions", "exercises",
         "done", "page"});  // the last two are the player's own
    std::int64_t version = 0, seed = 1;
    if (top.require("cutaway_hand_in", "1, the version of this form"))
      top.number("cutaway_hand_in", version, 1, 1);
    if (!top.require("lesson", "a lesson's id") || !top.text("lesson", in_.lesson)) return {};
    top.text("learner", in_.learner);
    top.text("program", in_.program);
    if (top.require("seed", "a number")) top.number("seed", seed, 0, spec::kSafeInteger);
    in_.seed = static_cast<std::uint64_t>(seed);
    TRY_ASSIGN(const Lesson lesson, find(in_.lesson));
    read_predictions(top);
    read_answers(top, lesson);
    return {};
  }

 private:
  void read_predictions(const ObjectReader& top) {
    const Json* all = members(top, "predictions");
    if (all == nullptr) return;
    for (const auto& [id, option] : all->items()) {
      if (option.is_string())
        in_.predictions[id] = option.get<std::string>();
      else
        problems_.wrong(pointer_join("/predictions", id), option, "the id of an option");
    }
  }

  void read_answers(const ObjectReader& top, const Lesson& lesson) {
    const Json* all = members(top, "exercises");
    if (all == nullptr) return;
    in_.log = all->dump();
    for (const auto& [id, value] : all->items()) {
      const std::string pointer = pointer_join("/exercises", id);
      const Exercise* exercise = lesson.exercise(id);
      if (exercise == nullptr) {
        problems_.add(pointer, "is the name of no exercise of this lesson");
        continue;
      }
      const ObjectReader inner(problems_, value, pointer, answer_keys());
      Answer answer;
      answer.exercise = id;
      answer.pointer = pointer;
      read_answer(inner, *exercise, answer);
      in_.answers[id] = std::move(answer);
    }
  }

  const Json* members(const ObjectReader& top, const char* key) {
    const Json* found = top.find(key);
    if (found == nullptr || found->is_object()) return found;
    top.wrong(key, "an object");
    return nullptr;
  }

  spec::Problems& problems_;
  HandIn& in_;
};

}  // namespace

std::uint64_t seed_of(std::string_view learner) {
  if (learner.empty()) return 1;
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : learner) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

Result<HandIn> read_hand_in(const std::string& file, std::string_view text,
                            const FindLesson& find) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(file, text));
  HandIn hand_in;
  hand_in.file = file;
  spec::Problems problems(document);
  TRY(HandInReader(problems, hand_in).read(find));
  if (!problems.errors().empty()) return fail(problems.errors().front());
  return hand_in;
}

std::vector<std::string> equal_logs(const std::vector<HandIn>& hand_ins) {
  std::vector<std::string> equal;
  for (std::size_t b = 0; b < hand_ins.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      const HandIn &first = hand_ins[a], &second = hand_ins[b];
      const bool same = first.lesson == second.lesson && first.log == second.log &&
                        !first.answers.empty() && first.learner != second.learner;
      if (same) equal.push_back(first.file + " = " + second.file);
    }
  }
  return equal;
}

}  // namespace cutaway::lessons
