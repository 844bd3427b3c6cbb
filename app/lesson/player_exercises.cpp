// Exercises at the prompt: done in a simulator of the learner's own, clicked by letters, answered
// in words.
#include "app/cli/typed_command.h"
#include "app/lesson/shown.h"
#include "app/shell/keyboard.h"
#include "base/text.h"
#include "lessons/attempt.h"
#include "lessons/judge.h"

namespace cutaway::app {

using lessons::AnswerForm;
using lessons::Exercise;

namespace {

void print_piece(const LessonPlayer::Print& print, const ShellPiece& piece) {
  const bool note = piece.from == ShellPiece::From::Note;
  print((note ? "-- " : "") + piece.text);
}

/// The learner's own simulator, after the exercise's start.
Result<std::unique_ptr<SimSession>> session_of(const lessons::Lesson& lesson,
                                               const Exercise& exercise, std::uint64_t seed,
                                               const LessonPlayer::Print& print) {
  TRY_ASSIGN(const spec::Scenario start, lessons::start_of(lesson, exercise, seed));
  auto begun = std::make_shared<Status>();
  const auto begin = [start, begun](sim::Simulator& simulator) {
    const auto report = scenarios::run_scenario(simulator, start);
    if (!report) *begun = fail(report.error());
  };
  sim::SimulatorOptions options = sim::simulator_options(start);
  options.commands.clear();
  auto session = std::make_unique<SimSession>(
      std::move(options), [print](const ShellPiece& piece) { print_piece(print, piece); }, begin);
  TRY(*begun);
  return session;
}

}  // namespace

void LessonPlayer::exercise(const Exercise& exercise) {
  print_("\n");
  say(words_["exercise"], "exercise." + exercise.id);
  hints_ = 0;
  skipped_ = false;
  const AnswerForm form = form_of(exercise.kind);
  if (form == AnswerForm::Items) do_it(exercise);
  if (form == AnswerForm::Stations) click(exercise);
  if (form == AnswerForm::Words) answer(exercise);
}

void LessonPlayer::do_it(const Exercise& exercise) {
  auto session = session_of(lesson_, exercise, record_.seed, print_);
  if (!session) return print_(session.error().message + "\n");
  print_(words_["type-commands"] + "\n");
  if (!exercise.given.empty()) print_(words_["given"] + exercise.given + "\n");
  while (const Lines line = ask("docker")) {
    if (trim(*line) == "again") {
      session = session_of(lesson_, exercise, record_.seed, print_);
      if (!session) return print_(session.error().message + "\n");
      continue;
    }
    if (trim(*line) == "goals") {
      is_done(exercise, **session, true);
      continue;
    }
    if (own_word(exercise, *line)) {
      if (skipped_) return;
      continue;
    }
    if (!do_line(exercise, **session, *line)) continue;
    record_.exercises[exercise.id] = {{"do", (*session)->items_json()}};
    if (is_done(exercise, **session, false)) return print_(words_["done"] + "\n");
  }
}

bool LessonPlayer::do_line(const Exercise& exercise, SimSession& session, const std::string& line) {
  const auto command = typed_command(line);
  const bool forbidden = command && command->kind == SideCommand::Kind::Docker &&
                         is_forbidden(exercise, command->words);
  if (forbidden && !session.keyboard_taken()) {
    say(words_["forbidden"], "exercise." + exercise.id + ".forbidden");
    return false;
  }
  const Status done = take_line(session, line, options_.person);
  if (!done) print_(done.error().message + "\n");
  return true;
}

bool LessonPlayer::is_done(const Exercise& exercise, const SimSession& session,
                           bool say_what_misses) {
  scenarios::TraceTimeline run(session.trace());
  const std::vector<std::string> unmet = unmet_goals(exercise, run);
  if (!say_what_misses) return unmet.empty();
  if (unmet.empty()) print_(words_["all-met"] + "\n");
  for (const std::string& goal : unmet)
    say("  " + words_["not-yet"], "exercise." + exercise.id + ".goal." + goal);
  return unmet.empty();
}

void LessonPlayer::click(const Exercise& exercise) {
  const std::string key = "exercise." + exercise.id;
  const std::vector<std::size_t> order = shuffled(exercise.stations.size(), key);
  for (std::size_t i = 0; i < order.size(); ++i)
    say(std::string("  ") + static_cast<char>('a' + i) + ") ",
        key + ".station." + exercise.stations[order[i]].id);
  const bool all = exercise.kind == lessons::ExerciseKind::Order;
  print_(words_[all ? "all-letters" : "some-letters"] + "\n");
  while (const Lines line = ask("letters")) {
    if (own_word(exercise, *line)) {
      if (skipped_) return;
      continue;
    }
    const auto chosen = letters(*line, order.size());
    if (!chosen) {
      print_(words_["letters-of-the-list"] + "\n");
      continue;
    }
    lessons::Answer given;
    for (const std::size_t each : *chosen)
      given.picked.push_back(exercise.stations[order[each]].id);
    record_.exercises[exercise.id] = {{std::string(kind_name(exercise.kind)), given.picked}};
    if (is_right(exercise, given)) return;
  }
}

void LessonPlayer::answer(const Exercise& exercise) {
  print_(words_["your-answer"] + "\n");
  while (const Lines line = ask("answer")) {
    if (own_word(exercise, *line)) {
      if (skipped_) return;
      continue;
    }
    lessons::Answer given;
    given.words = *line;
    record_.exercises[exercise.id] = {{"answer", given.words}};
    if (is_right(exercise, given)) return;
  }
}

bool LessonPlayer::is_right(const Exercise& exercise, const lessons::Answer& given) {
  if (lessons::is_right(exercise, given, *shown_->run)) {
    print_(std::string(trim(words_["right"])) + "\n");
    return true;
  }
  say("", "exercise." + exercise.id + ".goal." + std::string(kind_name(exercise.kind)));
  return false;
}

bool LessonPlayer::own_word(const Exercise& exercise, const std::string& line) {
  const std::string_view word = trim(line);
  if (word == "hint") {
    hints_ = std::min(hints_ + 1, 3);
    say(words_["hint"] + decimal(hints_) + ": ",
        "exercise." + exercise.id + ".hint." + decimal(hints_));
    return true;
  }
  if (word == "solution") {
    show_solution(exercise);
    return true;
  }
  skipped_ = word == "skip";
  return skipped_;
}

void LessonPlayer::show_solution(const Exercise& exercise) {
  for (const lessons::Answer& solution : lesson_.solutions) {
    if (solution.exercise != exercise.id) continue;
    for (const spec::Item& item : solution.items) {
      if (const auto* docker = std::get_if<spec::DockerItem>(&item.body))
        print_("  docker " + docker->line + "\n");
      if (const auto* host = std::get_if<spec::HostItem>(&item.body))
        print_("  " + host->line + "\n");
    }
    for (const std::string& id : solution.picked)
      say("  ", "exercise." + exercise.id + ".station." + id);
    if (!solution.words.empty()) print_("  " + solution.words + "\n");
  }
}

}  // namespace cutaway::app
