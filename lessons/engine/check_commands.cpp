// What the texts tell people to type.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "lessons/attempt.h"
#include "lessons/engine/runs.h"

namespace cutaway::lessons {

namespace {

class CommandsCheck {
 public:
  CommandsCheck(const Lesson& lesson, LessonRuns& runs)
      : lesson_(lesson), runs_(runs), report_(runs.report) {}

  /// Those of an exercise are typed after its start; all others after the run that is shown, which
  /// has typed some of them itself. What one language has typed need not be typed again.
  void check() {
    for (const auto& [language, text] : lesson_.texts) {
      std::vector<std::string> shown = docker_commands(
          text, [](const std::string& key) { return !starts_with(key, "exercise."); });
      shown.erase(std::remove_if(shown.begin(), shown.end(),
                                 [this](const std::string& line) { return is_shown(line); }),
                  shown.end());
      type(text, "", shown, runs_.scenario.items);
      for (const Exercise& exercise : lesson_.exercises) {
        auto start = start_of(lesson_, exercise, runs_.scenario.seed);
        if (!start) continue;
        const std::string own = "exercise." + exercise.id;
        const auto commands = docker_commands(text, [&own](const std::string& key) {
          return key == own || starts_with(key, own + ".");
        });
        type(text, own, commands, std::move(start->items));
      }
    }
  }

 private:
  bool is_shown(const std::string& line) const {
    const std::vector<spec::Item>& items = runs_.scenario.items;
    return std::any_of(items.begin(), items.end(), [&](const spec::Item& item) {
      const auto* docker = std::get_if<spec::DockerItem>(&item.body);
      return docker != nullptr && "docker " + docker->line == line;
    });
  }

  void type(const Text& text, const std::string& where, const std::vector<std::string>& commands,
            std::vector<spec::Item> items) {
    if (commands.empty() || !typed_.insert(where + "\n" + join(commands, "\n")).second) return;
    for (const std::string& command : commands) {
      spec::DockerItem item;
      item.line = command.substr(std::string_view("docker ").size());
      if (!split_shell_words(item.line, item.words))
        report_.problems.push_back(text.error("`" + command + "`", "leaves a quote open"));
      items.push_back({item, "`" + command + "`"});
    }
    auto done = runs_.run(std::move(items), {});
    if (!done)
      return report_.problems.push_back(
          {ErrorCode::Usage, text.file + ":1: " + done.error().message, {}});
    const std::vector<CommandState>& states = done->report.commands;
    const std::size_t own = std::min(states.size(), commands.size());
    std::for_each(states.end() - static_cast<std::ptrdiff_t>(own), states.end(),
                  [&](const CommandState& state) { check_status(text, state); });
  }

  void check_status(const Text& text, const CommandState& state) {
    ++report_.commands;
    const auto said = lesson_.statuses.find(state.line);
    const std::int64_t expected = said == lesson_.statuses.end() ? 0 : said->second;
    if (state.done && state.exit == expected) return;
    const std::string found =
        state.done ? "ends with status " + decimal(state.exit) : "does not end";
    report_.problems.push_back(
        {ErrorCode::Usage,
         text.file + ":1: `" + state.line + "` " + found + ", expected " + decimal(expected) +
             " (\"statuses\" in lesson.json): " + std::string(trim(state.stderr_text)),
         {}});
  }

  const Lesson& lesson_;
  LessonRuns& runs_;
  CheckReport& report_;
  std::set<std::string> typed_;
};

}  // namespace

void check_commands(const Lesson& lesson, LessonRuns& runs) { CommandsCheck(lesson, runs).check(); }

}  // namespace cutaway::lessons
