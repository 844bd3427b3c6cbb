#include "app/lesson/typed_futures.h"

#include "app/cli/make_side.h"
#include "app/cli/typed_command.h"
#include "base/json_value.h"
#include "base/text.h"
#include "lessons/attempt.h"
#include "scenarios/runner.h"

namespace cutaway::app {

Result<MadeFuture> ScenarioFutures::fork(std::size_t from, std::size_t position,
                                         const viz::ForkAsk& typed) {
  std::vector<ForkStep> steps = fork_at(steps_.at(from), {position, typed.text, typed.keys});
  const std::size_t pause = steps.front().position;
  TRY_ASSIGN(const std::unique_ptr<sim::Simulator> simulator, make_simulator(scenario_, pause));
  const auto report = scenarios::run_scenario(*simulator, scenario_);
  if (!report && simulator->trace().size() < pause) return fail(report.error());
  TRY_ASSIGN(const bool keyboard, go_through(*simulator, steps));
  steps_.push_back(std::move(steps));
  return MadeFuture{std::make_shared<const Trace>(simulator->take_trace()), keyboard};
}

Json ScenarioFutures::items(std::size_t) const { return Json::array(); }  // nobody judges it

Calls written(Calls calls, const std::string& line) {
  if (trim(line) != "undo")
    calls.emplace_back(trim(line));
  else if (!calls.empty())
    calls.pop_back();
  return calls;
}

Result<std::unique_ptr<SimSession>> exercise_session(const lessons::Play& play,
                                                     const lessons::Exercise& exercise,
                                                     const ShellSession::Print& print,
                                                     const Calls& calls) {
  TRY_ASSIGN(spec::Scenario start, lessons::start_of(play.lesson(), exercise, play.record().seed));
  if (exercise.kind == lessons::ExerciseKind::Write) {
    TRY_ASSIGN(spec::Item program, lessons::completed(exercise, calls));
    start.items.push_back(std::move(program));
  }
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
  const auto make = [exercise, lesson = play](const Calls& calls) {
    return exercise_session(
        lesson, exercise, [](const ShellPiece&) {}, calls);
  };
  auto source = std::unique_ptr<ExerciseFutures>(new ExerciseFutures(exercise, make));
  TRY_ASSIGN(std::shared_ptr<SimSession> session, source->make_({}));
  source->futures_.push_back({session, {}, {}});
  std::shared_ptr<const Trace> trace(session, &session->trace());
  return LessonRun{std::move(trace), std::move(source)};
}

Result<MadeFuture> ExerciseFutures::fork(std::size_t from, std::size_t position,
                                         const viz::ForkAsk& typed) {
  TRY_ASSIGN(Future future, after(futures_.at(from), position, typed));
  futures_.push_back(std::move(future));
  const std::shared_ptr<SimSession>& session = futures_.back().session;
  return MadeFuture{std::shared_ptr<const Trace>(session, &session->trace()),
                    session->keyboard_taken()};
}

Result<ExerciseFutures::Future> ExerciseFutures::after(const Future& from, std::size_t position,
                                                       const viz::ForkAsk& typed) const {
  if (writes()) {
    Future future;
    future.calls = written(from.calls, typed.text);
    TRY_ASSIGN(future.session, make_(future.calls));
    return future;
  }
  TRY_ASSIGN(Future future, up_to(from, position));
  TRY(type(*future.session, typed));
  future.typed.push_back({position, typed});
  return future;
}

Result<ExerciseFutures::Future> ExerciseFutures::up_to(const Future& from,
                                                       std::size_t position) const {
  if (position >= from.session->trace().size()) return from;
  Future future;
  TRY_ASSIGN(future.session, make_({}));
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
  const Future& of = futures_.at(future);
  return writes() ? Json(of.calls) : of.session->items_json();
}

std::vector<lessons::ProgramLine> ExerciseFutures::program(std::size_t future) const {
  const Future& of = futures_.at(future);
  if (!writes()) return {};
  return lessons::program_lines(exercise_, of.calls, of.session->trace());
}

}  // namespace cutaway::app
