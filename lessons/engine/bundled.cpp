// The lessons that are part of the program: every folder that was embedded.
#include "base/text.h"
#include "embedded/cutaway_lesson_files.h"
#include "lessons/lesson.h"

namespace cutaway::lessons {

namespace {

/// "02-who-does-what" answers to itself, "who-does-what", "02" and "2".
bool is_called(const std::string& folder, std::string_view which) {
  const std::string number = folder.substr(0, folder.find('-'));
  std::int64_t a = 0, b = 0;
  const bool same_number = parse_decimal(number, a) && parse_decimal(which, b) && a == b;
  return folder == which || folder.substr(folder.find('-') + 1) == which || same_number;
}

}  // namespace

const std::vector<LessonFiles>& bundled_lessons() {
  static const std::vector<LessonFiles> lessons = [] {
    std::map<std::string, LessonFiles> folders;
    for (const EmbeddedFile& file : cutaway_lesson_files()) {
      const std::string path(file.path);
      const std::size_t slash = path.find('/');
      if (slash == std::string::npos) continue;
      LessonFiles& folder = folders[path.substr(0, slash)];
      folder.folder = path.substr(0, slash);
      folder.files[path.substr(slash + 1)] = std::string(file.bytes);
    }
    std::vector<LessonFiles> sorted;
    sorted.reserve(folders.size());
    for (auto& [name, folder] : folders) sorted.push_back(std::move(folder));
    return sorted;
  }();
  return lessons;
}

Result<Lesson> load_bundled(std::string_view which) {
  std::vector<std::string> names;
  for (const LessonFiles& files : bundled_lessons()) {
    if (is_called(files.folder, which)) return load_lesson(files);
    names.push_back(files.folder);
    names.push_back(files.folder.substr(files.folder.find('-') + 1));
  }
  std::int64_t number = 0;  // no number is like a name
  const std::string near = parse_decimal(which, number) ? std::string() : nearest(which, names);
  return fail(ErrorCode::Usage, "there is no lesson '" + std::string(which) + "'",
              near.empty() ? "cutaway lesson list shows them" : "did you mean '" + near + "'?");
}

}  // namespace cutaway::lessons
