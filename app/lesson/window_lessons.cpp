#include "app/lesson/window_lessons.h"

#include "app/cli/lesson_files.h"
#include "app/lesson/progress_file.h"
#include "app/lesson/run_shown.h"
#include "app/lesson/typed_futures.h"

namespace cutaway::app {

Result<lessons::Play> WindowLessons::open(const std::string& which, const std::string& language) {
  FolderWatch watch;
  watch.look_at(which);
  TRY_ASSIGN(lessons::Lesson lesson, load_lesson(which));
  const std::string spoken = lesson.texts.count(language) != 0 ? language : "en";
  lessons::Play play(std::make_shared<const lessons::Lesson>(std::move(lesson)),
                     {learner_, spoken});
  TRY(run_shown(play));
  watch_ = std::move(watch);
  if (remembers_)
    play.recall(hand_in_.empty() ? progress_of(play.lesson().id) : record_in(hand_in_));
  if (play.number() + 1 == play.pages().size()) play.turn_to(0);  // it was read to its end
  return play;
}

Result<LessonRun> WindowLessons::run(const lessons::Play& play, const lessons::Exercise* exercise) {
  if (exercise != nullptr) return ExerciseFutures::begin(play, *exercise);
  TRY_ASSIGN(spec::Scenario scenario, play.scenario());
  return LessonRun{play.shared_run(), std::make_unique<ScenarioFutures>(std::move(scenario))};
}

std::vector<viz::LessonRow> WindowLessons::rows(const std::string& language) const {
  std::vector<viz::LessonRow> rows;
  for (lessons::CatalogueRow& each : lessons::catalogue(language)) {
    const lessons::Done done = done_of(each, remembers_ ? progress_of(each.id) : lessons::Record());
    rows.push_back({std::move(each), done});
  }
  return rows;
}

bool WindowLessons::rewritten() { return watch_.changed(); }

Status WindowLessons::for_real(const lessons::Play& play) {
  if (!play.lesson().real) return fail(ErrorCode::Cannot, play.words()["only-simulated"]);
  return windows_.open({"compare", "--lesson", play.lesson().folder, "--view"});
}

Status WindowLessons::keep(const lessons::Play& play) {
  if (!remembers_) return {};
  const lessons::Record there = hand_in_.empty() ? lessons::Record() : record_in(hand_in_);
  const lessons::Record& now = play.record();
  if (!there.lesson.empty() && (there.lesson != now.lesson || there.learner != now.learner))
    return fail(ErrorCode::Failed, hand_in_ + " holds lesson " + there.lesson + " of '" +
                                       there.learner + "': this one is not kept there");
  TRY(keep_progress(play, hand_in_));
  return {};
}

}  // namespace cutaway::app
