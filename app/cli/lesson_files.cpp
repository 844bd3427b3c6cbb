#include "app/cli/lesson_files.h"

#include <filesystem>

#include "app/cli/make_side.h"
#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::app {

using lessons::Lesson;
using lessons::LessonFiles;

namespace {

/// A folder on the disk, as it is now.
Result<LessonFiles> read_folder(const std::string& path) {
  LessonFiles files;
  files.folder = ends_with(path, "/") ? path.substr(0, path.size() - 1) : path;
  if (!os::file_exists(files.folder + "/lesson.json")) {
    return fail(ErrorCode::Usage, path + " is no lesson's folder: it has no lesson.json");
  }
  std::error_code error;
  std::filesystem::recursive_directory_iterator at(path, error);
  for (const auto end = std::filesystem::recursive_directory_iterator(); !error && at != end;
       at.increment(error)) {
    if (!at->is_regular_file()) continue;
    const std::string name = at->path().lexically_relative(files.folder).generic_string();
    TRY_ASSIGN(files.files[name], os::read_file(at->path().string()));
  }
  if (error)
    return fail(ErrorCode::Usage, "cannot read the folder " + path + ": " + error.message());
  return files;
}

}  // namespace

Result<LessonFiles> find_lesson(const std::string& which) {
  std::error_code error;
  if (std::filesystem::is_directory(which, error)) return read_folder(which);
  TRY_ASSIGN(const Lesson lesson, lessons::load_bundled(which));
  for (const LessonFiles& files : lessons::bundled_lessons()) {
    if (files.folder == lesson.folder) return files;
  }
  return fail(ErrorCode::Usage, "there is no lesson '" + which + "'");
}

Result<std::unique_ptr<Side>> simulated_side(const spec::Scenario& scenario) {
  TRY_ASSIGN(std::unique_ptr<Side> side, make_simulator(scenario));
  return side;
}

Result<Lesson> load_lesson(const std::string& which) {
  TRY_ASSIGN(const LessonFiles files, find_lesson(which));
  return lessons::load_lesson(files);
}

}  // namespace cutaway::app
