#include "viz/panels/typed_words.h"

#include <algorithm>

#include "base/text.h"

namespace cutaway::viz {
namespace {

using Arguments = std::vector<std::string>;

/// "undo", "undo 3"; 0: something else was given.
std::size_t how_many(const Arguments& given) {
  std::int64_t count = 1;
  const bool read = given.empty() || (given.size() == 1 && parse_decimal(given[0], count));
  return read && count > 0 ? static_cast<std::size_t>(count) : 0;
}

std::string moment_words(const Player& player) {
  return "event " + decimal(static_cast<std::int64_t>(player.position())) + " of " +
         decimal(static_cast<std::int64_t>(player.count()));
}

std::string step_commands(WindowState& state, const Arguments& given, bool forward) {
  const std::size_t count = how_many(given);
  if (count == 0) return forward ? "redo, or redo 3" : "undo, or undo 3";
  Player& player = state.player;
  player.pause();
  for (std::size_t i = 0; i < count; ++i) {
    if (forward)
      player.step_forward(StepSize::Command);
    else
      player.step_back(StepSize::Command);
  }
  return moment_words(player) + (forward ? "" : ": what is typed here makes another future");
}

std::string undo(WindowState& state, const Arguments& given) {
  return step_commands(state, given, false);
}

std::string redo(WindowState& state, const Arguments& given) {
  return step_commands(state, given, true);
}

std::string at(WindowState& state, const Arguments& given) {
  Player& player = state.player;
  std::int64_t to = static_cast<std::int64_t>(player.position());
  if (given.size() == 1 && given[0] == "last")
    to = static_cast<std::int64_t>(player.count());
  else if (!given.empty() && (given.size() > 1 || !parse_decimal(given[0], to) || to < 0))
    return "at 120, or at last";
  player.pause();
  player.jump(std::min(static_cast<std::size_t>(to), player.count()));
  return moment_words(player);
}

std::string why(WindowState& state, const Arguments& given) {
  if (given.size() != 1) return "why task:4711: an id of the picture";
  const Subject subject = subject_of(state.player.world(), state.player.moment(), given[0]);
  if (!subject) return "there is no " + given[0] + " at this moment";
  select(state, subject);
  return {};
}

std::string switch_to(WindowState& state, const Arguments& given) {
  const std::vector<Future>& futures = state.fork.futures;
  if (given.size() != 1) return "switch 2, or switch with the name of a future";
  std::int64_t number = 0;
  if (parse_decimal(given[0], number) && number >= 1 &&
      static_cast<std::size_t>(number) <= futures.size()) {
    state.fork.show = static_cast<std::size_t>(number - 1);
    return {};
  }
  for (std::size_t i = 0; i < futures.size(); ++i) {
    if (futures[i].name != given[0]) continue;
    state.fork.show = i;
    return {};
  }
  return "there is no future " + given[0] + " (of " +
         decimal(static_cast<std::int64_t>(futures.size())) + ")";
}

std::string help(WindowState& state, const Arguments&) {
  state.help = true;
  std::string forms;
  for (const TypedWord& word : typed_words())
    forms += (forms.empty() ? "" : " · ") + std::string(word.form);
  return "the terminal's own words: " + forms;
}

}  // namespace

const std::vector<TypedWord>& typed_words() {
  static const std::vector<TypedWord> words = {
      {"undo", "undo [N]", "before the last N commands; what is typed there is another future",
       undo},
      {"redo", "redo [N]", "forward again by N commands", redo},
      {"switch", "switch N|NAME", "another future", switch_to},
      {"at", "at [N|last]", "that moment", at},
      {"why", "why ID", "one thing of the picture, in the inspector: why row:host", why},
      {"help", "help", "keys and words", help},
  };
  return words;
}

bool run_typed_word(WindowState& state, const std::string& line) {
  std::vector<std::string> given;
  if (!split_shell_words(line, given) || given.empty()) return false;
  for (const TypedWord& word : typed_words()) {
    if (word.name != given[0]) continue;
    given.erase(given.begin());
    const std::string said = word.run(state, given);
    if (!said.empty()) state.notice.say(said);
    state.terminal.line.returns = false;
    state.terminal.line.focus = !state.help;
    return true;
  }
  return false;
}

}  // namespace cutaway::viz
