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

/// The learner's own simulator, after the exercise's start; its output goes to `print`.
Result<std::unique_ptr<SimSession>> exercise_session(const lessons::Play& play,
                                                     const lessons::Exercise& exercise,
                                                     const ShellSession::Print& print);

/// A session goes on where somebody types at its end; else a second one is typed the lines before.
/// What was done is what the terminal's player would write down of it.
class ExerciseFutures : public TypedSource {
 public:
  static Result<LessonRun> begin(const lessons::Play& play, const lessons::Exercise& exercise);
  Result<MadeFuture> fork(std::size_t from, std::size_t position,
                          const viz::ForkAsk& typed) override;
  Json items(std::size_t future) const override;

 private:
  struct Typed {
    std::size_t position;
    viz::ForkAsk ask;
  };
  struct Future {
    std::shared_ptr<SimSession> session;
    std::vector<Typed> typed;
  };
  using Make = std::function<Result<std::unique_ptr<SimSession>>()>;

  explicit ExerciseFutures(Make make) : make_(std::move(make)) {}
  Result<Future> up_to(const Future& from, std::size_t position) const;
  static Status type(SimSession& session, const viz::ForkAsk& ask);

  Make make_;
  std::vector<Future> futures_;
};

}  // namespace cutaway::app
