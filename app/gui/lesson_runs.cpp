#include "app/gui/lesson_runs.h"

#include <algorithm>
#include <utility>

#include "base/json_value.h"
#include "lessons/judge.h"
#include "spec/trace_timeline.h"

namespace cutaway::app {

Status TypedSource::compare(const Trace&, const Trace&) {
  return fail(ErrorCode::Cannot, "compare the futures of a lesson",
              "its scenario has them: cutaway view ID, and f");
}

namespace {

/// Enter begins the present lesson, else the first that is not all done.
void fill(viz::LessonList& list, std::vector<viz::LessonRow> rows, const std::string& present) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&present](const viz::LessonRow& each) {
    return present.empty() ? !each.done.all() : each.lesson.id == present;
  });
  list.row = row == rows.end() ? 0 : static_cast<std::size_t>(row - rows.begin());
  list.rows = std::move(rows);
  list.follow = true;
}

}  // namespace

bool LessonRuns::serve(viz::WindowState& state) {
  bool due = source_ != nullptr && change(state);
  due = show_wanted(state) || due;
  const bool typed = state.fork.ask.has_value();
  Futures& futures = shown_ == nullptr ? before_ : *shown_->futures;
  due = futures.serve(state) || due;
  if (typed) judge(state, true);
  keep(state);
  return due;
}

bool LessonRuns::change(viz::WindowState& state) {
  viz::LessonState& lesson = state.lesson;
  bool due = false;
  if (lesson.list.open && lesson.list.rows.empty()) {
    fill(lesson.list, source_->rows(lesson.language),
         lesson.playing() ? lesson.play->lesson().id : std::string());
    due = true;
  }
  if (const auto which = std::exchange(lesson.open, std::nullopt)) {
    open(state, *which);
    due = true;
  }
  if (lesson.playing() && source_->rewritten()) {
    open_again(state);
    due = true;
  }
  if (std::exchange(lesson.for_real, false) && lesson.playing()) {
    const Status begun = source_->for_real(*lesson.play);
    state.notice.say(begun ? lesson.play->words()["real-runs"] : begun.error().message);
    due = true;
  }
  const std::string complaints = source_->complaints();
  if (!complaints.empty()) {
    state.notice.say(complaints);
    due = true;
  }
  if (std::exchange(lesson.leave, false)) {
    leave(state);
    due = true;
  }
  return due;
}

void LessonRuns::open(viz::WindowState& state, const std::string& which) {
  auto play = source_->open(which, state.lesson.language);
  if (!play) return state.notice.say(play.error().message);
  keep(state);
  if (shown_ == nullptr) {
    before_.leave(state);
    position_ = state.player.position();
    size_ = state.player.size();
    pictures_ = std::exchange(state.pictures, viz::world_pictures());  // no words of another run
  }
  which_ = which;
  begin(state, std::move(*play));
}

void LessonRuns::begin(viz::WindowState& state, lessons::Play play) {
  const Runs old = std::exchange(runs_, {});  // on the screen until the new one is
  shown_ = nullptr;
  viz::begin_lesson(state, std::move(play));
  show_wanted(state);
}

void LessonRuns::open_again(viz::WindowState& state) {
  auto play = source_->open(which_, state.lesson.language);
  if (!play) return state.notice.say(play.error().message);
  const lessons::Play& before = *state.lesson.play;
  const std::string page = before.key(before.page());
  play->recall(before.record());
  const std::vector<lessons::Page>& pages = play->pages();
  const auto same = std::find_if(pages.begin(), pages.end(), [&](const lessons::Page& each) {
    return play->key(each) == page;
  });
  if (same != pages.end()) play->turn_to(static_cast<std::size_t>(same - pages.begin()));
  state.notice.say(play->words()["read-again"]);
  begin(state, std::move(*play));
}

void LessonRuns::leave(viz::WindowState& state) {
  if (!state.lesson.playing()) return;
  keep(state);
  viz::end_lesson(state);
  state.pictures = pictures_;
  before_.come(state, before_.shown(), position_);
  state.player.set_size(size_);
  shown_ = nullptr;
  runs_.clear();
}

LessonRuns::Run* LessonRuns::run_of(viz::WindowState& state, const std::string& machine) {
  const auto found = runs_.find(machine);
  if (found != runs_.end()) return &found->second;
  const lessons::Play& play = *state.lesson.play;
  auto made = source_->run(play, machine.empty() ? nullptr : state.lesson.exercise());
  if (!made) {
    state.notice.say(made.error().message);
    return nullptr;
  }
  Run& run = runs_[machine];
  run.source = std::move(made->source);
  run.futures = std::make_unique<Futures>(std::move(made->trace), run.source.get());
  return &run;
}

bool LessonRuns::show_wanted(viz::WindowState& state) {
  viz::LessonState& lesson = state.lesson;
  if (!lesson.playing()) return false;
  const std::string wanted = lesson.wanted_machine();
  Run behind;  // on the screen until the new one is
  if (std::exchange(lesson.again, false) && !wanted.empty()) {
    behind = std::exchange(runs_[wanted], Run());
    runs_.erase(wanted);
    shown_ = nullptr;
    lesson.machine = viz::kNoMachine;
  }
  if (lesson.machine == wanted) return false;
  lesson.machine = wanted;
  Run* run = run_of(state, wanted);
  if (run == nullptr) return true;
  if (shown_ != nullptr) shown_->futures->leave(state);
  shown_ = run;
  const std::size_t future = wanted.empty() ? 0 : run->futures->shown();
  const std::size_t end = run->futures->trace(future).size();
  run->futures->come(state, future, wanted.empty() ? 0 : end);
  viz::place_lesson(state);
  judge(state, false);
  return true;
}

void LessonRuns::judge(viz::WindowState& state, bool typed) {
  viz::LessonState& lesson = state.lesson;
  if (!lesson.playing() || lesson.wanted_machine().empty() || shown_ == nullptr) return;
  const lessons::Exercise& exercise = *lesson.exercise();
  const Futures& futures = *shown_->futures;
  spec::TraceTimeline run(futures.trace(futures.shown()));
  const std::size_t made = futures.made(futures.shown());
  lesson.page.unmet = lessons::unmet_goals(exercise, run);
  lesson.page.program = shown_->source->program(made);
  if (!typed) return;
  // A program runs anew from its first call; what matters is how it ends.
  if (!lesson.page.program.empty()) state.player.jump(state.player.count());
  if (lesson.page.unmet.empty()) state.terminal.line.leave();  // Enter goes on with the lesson
  lesson.play->did(exercise, shown_->source->items(made), lesson.page.unmet);
}

void LessonRuns::keep(viz::WindowState& state) {
  if (!state.lesson.playing()) return;
  std::string now = state.lesson.play->record().text();
  if (now == kept_) return;
  kept_ = std::move(now);  // also what could not be kept: it is said once
  const Status kept = source_->keep(*state.lesson.play);
  if (!kept) state.notice.say(kept.error().message);
}

}  // namespace cutaway::app
