// cutaway lesson record: a lesson's run on Linux, kept in its folder for whoever cannot run it.
#include "app/cli/input.h"
#include "app/cli/lesson_files.h"
#include "base/os/files.h"
#include "trace/log/cut.h"

namespace cutaway::app {

Result<Trace> recorded_run(const std::string& which) {
  TRY_ASSIGN(const lessons::LessonFiles lesson, find_lesson(which));
  const std::string name(lessons::kRecording);
  const auto found = lesson.files.find(name);
  if (found == lesson.files.end())
    return fail(ErrorCode::Usage, "lesson " + lesson.folder + " has no recording",
                "cutaway lesson record FOLDER makes one");
  return from_cut(lesson.folder + "/" + name, found->second);
}

int lesson_record(const LessonRecordOptions& options) {
  const auto lesson = load_lesson(options.which);
  if (!lesson) return report(lesson.error());
  const std::string path = options.which + "/" + std::string(lessons::kRecording);
  if (!os::file_exists(options.which + "/lesson.json"))
    return report(
        {ErrorCode::Usage, "'" + options.which + "': a lesson's folder was expected", {}});
  InputOptions input;
  input.lesson = options.which;
  input.side = "real";
  input.state = options.state;
  auto run = load(input, Invocation());
  if (!run) return report(run.error());
  for (const auto& failed : run->report.failed)
    return report({ErrorCode::Failed, failed.pointer + ": " + failed.text, {}});
  const Status written = write_trace(path, take_trace(std::move(*run)));
  if (!written) return report(written.error());
  os::write_out(path + "\n");
  return 0;
}

}  // namespace cutaway::app
