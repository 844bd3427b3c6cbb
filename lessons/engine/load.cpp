// From a folder's files to a Lesson.
#include <algorithm>
#include <array>

#include "base/json_value.h"
#include "base/text.h"
#include "lessons/engine/readers.h"
#include "lessons/lesson.h"
#include "scenarios/bundled.h"

namespace cutaway::lessons {

namespace {

constexpr std::array<std::string_view, 4> kOthers = {"lesson.json", "start.json", "solution.json",
                                                     "scenario.json"};

class FolderReader {
 public:
  FolderReader(const LessonFiles& files, Lesson& lesson) : files_(files), lesson_(lesson) {}

  std::vector<Error> read() {
    read_name();
    if (!read_file("lesson.json",
                   [this](spec::Problems& problems) { read_lesson_document(problems, lesson_); })) {
      return std::move(errors_);
    }
    if (lesson_.id != slug_)
      complain("lesson.json", "/id",
               "is \"" + lesson_.id + "\", expected \"" + slug_ + "\", as the folder is called");
    read_file("start.json", [this](spec::Problems& problems) { read_start(problems, lesson_); });
    read_file("solution.json", [this](spec::Problems& problems) {
      read_solutions(problems, path("solution.json"), lesson_);
    });
    if (files_.files.count("scenario.json") != 0) read_own_scenario();
    for (const auto& [name, text] : files_.files) read_other(name, text);
    if (lesson_.texts.count("en") == 0) errors_.push_back(missing("text.en.md"));
    return std::move(errors_);
  }

 private:
  std::string path(const std::string& name) const { return files_.folder + "/" + name; }
  Error missing(const std::string& name) const {
    return {ErrorCode::Usage,
            path(name) + ":1: /: is not there, expected in every lesson's folder",
            {}};
  }

  // "02-who-does-what"
  void read_name() {
    lesson_.folder = files_.folder.substr(files_.folder.rfind('/') + 1);
    const std::size_t dash = lesson_.folder.find('-');
    slug_ = dash == std::string::npos ? lesson_.folder : lesson_.folder.substr(dash + 1);
    if (dash != std::string::npos && parse_decimal(lesson_.folder.substr(0, dash), lesson_.number))
      return;
    errors_.push_back(
        {ErrorCode::Usage,
         files_.folder + ":1: /: has no number, expected a folder such as 02-who-does-what",
         {}});
  }

  template <class Read>
  bool read_file(const std::string& name, Read read) {
    const auto found = files_.files.find(name);
    if (found == files_.files.end()) {
      errors_.push_back(missing(name));
      return false;
    }
    auto document = JsonDocument::parse(path(name), found->second);
    if (!document) {
      errors_.push_back(document.error());
      return false;
    }
    const auto kept = std::make_shared<const JsonDocument>(std::move(*document));
    lesson_.documents[path(name)] = kept;
    spec::Problems problems(*kept);
    read(problems);
    errors_.insert(errors_.end(), problems.errors().begin(), problems.errors().end());
    return true;
  }

  void read_own_scenario() {
    auto document = JsonDocument::parse(path("scenario.json"), files_.files.at("scenario.json"));
    if (!document) return errors_.push_back(document.error());
    const std::vector<Error> problems = spec::check_scenario(*document);
    errors_.insert(errors_.end(), problems.begin(), problems.end());
    if (!problems.empty()) return;
    lesson_.own_scenario = std::move(spec::load_scenario(*document)).value();
    if (lesson_.own_scenario->id == lesson_.scenario) return;
    complain("lesson.json", "/scenario",
             "is \"" + lesson_.scenario + "\", expected \"" + lesson_.own_scenario->id +
                 "\", as scenario.json says");
  }

  void read_other(const std::string& name, const std::string& text) {
    if (starts_with(name, "wrong/") && ends_with(name, ".json")) {
      read_file(name, [&](spec::Problems& problems) { read_wrong(problems, path(name), lesson_); });
    } else if (starts_with(name, "text.") && ends_with(name, ".md") && name.size() > 8) {
      lesson_.texts[name.substr(5, name.size() - 8)] = parse_text(path(name), text, errors_);
    } else if (name == kRecording) {
      if (!lesson_.real)
        complain("lesson.json", "/sides", "names only the simulated one, and there is a real.cut");
    } else if (std::find(kOthers.begin(), kOthers.end(), name) == kOthers.end()) {
      errors_.push_back(
          {ErrorCode::Usage,
           path(name) +
               ":1: /: belongs to no lesson, expected text.<language>.md or wrong/<name>.json",
           {}});
    }
  }

  void complain(const std::string& name, std::string_view pointer, const std::string& message) {
    errors_.push_back(lesson_.documents.at(path(name))->error(pointer, message));
  }

  const LessonFiles& files_;
  Lesson& lesson_;
  std::string slug_;
  std::vector<Error> errors_;
};

template <class T>
const T* by_id(const std::vector<T>& list, std::string_view id) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const T& each) { return each.id == id; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::string_view judgement_name(Judgement judgement) {
  if (judgement == Judgement::Holds) return "holds";
  return judgement == Judgement::Roughly ? "roughly" : "not_so";
}

const Exercise* Lesson::exercise(std::string_view exercise_id) const {
  return by_id(exercises, exercise_id);
}
const Step* Lesson::step(std::string_view step_id) const { return by_id(steps, step_id); }

std::vector<Error> read_lesson(const LessonFiles& files, Lesson& lesson) {
  return FolderReader(files, lesson).read();
}

Result<spec::Scenario> shown_scenario(const Lesson& lesson) {
  if (lesson.own_scenario) return *lesson.own_scenario;
  return scenarios::load_bundled(lesson.scenario);
}

Result<Lesson> load_lesson(const LessonFiles& files) {
  Lesson lesson;
  const std::vector<Error> errors = read_lesson(files, lesson);
  if (!errors.empty()) return fail(errors.front());
  return lesson;
}

}  // namespace cutaway::lessons
