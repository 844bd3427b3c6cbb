// cutaway lesson play
#include "app/cli/lesson_files.h"
#include "app/cli/verbs.h"
#include "app/lesson/player.h"
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
  PlayOptions play;
  play.language = options.language;
  play.learner = options.learner;
  play.person = os::stdin_is_terminal();
  play.columns = static_cast<std::size_t>(os::terminal_columns());
  const auto reader =
      play.person
          ? terminal_reader({}, [](const std::string&) { return std::vector<std::string>(); })
          : plain_reader();
  LessonPlayer player(*lesson, play, *reader, [](const std::string& text) { os::write_out(text); });
  const Status played = player.play();
  if (!played) return report(played.error());
  const std::string file = options.hand_in.empty() ? progress_file(lesson->id) : options.hand_in;
  if (file.empty()) return 0;
  const Status written = os::write_file(file, player.record().text());
  if (!written) return report(written.error());
  os::write_out(lessons::Messages(options.language)["kept"] + file + "\n");
  return 0;
}

}  // namespace cutaway::app
