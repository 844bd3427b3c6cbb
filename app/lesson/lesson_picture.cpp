#include "app/lesson/lesson_picture.h"

#include "app/gui/lesson_runs.h"
#include "app/lesson/window_lessons.h"
#include "base/text.h"
#include "viz/picture.h"

namespace cutaway::app {

namespace {

Result<std::size_t> page_named(const lessons::Play& play, const std::string& page) {
  std::int64_t number = 1;
  const bool is_number = page.empty() || parse_decimal(page, number);
  const std::size_t count = play.pages().size();
  for (std::size_t i = 0; i < count; ++i) {
    const bool same =
        is_number ? static_cast<std::int64_t>(i) + 1 == number : play.key(play.pages()[i]) == page;
    if (same) return i;
  }
  return fail(ErrorCode::Usage, "--page '" + page + "': a number from 1 to " +
                                    decimal(static_cast<std::int64_t>(count)) +
                                    " or the key of a step, question or exercise was expected");
}

}  // namespace

Result<std::string> lesson_png(const LessonShot& shot) {
  WindowLessons lessons = WindowLessons::forgetful();
  TRY_ASSIGN(const lessons::Play play, lessons.open(shot.which, shot.language));
  Futures before(play.shared_run(), nullptr);
  LessonRuns runs(before, &lessons);
  viz::WindowState state(play.run());
  state.theme = shot.window.theme;
  state.presenter = shot.window.presenter;
  state.lesson.possible = true;
  state.lesson.language = shot.language;
  state.lesson.open = shot.which;
  state.lesson.list.open = shot.page == "list";
  runs.serve(state);
  if (shot.page != "list") {
    TRY_ASSIGN(const std::size_t page, page_named(play, shot.page));
    viz::turn_lesson(state, page);
  }
  runs.serve(state);
  const double scale = shot.window.scale > 0
                           ? shot.window.scale
                           : viz::window_scale(shot.window.width, shot.window.height);
  return viz::window_png(std::move(state), shot.window.width, shot.window.height, scale);
}

}  // namespace cutaway::app
