// Marks: what a hand-in says was done is done again, and the lesson's own predicates judge it.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "lessons/attempt.h"
#include "lessons/hand_in.h"
#include "lessons/judge.h"
#include "lessons/program.h"
#include "scenarios/timeline.h"

namespace cutaway::lessons {

namespace {

class Marker {
 public:
  Marker(const HandIn& hand_in, const Lesson& lesson, const MakeSide& make_side)
      : in_(hand_in), lesson_(lesson), make_side_(make_side) {}

  Result<Marks> run() {
    if (in_.seed != seed_of(in_.learner)) foreign_seed();
    TRY_ASSIGN(spec::Scenario scenario, shown_scenario(lesson_));
    scenario.seed = in_.seed;
    TRY_ASSIGN(const std::unique_ptr<Side> side, make_side_(scenario));
    TRY_ASSIGN(const scenarios::RunReport report, scenarios::run_scenario(*side, scenario));
    scenarios::TraceTimeline shown(side->trace());
    for (const Prediction& prediction : lesson_.predictions) mark_prediction(prediction, shown);
    for (const Exercise& exercise : lesson_.exercises) {
      if (form_of(exercise.kind) == AnswerForm::Items)
        mark_done(exercise);
      else
        mark_told(exercise, shown);
    }
    for (const Mark& each : marks_.marks) {
      marks_.points += each.points;
      marks_.of += each.of;
    }
    return std::move(marks_);
  }

 private:
  void foreign_seed() {
    Mark mark;
    mark.what = "seed";
    mark.of = 0;
    mark.reasons.push_back("the seed is not this learner's");
    marks_.marks.push_back(std::move(mark));
  }

  void mark_prediction(const Prediction& prediction, spec::Timeline& shown) {
    Mark mark;
    mark.what = "prediction " + prediction.id;
    const auto chosen = in_.predictions.find(prediction.id);
    const std::vector<std::string> right = true_options(prediction, shown);
    if (chosen == in_.predictions.end())
      mark.reasons.emplace_back("not answered");
    else if (right.size() == 1 && chosen->second == right[0])
      mark.points = 1;
    else
      mark.reasons.push_back(words("predict." + prediction.id + "." + chosen->second, 1));
    marks_.marks.push_back(std::move(mark));
  }

  void mark_told(const Exercise& exercise, spec::Timeline& shown) {
    Mark mark;
    mark.what = "exercise " + exercise.id;
    const auto answer = in_.answers.find(exercise.id);
    if (answer == in_.answers.end())
      mark.reasons.emplace_back("not done");
    else if (is_right(exercise, answer->second, shown))
      mark.points = 1;
    else
      mark.reasons.push_back(unmet_words(exercise, std::string(kind_name(exercise.kind))));
    marks_.marks.push_back(std::move(mark));
  }

  /// A point for each goal. One that holds before anything is done ("no container") is worth
  /// something only beside all those that do not.
  void mark_done(const Exercise& exercise) {
    Mark mark;
    mark.what = "exercise " + exercise.id;
    mark.of = static_cast<int>(exercise.goals.size());
    const auto answer = in_.answers.find(exercise.id);
    if (answer == in_.answers.end() || answer->second.items.empty())
      mark.reasons.emplace_back("not done");
    else
      replay(exercise, answer->second, mark);
    marks_.marks.push_back(std::move(mark));
  }

  void replay(const Exercise& exercise, const Answer& answer, Mark& mark) {
    const auto undone = unmet(exercise, given(exercise), mark);
    const auto done = unmet(exercise, done_by_hand(exercise, answer, mark), mark);
    if (!undone || !done) return;
    const auto misses = [&done](const std::string& goal) {
      return std::find(done->begin(), done->end(), goal) != done->end();
    };
    const auto missed = std::count_if(undone->begin(), undone->end(), misses);
    mark.points = static_cast<int>(static_cast<std::ptrdiff_t>(undone->size()) - missed);
    if (missed == 0) mark.points = mark.of - static_cast<int>(done->size());
    for (const std::string& goal : *done) mark.reasons.push_back(unmet_words(exercise, goal));
  }

  std::optional<std::vector<std::string>> unmet(const Exercise& exercise,
                                                const std::vector<spec::Item>& items, Mark& mark) {
    const auto attempt = run_attempt(lesson_, exercise, items, in_.seed, make_side_);
    if (!attempt) {
      mark.reasons.push_back("does not run: " + attempt.error().message);
      return std::nullopt;
    }
    for (const std::string& refused : attempt->refused)
      mark.reasons.push_back(refused + ": " + words("exercise." + exercise.id + ".forbidden", 0));
    scenarios::TraceTimeline timeline(attempt->side->trace());
    return unmet_goals(exercise, timeline);
  }

  /// What is there before the learner does anything.
  static std::vector<spec::Item> given(const Exercise& exercise) {
    std::vector<spec::Item> items;
    if (exercise.kind != ExerciseKind::Write) return items;
    if (auto program = completed(exercise, {})) items.push_back(std::move(*program));
    return items;
  }

  /// A learner types; the hub, the disk and the judge are not his.
  static std::vector<spec::Item> done_by_hand(const Exercise& exercise, const Answer& answer,
                                              Mark& mark) {
    if (exercise.kind == ExerciseKind::Write) return answer.items;
    std::vector<spec::Item> items;
    for (const spec::Item& item : answer.items) {
      const bool foreign = std::holds_alternative<spec::FaultsItem>(item.body) ||
                           std::holds_alternative<spec::HubItem>(item.body) ||
                           std::holds_alternative<spec::ExpectItem>(item.body) ||
                           std::holds_alternative<spec::LitmusItem>(item.body);
      if (foreign)
        mark.reasons.push_back(item.pointer + ": nothing that a learner does");
      else
        items.push_back(item);
    }
    return items;
  }

  std::string unmet_words(const Exercise& exercise, const std::string& goal) const {
    return words("exercise." + exercise.id + ".goal." + goal, 0);
  }
  std::string words(const std::string& key, std::size_t paragraph) const {
    const Section* section = lesson_.texts.at("en").find(key);
    return section == nullptr ? key : std::string(section->paragraph(paragraph));
  }

  const HandIn& in_;
  const Lesson& lesson_;
  const MakeSide& make_side_;
  Marks marks_;
};

}  // namespace

Result<Marks> mark(const HandIn& hand_in, const Lesson& lesson, const MakeSide& make_side) {
  return Marker(hand_in, lesson, make_side).run();
}

}  // namespace cutaway::lessons
