// The exercises of a lesson: what is asked, what was picked, typed or said, and what is missing.
#include <algorithm>

#include "base/text.h"
#include "viz/panels/lesson_parts.h"
#include "viz/panels/text_field.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

using lessons::AnswerForm;
using lessons::Exercise;
using lessons::ExerciseKind;

constexpr double kAnswerField = 30;

void draw_stations(LessonColumn& column, const LessonState& state, const Exercise& exercise,
                   LessonPress& press) {
  const lessons::Play& play = column.play();
  const std::string key = "exercise." + exercise.id;
  const std::vector<std::size_t>& picked = state.page.picked;
  const bool order = exercise.kind == ExerciseKind::Order;
  int shown = 0;
  for (const std::size_t i : play.shuffled(exercise.stations.size(), key)) {
    const auto at = std::find(picked.begin(), picked.end(), i);
    LessonColumn::Choice choice = {++shown, play.said(key + ".station." + exercise.stations[i].id),
                                   ""};
    choice.chosen = at != picked.end();
    if (choice.chosen && order)
      choice.mark = digits_of(static_cast<std::size_t>(at - picked.begin()) + 1);
    choice.right = choice.chosen && state.page.verdict == true && !order;
    if (column.choice(choice)) press.choice = shown - 1;
  }
}

void draw_field(LessonColumn& column, LessonState& state, LessonPress& press) {
  const Rect box = {column.x(), column.y(), column.width(), kAnswerField};
  const std::string hint = column.play().words()["answer-here"];
  if (draw_text_field(column.pane(), box, {"##Answer", hint.c_str()}, state.page.words,
                      state.page.focus))
    press.check = true;
  column.gap(kAnswerField + 8);
}

void draw_program(LessonColumn& column, const LessonState& state) {
  if (state.page.program.empty()) return;
  column.words(column.play().words()["head-program"],
               {.size = type::kSmall, .color = column.muted()});
  column.gap(4);
  column.program(state.page.program);
  column.gap(12);
}

/// Do, mend, write: how many goals are met, and a sentence for each that is not.
void draw_goals(LessonColumn& column, const LessonState& state, const Exercise& exercise,
                const LessonSight& sight) {
  const lessons::Messages& words = column.play().words();
  if (!exercise.given.empty()) {
    column.words(words["head-given"], {.size = type::kSmall, .color = column.muted()});
    column.gap(4);
    column.code("docker " + exercise.given);
    column.gap(12);
  }
  draw_program(column, state);
  if (!sight.at_end) {
    column.words(words["run-plays"], {.size = type::kSmall, .color = column.muted()});
    return;
  }
  const std::size_t of = exercise.goals.size();
  const std::size_t met = of - std::min(of, state.page.unmet.size());
  column.heading(words["head-goals"] + digits_of(met) + words["of"] + digits_of(of));
  for (const std::string& goal : state.page.unmet) {
    column.signed_words(LessonSign::Open, "",
                        column.play().said("exercise." + exercise.id + ".goal." + goal));
    column.gap(6);
  }
}

void draw_verdict(LessonColumn& column, const LessonState& state, const Exercise& exercise) {
  const lessons::Play& play = column.play();
  const lessons::Messages& words = play.words();
  const LessonPage& page = state.page;
  if (!page.says.empty()) {
    column.signed_words(LessonSign::Wrong, words["forbidden"], page.says);
    column.gap(8);
  }
  if (page.verdict == false) {
    const std::string kind(kind_name(exercise.kind));
    column.signed_words(LessonSign::Wrong, words["not-so"],
                        play.said("exercise." + exercise.id + ".goal." + kind));
    column.gap(8);
  } else if (play.is_done(exercise)) {
    const bool typed = form_of(exercise.kind) == AnswerForm::Items;
    column.signed_words(LessonSign::Right, words[typed ? "done" : "right"], "");
    column.gap(8);
  }
}

void draw_hints(LessonColumn& column, const LessonState& state, const Exercise& exercise) {
  const lessons::Play& play = column.play();
  const int shown = std::min(state.page.hints, lessons::kHints);
  if (shown > 0) column.gap(6);
  for (int grade = 1; grade <= shown; ++grade) {
    column.heading(play.words()["hint"] + decimal(grade));
    column.words(play.hint(exercise, grade));
    column.gap(8);
  }
  if (state.page.hints <= lessons::kHints) return;
  column.heading(play.words()["head-solution"]);
  for (const std::string& line : play.solution(exercise)) {
    column.code(line);
    column.gap(4);
  }
}

}  // namespace

void draw_lesson_exercise(LessonColumn& column, LessonState& state, const LessonSight& sight,
                          LessonPress& press) {
  const lessons::Play& play = column.play();
  const Exercise& exercise = *state.exercise();
  const std::string kind(kind_name(exercise.kind));
  const std::size_t of = play.lesson().exercises.size();
  column.heading(
      play.words()["head-exercise"] +
      (of > 1 ? digits_of(play.page().index + 1) + play.words()["of"] + digits_of(of) + ": " : "") +
      play.words()["kind-" + kind]);
  column.words(play.said("exercise." + exercise.id), {.size = type::kLarge});
  column.gap(12);
  const AnswerForm form = form_of(exercise.kind);
  if (form == AnswerForm::Stations) draw_stations(column, state, exercise, press);
  if (form == AnswerForm::Words) draw_field(column, state, press);
  if (form == AnswerForm::Items) draw_goals(column, state, exercise, sight);
  column.gap(4);
  draw_verdict(column, state, exercise);
  draw_hints(column, state, exercise);
}

}  // namespace cutaway::viz
