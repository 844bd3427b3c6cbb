#include "app/lesson/typed_futures.h"

#include "app/cli/make_side.h"
#include "app/cli/typed_command.h"
#include "base/json_value.h"
#include "lessons/attempt.h"
#include "scenarios/runner.h"

namespace cutaway::app {

Result<MadeFuture> ScenarioFutures::fork(std::size_t from, std::size_t position,
                                         const viz::ForkAsk& typed) {
  // What was typed in that future after this position has not been typed in this one.
  std::vector<ForkStep> steps;
  for (const ForkStep& step : steps_.at(from)) {
    if (step.position < position) steps.push_back(step);
  }
  steps.push_back({position, typed.text, typed.keys});
  const std::size_t pause = steps.front().position;
  TRY_ASSIGN(const std::unique_ptr<sim::Simulator> simulator, make_simulator(scenario_, pause));
  const auto report = scenarios::run_scenario(*simulator, scenario_);
  if (!report && simulator->trace().size() < pause) return fail(report.error());
  TRY_ASSIGN(const bool keyboard, go_through(*simulator, steps));
  steps_.push_back(std::move(steps));
  return MadeFuture{std::make_shared<const Trace>(simulator->take_trace()), keyboard};
}

Json ScenarioFutures::items(std::size_t) const { return Json::array(); }  // nobody judges it

Result<std::unique_ptr<SimSession>> exercise_session(const lessons::Play& play,
                                                     const lessons::Exercise& exercise,
                                                     const ShellSession::Print& print) {
  TRY_ASSIGN(const spec::Scenario start,
             lessons::start_of(play.lesson(), exercise, play.record().seed));
  auto begun = std::make_shared<Status>();
  const auto begin = [start, begun](sim::Simulator& simulator) {
    const auto report = scenarios::run_scenario(simulator, start);
    if (!report) *begun = fail(report.error());
  };
  sim::SimulatorOptions options = sim::simulator_options(start);
  options.commands.clear();
  auto session = std::make_unique<SimSession>(std::move(options), print, begin);
  TRY(*begun);
  return session;
}

Result<LessonRun> ExerciseFutures::begin(const lessons::Play& play,
                                         const lessons::Exercise& exercise) {
  const auto make = [exercise, lesson = play]() {
    return exercise_session(lesson, exercise, [](const ShellPiece&) {});
  };
  auto source = std::unique_ptr<ExerciseFutures>(new ExerciseFutures(make));
  TRY_ASSIGN(std::shared_ptr<SimSession> session, source->make_());
  source->futures_.push_back({session, {}});
  std::shared_ptr<const Trace> trace(session, &session->trace());
  return LessonRun{std::move(trace), std::move(source)};
}

Result<MadeFuture> ExerciseFutures::fork(std::size_t from, std::size_t position,
                                         const viz::ForkAsk& typed) {
  TRY_ASSIGN(Future future, up_to(futures_.at(from), position));
  TRY(type(*future.session, typed));
  future.typed.push_back({position, typed});
  futures_.push_back(future);
  const std::shared_ptr<SimSession>& session = futures_.back().session;
  return MadeFuture{std::shared_ptr<const Trace>(session, &session->trace()),
                    session->keyboard_taken()};
}

Result<ExerciseFutures::Future> ExerciseFutures::up_to(const Future& from,
                                                       std::size_t position) const {
  if (position >= from.session->trace().size()) return from;
  Future future;
  TRY_ASSIGN(future.session, make_());
  for (const Typed& each : from.typed) {
    if (each.position >= position) break;
    TRY(type(*future.session, each.ask));
    future.typed.push_back(each);
  }
  return future;
}

Status ExerciseFutures::type(SimSession& session, const viz::ForkAsk& ask) {
  if (ask.keys) return session.keys(ask.text);
  TRY_ASSIGN(const SideCommand command, typed_command(ask.text));
  return session.run(command);
}

Json ExerciseFutures::items(std::size_t future) const {
  return futures_.at(future).session->items_json();
}

}  // namespace cutaway::app
