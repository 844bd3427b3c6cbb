// getopts: one option of the arguments at a time; OPTIND says where it stands.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_builtin.h"

namespace cutaway::sim::sh {

namespace {

struct Option {
  bool more = true;
  std::string letter;  ///< what the variable becomes
  std::optional<std::string> argument;
  std::string complaint;
};

/// Moves `index` (of the word) and shell->getopts (within it) on.
Option next_option(Shell* shell, const Words& words, std::string_view known, std::size_t& index) {
  Option option;
  const bool silent = !known.empty() && known[0] == ':';
  if (shell->getopts == 0) {
    const std::string word = index < words.size() ? words[index] : std::string();
    if (word == "--") ++index;
    if (word.size() < 2 || word[0] != '-' || word == "--") {
      option.more = false;
      option.letter = "?";
      return option;
    }
    shell->getopts = 1;
  }
  const std::string word = words[index];
  const char letter = word[shell->getopts++];
  const std::size_t at = letter == ':' ? std::string_view::npos : known.find(letter);
  option.letter = std::string(1, letter);
  const bool takes = at != std::string_view::npos && at + 1 < known.size() && known[at + 1] == ':';
  if (at == std::string_view::npos) {
    option.letter = "?";
    if (silent) option.argument = std::string(1, letter);
    if (!silent) option.complaint = std::string("Illegal option -") + letter;
  } else if (takes && shell->getopts < word.size()) {
    option.argument = word.substr(shell->getopts);
    shell->getopts = word.size();
  } else if (takes && index + 1 < words.size()) {
    option.argument = words[++index];
    shell->getopts = word.size();
  } else if (takes) {
    option.letter = silent ? ":" : "?";
    if (silent) option.argument = std::string(1, letter);
    if (!silent) option.complaint = std::string("No arg for -") + letter + " option";
  }
  if (shell->getopts >= word.size()) {
    ++index;
    shell->getopts = 0;
  }
  return option;
}

}  // namespace

Co<int> builtin_getopts(Sys sys, Shell* shell, Words words) {
  if (words.size() < 3) {
    auto raising = raise_error(sys, shell, "usage: getopts optstring var [arg...]");
    co_return co_await raising;
  }
  Words over(words.begin() + 3, words.end());
  if (words.size() == 3 && !shell->arguments.empty())
    over.assign(shell->arguments.begin() + 1, shell->arguments.end());
  std::int64_t number = 1;
  parse_decimal(text_of(*shell, "OPTIND"), number);
  auto index = static_cast<std::size_t>(number > 0 ? number - 1 : 0);
  const std::size_t within = shell->getopts;
  shell->getopts = within;
  const Option option = next_option(shell, over, words[1], index);
  const std::size_t after = shell->getopts;
  if (!option.complaint.empty()) {
    auto telling = put(sys, 2, option.complaint + "\n");
    co_await telling;
  }
  if (option.argument)
    assign(*shell, "OPTARG", *option.argument);
  else
    shell->variables.erase("OPTARG");
  assign(*shell, "OPTIND", decimal(static_cast<std::int64_t>(index) + 1));
  shell->getopts = after;  // setting OPTIND starts anew, except here
  assign(*shell, words[2], option.letter);
  co_return option.more ? 0 : 1;
}

}  // namespace cutaway::sim::sh
