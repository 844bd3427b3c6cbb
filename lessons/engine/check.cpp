// The linter's second half: what runs show.
#include "lessons/check.h"

#include <algorithm>

#include "base/text.h"
#include "lessons/attempt.h"
#include "lessons/engine/runs.h"
#include "lessons/judge.h"
#include "lessons/program.h"
#include "scenarios/runner.h"
#include "scenarios/timeline.h"

namespace cutaway::lessons {

namespace {

class LessonCheck {
 public:
  LessonCheck(const Lesson& lesson, const std::string& folder, const MakeSide& make_side,
              CheckScope scope, CheckReport& report)
      : lesson_(lesson),
        folder_(folder),
        scope_(scope),
        report_(report),
        runs_{make_side, report, {}} {}

  void check() {
    auto scenario = shown_scenario(lesson_);
    if (!scenario) return complain("/scenario", scenario.error().message);
    runs_.scenario = std::move(*scenario);
    if (lesson_.real && !runs_.scenario.real)
      complain("/sides", "names the real side, which \"sides\" of the scenario does not");
    for (const std::uint64_t seed : lesson_.seeds) {
      runs_.scenario.seed = seed;
      check_shown();
      check_exercises();
      if (scope_ == CheckScope::Quick) return;
      check_commands(lesson_, runs_);
    }
  }

 private:
  // --- saying what is wrong ---
  void complain(const std::string& file, std::string_view pointer, const std::string& message) {
    const auto document = lesson_.documents.find(file);
    const std::string text =
        message + (lesson_.seeds.size() > 1
                       ? " (seed " + decimal(static_cast<std::int64_t>(runs_.scenario.seed)) + ")"
                       : "");
    report_.problems.push_back(document == lesson_.documents.end()
                                   ? Error{ErrorCode::Usage, file + ": " + text, {}}
                                   : document->second->error(pointer, text));
  }
  void complain(std::string_view pointer, const std::string& message) {
    complain(folder_ + "/lesson.json", pointer, message);
  }

  // --- the run that is shown ---
  void check_shown() {
    auto shown = runs_.run(runs_.scenario.items, runs_.scenario.expect);
    if (!shown) return complain("/scenario", "does not run: " + shown.error().message);
    for (const auto& failed : shown->report.failed)
      complain("/scenario", "expects in vain: " + failed.pointer + ": " + failed.text);
    scenarios::TraceTimeline timeline(shown->side->trace());
    check_steps(timeline);
    for (const Prediction& prediction : lesson_.predictions) check_prediction(prediction, timeline);
    for (const Claim& claim : lesson_.claims) {
      const spec::Verdict verdict = spec::judge(claim.proof, timeline);
      if (!verdict.holds)
        complain(pointer_join(claim.pointer, "proof"), "is not what the run shows: " + verdict.why);
    }
    if (!scenarios::first_position(lesson_.closer.when, timeline))
      complain("/closer", "does not come in the run");
    for (const Exercise& exercise : lesson_.exercises) {
      if (form_of(exercise.kind) == AnswerForm::Stations) check_stations(exercise, timeline);
      if (form_of(exercise.kind) != AnswerForm::Items) check_told(exercise, timeline);
    }
  }

  void check_steps(spec::Timeline& run) {
    const std::vector<std::optional<std::size_t>> positions = step_positions(lesson_, run);
    std::size_t last = 0;
    for (std::size_t i = 0; i < positions.size(); ++i) {
      const Step& step = lesson_.steps[i];
      if (!positions[i])
        complain(step.at.pointer, "does not come in the run, or only before the step before it");
      else if (*positions[i] == last)
        complain(step.at.pointer, "is the same moment as the step before it");
      last = positions[i].value_or(last);
    }
  }

  void check_prediction(const Prediction& prediction, spec::Timeline& run) {
    const std::vector<std::string> right = true_options(prediction, run);
    const auto meant = std::find_if(prediction.options.begin(), prediction.options.end(),
                                    [](const Option& option) { return option.belief.empty(); });
    if (right.size() != 1) {
      complain(prediction.pointer, "has " + decimal(static_cast<std::int64_t>(right.size())) +
                                       " answers that are true on the run (" + join(right, ", ") +
                                       "), expected exactly one");
    } else if (meant != prediction.options.end() && right[0] != meant->id) {
      complain(prediction.pointer, "is \"" + right[0] +
                                       "\" on the run, and the answer without a belief is \"" +
                                       meant->id + "\"");
    }
    if (!freeze_position(lesson_, prediction, run))
      complain(prediction.pointer, "has no moment to freeze at");
  }

  /// There is something to click, and with `point` something to leave alone.
  void check_stations(const Exercise& exercise, spec::Timeline& run) {
    const std::vector<std::string> right = right_stations(exercise, run);
    const bool order = exercise.kind == ExerciseKind::Order;
    if (!order && (right.empty() || right.size() == exercise.stations.size()))
      complain(exercise.pointer, "means all of the stations or none, expected a choice");
    for (const Station& station : exercise.stations) {
      if (order && std::find(right.begin(), right.end(), station.id) == right.end())
        complain(station.pointer, "never works in the run");
    }
  }

