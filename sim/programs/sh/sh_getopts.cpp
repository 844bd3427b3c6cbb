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

/// An option that nobody knows, or one without its argument; with a colon first nothing is said.
void refuse(Option& option, bool silent, std::string letter, std::string complaint) {
  if (silent) option.argument = option.letter;
  if (!silent) option.complaint = std::move(complaint);
  option.letter = std::move(letter);
}

/// The rest of the word, else the next word.
void take_argument(Shell* shell, const Words& words, bool silent, std::size_t& index,
                   Option& option) {
  const std::string& word = words[index];
  if (shell->getopts < word.size())
    option.argument = word.substr(shell->getopts);
  else if (index + 1 < words.size())
    option.argument = words[++index];
  else
    return refuse(option, silent, silent ? ":" : "?", "No arg for -" + option.letter + " option");
  shell->getopts = words[index].size();
}

/// No option begins at this word: "--" is stepped over.
bool ends_options(const Words& words, std::size_t& index) {
  if (index >= words.size()) return true;
  const std::string& word = words[index];
  if (word == "--") ++index;
  return word.size() < 2 || word[0] != '-' || word == "--";
}

/// Moves `index` (of the word) and shell->getopts (within it) on.
Option next_option(Shell* shell, const Words& words, std::string_view known, std::size_t& index) {
  Option option;
  const bool silent = !known.empty() && known[0] == ':';
  if (shell->getopts == 0) {
    if (ends_options(words, index)) return {false, "?", {}, {}};
    shell->getopts = 1;
  }
  const char letter = words[index][shell->getopts++];
  const std::size_t at = letter == ':' ? std::string_view::npos : known.find(letter);
  option.letter = std::string(1, letter);
  if (at == std::string_view::npos)
    refuse(option, silent, "?", std::string("Illegal option -") + letter);
  else if (at + 1 < known.size() && known[at + 1] == ':')
    take_argument(shell, words, silent, index, option);
  if (shell->getopts >= words[index].size()) {
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
