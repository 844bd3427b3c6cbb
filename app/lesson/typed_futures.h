// Futures of a lesson's runs: of the one that is shown, from any of its moments on, and of the
// machine of an exercise, where lines are typed one after the other.
#pragma once

#include <memory>
#include <vector>

#include "app/cli/fork_steps.h"
#include "app/gui/lesson_source.h"
#include "app/shell/sim_session.h"
#include "lessons/play.h"
#include "spec/scenario.h"

namespace cutaway::app {

/// Each future is the scenario run again up to a moment, then what was typed.
class ScenarioFutures : public TypedSource {
 public:
  explicit ScenarioFutures(spec::Scenario scenario) : scenario_(std::move(scenario)) {}
  Result<MadeFuture> fork(std::size_t from, std::size_t position,
                          const viz::ForkAsk& typed) override;
  Json items(std::size_t future) const override;

 private:
  spec::Scenario scenario_;
  std::vector<std::vector<ForkStep>> steps_ = {{}};
};

/// What a learner has written so far in an exercise of the kind `write`.
using Calls = std::vector<std::string>;
/// One more call, or the word `undo`: one less.
Calls written(Calls calls, const std::string& line);

/// The learner's own simulator, after the exercise's start; its output goes to `print`. Write: the
/// program has run, with these calls.
Result<std::unique_ptr<SimSession>> exercise_session(const lessons::Play& play,
                                                     const lessons::Exercise& exercise,
                                                     const ShellSession::Print& print,
                                                     const Calls& calls = {});

/// A session goes on where somebody types at its end; else a second one is typed the lines before.
/// A program that is written runs anew with each call. What was done is what the terminal's player
/// would write down of it.
class ExerciseFutures : public TypedSource {
 public:
  static Result<LessonRun> begin(const lessons::Play& play, const lessons::Exercise& exercise);
  Result<MadeFuture> fork(std::size_t from, std::size_t position,
                          const viz::ForkAsk& typed) override;
  Json items(std::size_t future) const override;
  std::vector<lessons::ProgramLine> program(std::size_t future) const override;

 private:
  struct Typed {
    std::size_t position;
    viz::ForkAsk ask;
  };
  struct Future {
    std::shared_ptr<SimSession> session;
    std::vector<Typed> typed;
    Calls calls;
  };
  using Make = std::function<Result<std::unique_ptr<SimSession>>(const Calls&)>;

  ExerciseFutures(lessons::Exercise exercise, Make make)
      : exercise_(std::move(exercise)), make_(std::move(make)) {}
  bool writes() const { return exercise_.kind == lessons::ExerciseKind::Write; }
  /// What comes of a line typed there.
  Result<Future> after(const Future& from, std::size_t position, const viz::ForkAsk& typed) const;
  Result<Future> up_to(const Future& from, std::size_t position) const;
  static Status type(SimSession& session, const viz::ForkAsk& ask);

  lessons::Exercise exercise_;
  Make make_;
  std::vector<Future> futures_;
};

}  // namespace cutaway::app
