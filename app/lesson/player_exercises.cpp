// Exercises at the prompt: done in a simulator of the learner's own, clicked by letters, answered
// in words.
#include "app/cli/typed_command.h"
#include "app/lesson/player.h"
#include "app/lesson/typed_futures.h"
#include "app/shell/keyboard.h"
#include "base/text.h"
#include "lessons/judge.h"
#include "lessons/program.h"
#include "scenarios/timeline.h"

namespace cutaway::app {

using lessons::AnswerForm;
using lessons::Exercise;

namespace {

void print_piece(const LessonPlayer::Print& print, const ShellPiece& piece) {
  const bool note = piece.from == ShellPiece::From::Note;
  print((note ? "-- " : "") + piece.text);
}

}  // namespace

void LessonPlayer::exercise(const Exercise& exercise) {
  print_("\n");
  say(words_["exercise"], play_.said("exercise." + exercise.id));
  hints_ = 0;
  skipped_ = false;
  if (exercise.kind == lessons::ExerciseKind::Write) return write_it(exercise);
  const AnswerForm form = form_of(exercise.kind);
  if (form == AnswerForm::Items) do_it(exercise);
  if (form == AnswerForm::Stations) click(exercise);
  if (form == AnswerForm::Words) answer(exercise);
}

void LessonPlayer::do_it(const Exercise& exercise) {
  const auto show = [this](const ShellPiece& piece) { print_piece(print_, piece); };
  auto session = exercise_session(play_, exercise, show);
  if (!session) return print_(session.error().message + "\n");
  print_(words_["type-commands"] + "\n");
  if (!exercise.given.empty()) print_(words_["given"] + exercise.given + "\n");
  while (const Lines line = ask("docker")) {
    if (trim(*line) == "again") {
      session = exercise_session(play_, exercise, show);
      if (!session) return print_(session.error().message + "\n");
      continue;
    }
    if (is_a_question(exercise, **session, *line)) continue;
    if (skipped_) return;
    if (!do_line(exercise, **session, *line)) continue;
    scenarios::TraceTimeline run((*session)->trace());
    const std::vector<std::string> unmet = unmet_goals(exercise, run);
    play_.did(exercise, (*session)->items_json(), unmet);
    if (unmet.empty()) return print_(words_["done"] + "\n");
  }
}

void LessonPlayer::write_it(const Exercise& exercise) {
  Calls calls;
  auto session = exercise_session(
      play_, exercise, [](const ShellPiece&) {}, calls);
  if (!session) return print_(session.error().message + "\n");
  print_(words_["type-calls"] + "\n");
  show_program(exercise, calls, **session);
  while (const Lines line = ask("call")) {
    if (trim(*line).empty()) continue;
    if (is_a_question(exercise, **session, *line)) continue;
    if (skipped_) return;
    const Calls now = trim(*line) == "again" ? Calls() : written(calls, *line);
    auto run = exercise_session(
        play_, exercise, [](const ShellPiece&) {}, now);
    if (!run) {
      print_(run.error().message + "\n");
      continue;
    }
    calls = now;
    session = std::move(run);
    show_program(exercise, calls, **session);
    scenarios::TraceTimeline timeline((*session)->trace());
    const std::vector<std::string> unmet = unmet_goals(exercise, timeline);
    play_.did(exercise, calls, unmet);
    if (unmet.empty()) return print_(words_["done"] + "\n");
  }
}

void LessonPlayer::show_program(const Exercise& exercise, const std::vector<std::string>& calls,
                                const SimSession& session) {
  for (const lessons::ProgramLine& line :
       lessons::program_lines(exercise, calls, session.trace())) {
    const std::string mark = line.yours ? "> " : "  ";
    const std::string call = line.call.empty() ? words_["your-calls"] : line.call;
    const std::string result = line.result.empty() ? "" : "  " + line.result;
    print_(mark + std::string(2 * line.depth, ' ') + call + result + "\n");
  }
}

bool LessonPlayer::is_a_question(const Exercise& exercise, const SimSession& session,
                                 const std::string& line) {
  if (trim(line) != "goals") return own_word(exercise, line) && !skipped_;
  say_what_misses(exercise, session);
  return true;
}

bool LessonPlayer::do_line(const Exercise& exercise, SimSession& session, const std::string& line) {
  const auto command = typed_command(line);
  const bool forbidden = command && command->kind == SideCommand::Kind::Docker &&
                         is_forbidden(exercise, command->words);
  if (forbidden && !session.keyboard_taken()) {
    say(words_["forbidden"], play_.said("exercise." + exercise.id + ".forbidden"));
    return false;
  }
  const Status done = take_line(session, line, options_.person);
  if (!done) print_(done.error().message + "\n");
  return true;
}

void LessonPlayer::say_what_misses(const Exercise& exercise, const SimSession& session) {
  scenarios::TraceTimeline run(session.trace());
  const std::vector<std::string> unmet = unmet_goals(exercise, run);
  if (unmet.empty()) print_(words_["all-met"] + "\n");
  for (const std::string& goal : unmet)
    say("  " + words_["not-yet"], play_.said("exercise." + exercise.id + ".goal." + goal));
}

void LessonPlayer::click(const Exercise& exercise) {
  const std::string key = "exercise." + exercise.id;
  const std::vector<std::size_t> order = play_.shuffled(exercise.stations.size(), key);
  for (std::size_t i = 0; i < order.size(); ++i)
    say(std::string("  ") + static_cast<char>('a' + i) + ") ",
        play_.said(key + ".station." + exercise.stations[order[i]].id));
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
    if (give(exercise, given)) return;
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
    if (give(exercise, given)) return;
  }
}

bool LessonPlayer::give(const Exercise& exercise, const lessons::Answer& given) {
  if (play_.give(exercise, given)) {
    print_(std::string(trim(words_["right"])) + "\n");
    return true;
  }
  say("", play_.said("exercise." + exercise.id + ".goal." + std::string(kind_name(exercise.kind))));
  return false;
}

bool LessonPlayer::own_word(const Exercise& exercise, const std::string& line) {
  const std::string_view word = trim(line);
  if (word == "hint") {
    hints_ = std::min(hints_ + 1, lessons::kHints);
    say(words_["hint"] + decimal(hints_) + ": ", play_.hint(exercise, hints_));
    return true;
  }
  if (word == "solution") {
    for (const std::string& each : play_.solution(exercise)) say("  ", each);
    return true;
  }
  skipped_ = word == "skip";
  return skipped_;
}

}  // namespace cutaway::app