  /// Order, Point, Answer: what is right on the run is what the solution says, and nothing else.
  void check_told(const Exercise& exercise, spec::Timeline& run) {
    const bool words = exercise.kind == ExerciseKind::Answer;
    const std::string right = words ? right_words(exercise, run).value_or("nothing at all")
                                    : join(right_stations(exercise, run), ", ");
    for (const Answer& answer : lesson_.solutions) {
      if (answer.exercise != exercise.id || is_right(exercise, answer, run)) continue;
      complain(answer.file, answer.pointer, "is not what the run shows, which is " + right);
    }
    for (const Answer& answer : lesson_.wrong) {
      if (answer.exercise == exercise.id && is_right(exercise, answer, run))
        complain(answer.file, "/" + std::string(kind_name(exercise.kind)),
                 "is right, expected a wrong answer");
    }
  }

  // --- exercises of commands ---
  void check_exercises() {
    for (const Exercise& exercise : lesson_.exercises) {
      if (form_of(exercise.kind) == AnswerForm::Items) check_do(exercise);
    }
  }

  void check_do(const Exercise& exercise) {
    check_given(exercise);
    for (const Answer& answer : lesson_.solutions) {
      if (answer.exercise != exercise.id) continue;
      const auto missed = unmet(exercise, answer, answer.file);
      if (missed && !missed->empty())
        complain(answer.file, answer.pointer, "does not meet " + join(*missed, ", "));
    }
    for (const Answer& answer : lesson_.wrong) {
      if (answer.exercise != exercise.id || scope_ == CheckScope::Quick) continue;
      const auto missed = unmet(exercise, answer, answer.file);
      for (const std::string& goal : answer.misses) {
        const bool met = missed && std::find(missed->begin(), missed->end(), goal) == missed->end();
        if (met)
          complain(answer.file, "/misses", "names \"" + goal + "\", which this answer meets");
      }
    }
  }

  /// The start, and what is to be mended, must not be enough.
  void check_given(const Exercise& exercise) {
    Answer given;
    given.exercise = exercise.id;
    if (exercise.kind == ExerciseKind::Write) {
      auto program = completed(exercise, {});
      if (!program)
        return complain(pointer_join(exercise.pointer, "given"), program.error().message);
      given.items.push_back(std::move(*program));
    }
    if (exercise.kind == ExerciseKind::Mend) {
      spec::DockerItem item;
      item.line = exercise.given;
      if (!split_shell_words(item.line, item.words))
        return complain(pointer_join(exercise.pointer, "given"), "leaves a quote open");
      given.items.push_back({item, pointer_join(exercise.pointer, "given")});
    }
    const auto missed = unmet(exercise, given, folder_ + "/start.json");
    if (!missed || !missed->empty()) return;
    const std::string what = "meets the goals of \"" + exercise.id + "\" already";
    if (exercise.kind != ExerciseKind::Do)
      complain(pointer_join(exercise.pointer, "given"), what);
    else
      complain(folder_ + "/start.json", "/do", what);
  }

  /// The goals that are not met after start and answer; nothing when it could not be run. A
  /// forbidden command counts as not typed.
  std::optional<std::vector<std::string>> unmet(const Exercise& exercise, const Answer& answer,
                                                const std::string& file) {
    auto done = run_attempt(lesson_, exercise, answer.items, runs_.scenario.seed, runs_.make_side);
    ++report_.runs;
    if (!done) {
      complain(file, answer.pointer, "does not run: " + done.error().message);
      return std::nullopt;
    }
    for (const std::string& refused : done->refused) {
      if (answer.belief.empty()) complain(file, refused, "is a command that the exercise forbids");
    }
    for (const auto& failed : done->report.failed) complain(file, failed.pointer, failed.text);
    scenarios::TraceTimeline timeline(done->side->trace());
    return unmet_goals(exercise, timeline);
  }

  const Lesson& lesson_;
  const std::string& folder_;
  const CheckScope scope_;
  CheckReport& report_;
  LessonRuns runs_;
};

}  // namespace

CheckReport check_lesson(const LessonFiles& files, const MakeSide& make_side, CheckScope scope) {
  CheckReport report;
  Lesson lesson;
  report.problems = read_lesson(files, lesson);
  report.readable = report.problems.empty();
  if (report.problems.empty()) report.problems = check_words(lesson);
  report.steps = lesson.steps.size();
  report.predictions = lesson.predictions.size();
  report.exercises = lesson.exercises.size();
  report.claims = lesson.claims.size();
  report.wrong_answers = lesson.wrong.size();
  if (report.problems.empty()) LessonCheck(lesson, files.folder, make_side, scope, report).check();
  return report;
}

}  // namespace cutaway::lessons
