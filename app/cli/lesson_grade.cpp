// cutaway lesson grade FILE|DIR [--csv|--json]
#include <algorithm>
#include <filesystem>

#include "app/cli/lesson_files.h"
#include "app/cli/verbs.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "base/text.h"
#include "lessons/hand_in.h"

namespace cutaway::app {

using lessons::HandIn;
using lessons::Marks;

namespace {

struct Graded {
  std::string file;
  HandIn hand_in;
  Marks marks;
  std::string error;  ///< it could not be read or replayed
};

/// "a,b" → "\"a,b\""; what a table would take for a formula gets a quote in front.
std::string cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos)
    text.insert(0, "'");
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string reasons(const Graded& graded) {
  std::string all = graded.error;
  for (const lessons::Mark& mark : graded.marks.marks) {
    for (const std::string& reason : mark.reasons)
      all += (all.empty() ? "" : " | ") + mark.what + ": " + reason;
  }
  return all;
}

std::string csv(const std::vector<Graded>& all) {
  std::string table = "file,learner,lesson,points,of,reasons\n";
  for (const Graded& graded : all)
    table += cell(graded.file) + "," + cell(graded.hand_in.learner) + "," +
             cell(graded.hand_in.lesson) + "," + decimal(graded.marks.points) + "," +
             decimal(graded.marks.of) + "," + cell(reasons(graded)) + "\n";
  return table;
}

Json json(const std::vector<Graded>& all, const std::vector<std::string>& equal) {
  Json rows = Json::array();
  for (const Graded& graded : all) {
    Json marks = Json::array();
    for (const lessons::Mark& mark : graded.marks.marks)
      marks.push_back({{"what", mark.what},
                       {"points", mark.points},
                       {"of", mark.of},
                       {"reasons", mark.reasons}});
    rows.push_back({{"file", graded.file},
                    {"learner", graded.hand_in.learner},
                    {"lesson", graded.hand_in.lesson},
                    {"points", graded.marks.points},
                    {"of", graded.marks.of},
                    {"error", graded.error},
                    {"marks", std::move(marks)}});
  }
  return {{"graded", std::move(rows)}, {"equal", equal}};
}

std::string text(const std::vector<Graded>& all) {
  std::string page;
  for (const Graded& graded : all) {
    page += graded.file + ": " + graded.hand_in.learner + " " + graded.hand_in.lesson + " " +
            decimal(graded.marks.points) + " of " + decimal(graded.marks.of) + "\n";
    if (!graded.error.empty()) page += "  " + graded.error + "\n";
    for (const lessons::Mark& mark : graded.marks.marks) {
      page += "  " + mark.what + ": " + decimal(mark.points) + " of " + decimal(mark.of) + "\n";
      for (const std::string& reason : mark.reasons) page += "    " + reason + "\n";
    }
  }
  return page;
}

Graded graded(const std::string& file, const LessonGradeOptions& options) {
  const auto find = [&options](std::string_view id) {
    return load_lesson(options.lessons.empty() ? std::string(id) : options.lessons);
  };
  Graded result;
  result.file = file;
  const auto content = os::read_file(file);
  const auto hand_in =
      content ? lessons::read_hand_in(file, *content, find) : Result<HandIn>(fail(content.error()));
  if (!hand_in) {
    result.error = hand_in.error().message;
    return result;
  }
  result.hand_in = *hand_in;
  const auto lesson = find(hand_in->lesson);
  const auto marks = lesson ? lessons::mark(*hand_in, *lesson, simulated_side)
                            : Result<Marks>(fail(lesson.error()));
  if (marks)
    result.marks = *marks;
  else
    result.error = marks.error().message;
  return result;
}

/// The file, or all .json files below the folder, sorted.
std::vector<std::string> files_of(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return {path};
  std::vector<std::string> files;
  std::filesystem::recursive_directory_iterator at(path, error);
  for (const auto end = std::filesystem::recursive_directory_iterator(); !error && at != end;
       at.increment(error)) {
    if (at->is_regular_file() && at->path().extension() == ".json")
      files.push_back(at->path().generic_string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int lesson_grade(const LessonGradeOptions& options) {
  std::vector<Graded> all;
  std::vector<HandIn> read;
  for (const std::string& file : files_of(options.path)) {
    all.push_back(graded(file, options));
    if (all.back().error.empty()) read.push_back(all.back().hand_in);
  }
  if (all.empty()) return report({ErrorCode::Usage, options.path + " holds no .json files", {}});
  // The one file that was named; in a folder the others still count.
  if (read.empty() && all.front().file == options.path)
    return report({ErrorCode::Usage, all.front().error, {}});
  const std::vector<std::string> equal = lessons::equal_logs(read);
  if (options.json)
    os::write_out(json(all, equal).dump() + "\n");
  else
    os::write_out(options.csv ? csv(all) : text(all));
  for (const std::string& pair : options.json ? std::vector<std::string>() : equal)
    os::write_err("equal logs: " + pair + "\n");
  return read.size() == all.size() ? 0 : 1;
}

}  // namespace cutaway::app
