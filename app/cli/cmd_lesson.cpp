// cutaway lesson list | show | check | play | grade | course | record | new
#include "app/cli/lesson_files.h"
#include "app/cli/subcommands.h"
#include "app/cli/wrapped.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "base/text.h"
#include "lessons/lesson.h"

namespace cutaway::app {

namespace {

using lessons::Lesson;
using lessons::LessonFiles;

int list_lessons(bool json) {
  Json rows = Json::array();
  std::string text;
  for (const LessonFiles& files : lessons::bundled_lessons()) {
    const auto lesson = lessons::load_lesson(files);
    if (!lesson) return report(lesson.error());
    const std::string& title = lesson->texts.at("en").title;
    rows.push_back({{"number", lesson->number},
                    {"id", lesson->id},
                    {"title", title},
                    {"scenario", lesson->scenario},
                    {"real", lesson->real}});
    text += wrapped((lesson->number < 10 ? "0" : "") + decimal(lesson->number) + "  ",
                    title + " (" + lesson->id + ")", terminal_width());
  }
  return os::write_out(json ? Json{{"lessons", rows}}.dump() + "\n" : text) ? 0 : 1;
}

/// The whole lesson to read: what the player will show one after the other.
class LessonPage {
 public:
  LessonPage(const Lesson& lesson, const lessons::Text& text) : lesson_(lesson), text_(text) {}

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
    page_ += wrapped(first, words, terminal_width());
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

int show_lesson(const std::string& which, const std::string& language) {
  const auto lesson = load_lesson(which);
  if (!lesson) return report(lesson.error());
  const auto text = lesson->texts.find(language);
  if (text == lesson->texts.end())
    return report(
        {ErrorCode::Usage, "lesson " + lesson->id + " has no words in '" + language + "'", {}});
  return os::write_out(LessonPage(*lesson, text->second).page()) ? 0 : 1;
}

}  // namespace

int cmd_lesson(const Invocation& invocation) {
  CLI::App options("The lessons: what there is, what one says, whether all of it is so.",
                   "cutaway lesson");
  bool json = false;
  std::string id, from, folder;
  LessonCheckOptions check;
  LessonPlayOptions play;
  LessonGradeOptions grade;
  LessonRecordOptions recording;
  CLI::App* do_list = options.add_subcommand("list", "the lessons that are part of this program");
  do_list->add_flag("--json", json, "one JSON object");
  CLI::App* do_show = options.add_subcommand("show", "a lesson's words, from first to last");
  do_show->add_option("ID", id, "number, id or folder of a lesson")->required();
  do_show->add_option("--lang", play.language, "en, de, …");
  CLI::App* do_check =
      options.add_subcommand("check", "are lessons whole, and does everything they claim happen?");
  do_check->add_option("WHAT", check.which, "ids or folders; none: all bundled ones");
  do_check->add_flag("--json", check.json, "one JSON object");
  do_check->add_flag("--quick", check.quick, "the first seed, and no wrong answers");
  CLI::App* do_play = options.add_subcommand("play", "a lesson, here in the terminal");
  do_play->add_option("ID", play.lesson, "number, id or folder of a lesson")->required();
  do_play->add_option("--lang", play.language, "en, de, …");
  do_play->add_option("--learner", play.learner, "any name: it chooses your own seed");
  do_play->add_option("--hand-in", play.hand_in, "where to write what you have done");
  CLI::App* do_grade = options.add_subcommand("grade", "marks for what was handed in");
  do_grade->add_option("WHAT", grade.path, "a file, or a folder of files")->required();
  do_grade->add_option("--lessons", grade.lessons, "a lesson's folder that is not bundled");
  do_grade->add_flag("--csv", grade.csv, "a line for each file, for a table");
  do_grade->add_flag("--json", grade.json, "one JSON object");
  CLI::App* do_course =
      options.add_subcommand("course", "all claims, verdicts and proofs: docs/COURSE.md");
  CLI::App* do_record = options.add_subcommand(
      "record", "keep a lesson's run on this Linux in its folder, for whoever cannot run it");
  do_record->add_option("FOLDER", recording.which, "such as lessons/content/16-stop-and-kill")
      ->required();
  do_record->add_option("--state", recording.state, "folder of the real side")
      ->envname("CUTAWAY_STATE");
  CLI::App* do_new = options.add_subcommand("new", "a lesson's folder to begin with");
  do_new->add_option("FOLDER", folder, "such as lessons/content/40-my-lesson")->required();
  do_new->add_option("--from", from, "a session that `cutaway shell` saved (.json)");
  if (const auto done = parse_subcommand(options, invocation)) return *done;
  if (do_list->parsed()) return list_lessons(json);
  if (do_show->parsed()) return show_lesson(id, play.language);
  if (do_play->parsed()) return lesson_play(play);
  if (do_grade->parsed()) return lesson_grade(grade);
  if (do_course->parsed()) return lesson_course();
  if (do_record->parsed()) return lesson_record(recording);
  if (do_new->parsed()) return lesson_new(folder, from);
  return lesson_check(check);
}

}  // namespace cutaway::app
