// cutaway lesson play
#include "app/cli/lesson_files.h"
#include "app/cli/verbs.h"
#include "app/lesson/player.h"
#include "app/lesson/progress_file.h"
#include "base/os/files.h"

namespace cutaway::app {

int lesson_play(const LessonPlayOptions& options) {
  const auto lesson = load_lesson(options.lesson);
  if (!lesson) return report(lesson.error());
  if (lesson->texts.count(options.language) == 0) {
    return report({ErrorCode::Usage,
                   "lesson " + lesson->id + " has no words in '" + options.language + "'",
                   {}});
  }
  lessons::Play play(std::make_shared<const lessons::Lesson>(*lesson),
                     {options.learner, options.language});
  if (options.hand_in.empty()) play.recall(progress_of(lesson->id));
  PlayOptions how;
  how.person = os::stdin_is_terminal();
  how.columns = static_cast<std::size_t>(os::terminal_columns());
  how.for_real = [&lesson] {
    Invocation both;
    both.own = {"--lesson", lesson->folder};
    cmd_compare(both);
  };
  const auto reader =
      how.person
          ? terminal_reader({}, [](const std::string&) { return std::vector<std::string>(); })
          : plain_reader();
  LessonPlayer player(play, how, *reader, [](const std::string& text) { os::write_out(text); });
  const Status played = player.play();
  if (!played) return report(played.error());
  const auto kept = keep_progress(play, options.hand_in);
  if (!kept) return report(kept.error());
  if (!kept->empty()) os::write_out(play.words()["kept"] + *kept + "\n");
  return 0;
}

}  // namespace cutaway::app
