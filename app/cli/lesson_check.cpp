// cutaway lesson check
#include "app/cli/lesson_files.h"
#include "app/cli/progress.h"
#include "app/cli/verbs.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "base/text.h"
#include "lessons/check.h"

namespace cutaway::app {

using lessons::LessonFiles;

namespace {

std::string counted(std::size_t n, const std::string& what) {
  return number(n) + " " + what + (n == 1 ? "" : "s");
}

std::string summary(const lessons::CheckReport& found) {
  return counted(found.steps, "step") + ", " + counted(found.claims, "claim") + ", " +
         counted(found.predictions, "prediction") + ", " + counted(found.exercises, "exercise") +
         ", " + counted(found.wrong_answers, "wrong answer") + ", " +
         counted(found.commands, "command") + ", in " + counted(found.runs, "run");
}

/// One row of `--json`.
Json row(const LessonFiles& files, const lessons::CheckReport& found) {
  Json problems = Json::array();
  for (const Error& problem : found.problems) problems.push_back(problem.message);
  return {{"folder", files.folder},
          {"ok", found.ok()},
          {"steps", found.steps},
          {"claims", found.claims},
          {"predictions", found.predictions},
          {"exercises", found.exercises},
          {"wrong_answers", found.wrong_answers},
          {"commands", found.commands},
          {"runs", found.runs},
          {"problems", std::move(problems)}};
}

Result<std::vector<LessonFiles>> chosen(const std::vector<std::string>& which) {
  if (which.empty()) return lessons::bundled_lessons();
  std::vector<LessonFiles> all;
  for (const std::string& each : which) {
    TRY_ASSIGN(LessonFiles files, find_lesson(each));
    all.push_back(std::move(files));
  }
  return all;
}

}  // namespace

int lesson_check(const LessonCheckOptions& options) {
  const auto all = chosen(options.which);
  if (!all) return report(all.error());
  Json rows = Json::array();
  std::size_t failed = 0;
  bool readable = true;
  for (const LessonFiles& files : *all) {
    const lessons::CheckReport found = lessons::check_lesson(
        files, simulated_side,
        options.quick ? lessons::CheckScope::Quick : lessons::CheckScope::Everything);
    failed += found.ok() ? 0 : 1;
    readable = readable && found.readable;
    for (const Error& problem : found.problems) os::write_err(problem.message + "\n");
    rows.push_back(row(files, found));
    if (!options.json && found.ok())
      os::write_out("ok  " + files.folder + ": " + summary(found) + "\n");
  }
  const std::string end = counted(rows.size(), "lesson") + " checked of " +
                          counted(all->size(), "folder") + ", " + number(failed) + " failed\n";
  os::write_out(
      options.json
          ? Json{{"checked", rows.size()}, {"folders", all->size()}, {"lessons", rows}}.dump() +
                "\n"
          : end);
  if (!readable) return 2;
  return failed == 0 ? 0 : 1;
}

}  // namespace cutaway::app
