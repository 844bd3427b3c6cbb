// cutaway lesson new: a folder that passes `lesson check` as it is, and says nothing yet.
#include <filesystem>

#include "app/cli/input.h"
#include "app/cli/lesson_files.h"
#include "app/cli/verbs.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr std::string_view kFixedWords = R"(## claim.first

> Write here what learners say, as they say it.

Holds.
Write here what the run shows.

## predict.first

Write here what is asked before the last step is shown.

## predict.first.right

What happens.

Why it happens.

## predict.first.wrong

What somebody might believe.

The sentence that answers this belief.

## exercise.first

Write here what is to be done.

## exercise.first.goal.done

What to say while it is not done yet.

## exercise.first.hint.1

A hint that says where to look.

## exercise.first.hint.2

A hint that says what to look for.

## exercise.first.hint.3

The solution, nearly.

## closer

At most 60 words for those who want to know more.
)";

/// A session that was saved, or one command, as scenario.json with the folder's name.
Result<Json> scenario_of(const std::string& from, const std::string& id) {
  Json scenario = {{"cutaway_scenario", 1},
                   {"id", id},
                   {"title", "What the lesson shows"},
                   {"sides", {"sim"}},
                   {"do", {{{"docker", "run busybox echo hello"}}}}};
  if (!from.empty()) {
    TRY_ASSIGN(const JsonDocument document, read_document(from));
    TRY_ASSIGN(const spec::Scenario read, spec::load_scenario(document));
    scenario = document.value();
    scenario["id"] = id;
  }
  return scenario;
}

class Skeleton {
 public:
  Skeleton(std::string id, Json scenario) : id_(std::move(id)), scenario_(std::move(scenario)) {
    for (const Json& item : scenario_["do"]) {
      if (item.contains("docker")) lines_.push_back("docker " + item["docker"].get<std::string>());
    }
  }
  bool empty() const { return lines_.empty(); }

  Json lesson() const {
    const Json ended = {{"kind", "cli"}, {"op", "done"}};
    const Json typed = {{"kind", "cli"}, {"op", "typed"}, {"line", lines_.back()}};
    Json steps = Json::array();
    for (std::size_t i = 0; i < lines_.size(); ++i)
      steps.push_back(
          {{"id", step(i)}, {"at", {{"kind", "cli"}, {"op", "typed"}, {"line", lines_[i]}}}});
    steps.push_back({{"id", "ended"}, {"at", ended}});
    const Json never = {{"count", {{"kind", "cli"}, {"op", "typed"}}}, {"is", 0}};
    return {{"cutaway_lesson", 1},
            {"id", id_},
            {"scenario", id_},
            {"seeds", {1, 2}},
            {"stage", {{"show", {"terminal", "engine"}}, {"size", "beat"}}},
            {"steps", std::move(steps)},
            {"claims", {{{"id", "first"}, {"verdict", "holds"}, {"proof", ended}}}},
            {"predictions",
             {{{"id", "first"},
               {"before", "ended"},
               {"options",
                {{{"id", "right"}, {"when", ended}},
                 {{"id", "wrong"}, {"belief", "why-somebody-thinks-so"}, {"when", never}}}}}}},
            {"exercises",
             {{{"id", "first"}, {"kind", "do"}, {"goals", {{{"id", "done"}, {"that", typed}}}}}}},
            {"closer", ended}};
  }

  std::string words() const {
    std::string text = "# A new lesson\n\n## goal\n\nWrite here what can be said at the end.\n\n";
    for (std::size_t i = 0; i < lines_.size(); ++i)
      text += "## step." + step(i) + "\n\nWrite here what is seen when this is typed.\n\n";
    return text + "## step.ended\n\nWrite here what has come of it.\n\n" + std::string(kFixedWords);
  }

  Json answer() const {
    return {{"cutaway_solution", 1}, {"exercises", {{"first", {{"do", scenario_["do"]}}}}}};
  }

  Status write(const std::string& folder) const {
    const Json start = {{"cutaway_start", 1}, {"do", Json::array()}};
    const Json wrong = {{"cutaway_wrong", 1},
                        {"exercise", "first"},
                        {"belief", "why-somebody-would-do-this"},
                        {"misses", {"done"}},
                        {"do", {{{"docker", "version"}}}}};
    TRY(put(folder + "/lesson.json", lesson()));
    TRY(put(folder + "/scenario.json", scenario_));
    TRY(put(folder + "/start.json", start));
    TRY(put(folder + "/solution.json", answer()));
    TRY(put(folder + "/wrong/first.json", wrong));
    return os::write_file(folder + "/text.en.md", words());
  }

 private:
  static std::string step(std::size_t i) {
    return "step-" + decimal(static_cast<std::int64_t>(i + 1));
  }
  static Status put(const std::string& path, const Json& value) {
    return os::write_file(path, value.dump(2) + "\n");
  }

  std::string id_;
  Json scenario_;
  std::vector<std::string> lines_;  ///< the docker lines
};

/// "40-my-lesson" → "my-lesson"; empty: that is no lesson's name.
std::string id_of(const std::string& folder) {
  const std::string name = folder.substr(folder.rfind('/') + 1);
  const std::size_t dash = name.find('-');
  std::int64_t n = 0;
  const bool good = dash != std::string::npos && parse_decimal(name.substr(0, dash), n);
  return good ? name.substr(dash + 1) : std::string();
}

}  // namespace

int lesson_new(const std::string& folder, const std::string& from) {
  const std::string id = id_of(folder);
  if (id.empty())
    return report({ErrorCode::Usage, folder + ": a number, a dash and a name were expected",
                   "such as 40-my-lesson"});
  std::error_code error;
  if (std::filesystem::exists(folder, error))
    return report({ErrorCode::Usage, folder + " is there already", {}});
  auto scenario = scenario_of(from, id);
  if (!scenario) return report(scenario.error());
  const Skeleton skeleton(id, std::move(*scenario));
  if (skeleton.empty()) return report({ErrorCode::Usage, from + " holds no docker command", {}});
  std::filesystem::create_directories(folder + "/wrong", error);
  if (error)
    return report({ErrorCode::Failed, "cannot make " + folder + ": " + error.message(), {}});
  const Status written = skeleton.write(folder);
  if (!written) return report(written.error());
  os::write_out(folder + " is there; cutaway lesson check " + folder + "\n");
  return 0;
}

}  // namespace cutaway::app
