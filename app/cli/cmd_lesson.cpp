// cutaway lesson list | show ID | check [ID|FOLDER…]
#include <algorithm>
#include <filesystem>

#include "app/cli/make_side.h"
#include "app/cli/subcommands.h"
#include "app/cli/wrapped.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "base/text.h"
#include "lessons/check.h"
#include "lessons/lesson.h"

namespace cutaway::app {

namespace {

using lessons::Lesson;
using lessons::LessonFiles;

std::size_t columns() { return static_cast<std::size_t>(os::terminal_columns()); }
std::string number(std::size_t n) { return decimal(static_cast<std::int64_t>(n)); }

int list(bool json) {
  Json rows = Json::array();
  std::string text;
  for (const LessonFiles& files : lessons::bundled_lessons()) {
    const auto lesson = lessons::load_lesson(files);
    if (!lesson) return report(lesson.error());
    const std::string& title = lesson->texts.at("en").title;
    rows.push_back({{"number", lesson->number},
                    {"id", lesson->id},
                    {"title", title},
                    {"scenario", lesson->scenario}});
    text += wrapped((lesson->number < 10 ? "0" : "") + decimal(lesson->number) + "  ",
                    title + " (" + lesson->id + ")", columns());
  }
  return os::write_out(json ? Json{{"lessons", rows}}.dump() + "\n" : text) ? 0 : 1;
}

/// The whole lesson to read: what the player will show one after the other.
class LessonPage {
 public:
  explicit LessonPage(const Lesson& lesson) : lesson_(lesson), text_(lesson.texts.at("en")) {}

  std::string page() {
    page_ = text_.title + "\n\n";
    say("", "goal");
    page_ += "\n";
    for (const lessons::Claim& claim : lesson_.claims) say("Claim:  ", "claim." + claim.id, 0);
    page_ += "\n";
    for (const lessons::Step& step : lesson_.steps) {
      for (const lessons::Prediction& prediction : lesson_.predictions) {
        if (prediction.before == step.id) question(prediction);
      }
      say("  * ", "step." + step.id);
    }
    page_ += "\n";
    for (const lessons::Claim& claim : lesson_.claims) say("Claim:  ", "claim." + claim.id);
    for (const lessons::Exercise& exercise : lesson_.exercises)
      say("Do:     ", "exercise." + exercise.id);
    say("Closer: ", "closer");
    return page_;
  }

 private:
  /// All paragraphs of a section, or one.
  void say(const std::string& first, const std::string& key,
           std::size_t only = static_cast<std::size_t>(-1)) {
    const lessons::Section* section = text_.find(key);
    if (section == nullptr) return;
    std::string words;
    for (std::size_t i = 0; i < section->paragraphs.size(); ++i) {
      if (only != static_cast<std::size_t>(-1) && i != only) continue;
      words += (words.empty() ? "" : " ") + section->paragraphs[i];
    }
    page_ += wrapped(first, words, columns());
  }
  void question(const lessons::Prediction& prediction) {
    const std::string key = "predict." + prediction.id;
    say("  ? ", key);
    for (const lessons::Option& option : prediction.options)
      say("      - ", key + "." + option.id, 0);
  }

  const Lesson& lesson_;
  const lessons::Text& text_;
  std::string page_;
};

int show(const std::string& which) {
  const auto lesson = lessons::load_bundled(which);
  if (!lesson) return report(lesson.error());
  return os::write_out(LessonPage(*lesson).page()) ? 0 : 1;
}

// --- check ---

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

Result<LessonFiles> find_lesson(const std::string& which) {
  std::error_code error;
  if (std::filesystem::is_directory(which, error)) return read_folder(which);
  TRY_ASSIGN(const Lesson lesson, lessons::load_bundled(which));
  for (const LessonFiles& files : lessons::bundled_lessons()) {
    if (files.folder == lesson.folder) return files;
  }
  return fail(ErrorCode::Usage, "there is no lesson '" + which + "'");
}

Result<std::unique_ptr<Side>> simulated(const spec::Scenario& scenario) {
  TRY_ASSIGN(std::unique_ptr<Side> side, make_simulator(scenario));
  return side;
}

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

int check(const std::vector<std::string>& which, bool json) {
  const auto all = chosen(which);
  if (!all) return report(all.error());
  Json rows = Json::array();
  std::size_t failed = 0;
  bool readable = true;
  for (const LessonFiles& files : *all) {
    const lessons::CheckReport found = lessons::check_lesson(files, simulated);
    failed += found.ok() ? 0 : 1;
    readable = readable && found.readable;
    for (const Error& problem : found.problems) os::write_err(problem.message + "\n");
    rows.push_back(row(files, found));
    if (!json && found.ok()) os::write_out("ok  " + files.folder + ": " + summary(found) + "\n");
  }
  const std::string end = counted(rows.size(), "lesson") + " checked of " +
                          counted(all->size(), "folder") + ", " + number(failed) + " failed\n";
  os::write_out(
      json ? Json{{"checked", rows.size()}, {"folders", all->size()}, {"lessons", rows}}.dump() +
                 "\n"
           : end);
  if (!readable) return 2;
  return failed == 0 ? 0 : 1;
}

}  // namespace

int cmd_lesson(const Invocation& invocation) {
  CLI::App options("The lessons: what there is, what one says, whether all of it is so.",
                   "cutaway lesson");
  bool json = false;
  std::string id;
  std::vector<std::string> which;
  CLI::App* do_list = options.add_subcommand("list", "the lessons that are part of this program");
  do_list->add_flag("--json", json, "one JSON object");
  CLI::App* do_show = options.add_subcommand("show", "a lesson's words, from first to last");
  do_show->add_option("ID", id, "number, id or folder of a bundled lesson")->required();
  CLI::App* do_check =
      options.add_subcommand("check", "are lessons whole, and does everything they claim happen?");
  do_check->add_option("WHAT", which, "ids or folders; none: all bundled ones");
  do_check->add_flag("--json", json, "one JSON object");
  const char* later[] = {"play", "new", "grade"};
  std::vector<CLI::App*> not_yet;
  for (const char* name : later)
    not_yet.push_back(options.add_subcommand(name, "(not yet)")->allow_extras());
  if (const auto done = parse_subcommand(options, invocation)) return *done;
  for (const CLI::App* each : not_yet) {
    if (each->parsed())
      return report({ErrorCode::NotYet, "cutaway lesson " + each->get_name(), {}});
  }
  if (do_list->parsed()) return list(json);
  if (do_show->parsed()) return show(id);
  return check(which, json);
}

}  // namespace cutaway::app
