// Builtins: variables, arguments, options.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_arith.h"
#include "sim/programs/sh/sh_builtin.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

struct OptionRow {
  std::string_view name;
  char letter;
};
// In ash's order; a pipe's failure has no letter of its own.
constexpr OptionRow kOptions[] = {
    {"errexit", 'e'}, {"noglob", 'f'},   {"ignoreeof", 'I'}, {"monitor", 'm'},   {"noexec", 'n'},
    {"xtrace", 'x'},  {"verbose", 'v'},  {"noclobber", 'C'}, {"allexport", 'a'}, {"notify", 'b'},
    {"nounset", 'u'}, {"errtrace", 'E'}, {"vi", 'V'},        {"pipefail", 'p'},
};

bool known_letter(char letter) {
  for (const OptionRow& row : kOptions) {
    if (row.letter == letter && letter != 'p') return true;
  }
  return letter == 'i' || letter == 's' || letter == 'c' || letter == 'l';
}

void switch_option(Shell* shell, char letter, bool on) {
  if (on)
    shell->options.insert(letter);
  else
    shell->options.erase(letter);
}

Co<int> list_options(Sys sys, Shell* shell, bool on) {
  std::string text;
  for (const OptionRow& row : kOptions) {
    const bool set = shell->option(row.letter);
    std::string name(row.name);
    if (on) {
      name.resize(std::max<std::size_t>(16, name.size()), ' ');
      text += name + (set ? "on" : "off") + "\n";
    } else {
      text += std::string("set ") + (set ? "-" : "+") + "o " + name + "\n";
    }
  }
  auto saying = say(sys, shell, text);
  co_return co_await saying;
}

/// The lines of export -p and readonly -p.
std::string marked_lines(const Shell& shell, bool exporting) {
  std::string text;
  for (const auto& [name, variable] : shell.variables) {
    const bool is = exporting ? variable.exported : variable.read_only;
    if (!is) continue;
    text += (exporting ? "export " : "readonly ") + name;
    if (variable.value) text += "=" + quoted_always(*variable.value);
    text += "\n";
  }
  return text;
}

/// NAME or NAME=VALUE; what is wrong with it, or empty.
std::string mark_variable(Shell& shell, const std::string& word, bool exporting, bool taken_back) {
  const std::size_t equals = word.find('=');
  const std::string name = word.substr(0, equals);
  if (!is_name(name)) return name + ": bad variable name";
  if (equals != std::string::npos && !assign(shell, name, word.substr(equals + 1)))
    return name + ": is read only";
  Variable& variable = shell.variables[name];
  if (!exporting)
    variable.read_only = true;
  else if (taken_back)
    variable.exported = false;
  else
    export_variable(shell, name);
  return {};
}

/// export and readonly: what they do to each NAME[=VALUE], or the list of those that are so.
Co<int> mark_variables(Sys sys, Shell* shell, Words words, bool exporting) {
  if (words.size() < 2 || words[1] == "-p") {
    const std::string text = marked_lines(*shell, exporting);
    if (text.empty()) co_return 0;
    auto saying = say(sys, shell, text);
    co_await saying;
    co_return 0;
  }
  const bool option = words[1] == "-n" || words[1] == "--";
  for (std::size_t i = option ? 2 : 1; i < words.size(); ++i) {
    const std::string wrong = mark_variable(*shell, words[i], exporting, words[1] == "-n");
    if (wrong.empty()) continue;
    auto raising = raise_error(sys, shell, wrong);
    co_return co_await raising;
  }
  co_return 0;
}

}  // namespace

char option_letter(std::string_view name) {
  for (const OptionRow& row : kOptions) {
    if (row.name == name) return row.letter;
  }
  return 0;
}

Co<bool> take_options(Sys sys, Shell* shell, Words words, std::size_t* at) {
  for (; *at < words.size() && words[*at].size() > 1; ++*at) {
    const std::string word = words[*at];
    const bool on = word[0] == '-';
    if ((!on && word[0] != '+') || word == "--") break;
    for (const char letter : word.substr(1)) {
      if (letter != 'o') {
        if (!known_letter(letter)) {
          auto raising = raise_error(sys, shell, "illegal option " + word.substr(0, 1) + letter);
          co_await raising;
          co_return false;
        }
        switch_option(shell, letter, on);
        continue;
      }
      if (*at + 1 >= words.size()) {
        auto listing = list_options(sys, shell, on);
        co_await listing;
        continue;
      }
      const std::string name = words[++*at];
      const char named = option_letter(name);
      if (named == 0) {
        auto telling = complain(sys, shell, "illegal option " + word + " " + name);
        co_await telling;
        shell->status = 1;
        co_return false;
      }
      switch_option(shell, named, on);
    }
  }
  co_return true;
}

Co<int> builtin_export(Sys sys, Shell* shell, Words words) {
  auto marking = mark_variables(sys, shell, words, true);
  co_return co_await marking;
}
Co<int> builtin_readonly(Sys sys, Shell* shell, Words words) {
  auto marking = mark_variables(sys, shell, words, false);
  co_return co_await marking;
}

Co<int> builtin_unset(Sys sys, Shell* shell, Words words) {
  bool functions = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (i == 1 && (words[i] == "-f" || words[i] == "-v")) {
      functions = words[i] == "-f";
      continue;
    }
    if (functions) {
      shell->functions.erase(words[i]);
      continue;
    }
    const auto found = shell->variables.find(words[i]);
    if (found == shell->variables.end()) continue;
    if (found->second.read_only) {
      auto raising = raise_error(sys, shell, words[i] + ": is read only");
      co_return co_await raising;
    }
    shell->variables.erase(found);
    if (words[i] == "PATH") shell->hashed.clear();
  }
  co_return 0;
}

Co<int> builtin_local(Sys sys, Shell* shell, Words words) {
  if (shell->calls == 0) {
    auto raising = raise_error(sys, shell, "not in a function");
    co_return co_await raising;
  }
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const std::string name = words[i].substr(0, equals);
    const auto found = shell->variables.find(name);
    const Variable before = found == shell->variables.end() ? Variable{} : found->second;
    shell->locals.back().emplace(name, before);
    if (equals != std::string::npos) assign(*shell, name, words[i].substr(equals + 1));
  }
  co_return 0;
}

Co<int> builtin_set(Sys sys, Shell* shell, Words words) {
  if (words.size() < 2) {
    for (const auto& [name, variable] : shell->variables) {
      if (!variable.value) continue;
      auto saying = say(sys, shell, name + "=" + quoted_always(*variable.value) + "\n");
      co_await saying;
    }
    co_return 0;
  }
  std::size_t at = 1;
  auto taking = take_options(sys, shell, words, &at);
  const bool fine = co_await taking;
  auto controlling = control_jobs(sys, shell, shell->option('m'));
  co_await controlling;
  if (!fine) co_return shell->leaving() ? shell->status : 1;
  const bool dashes = at < words.size() && (words[at] == "--" || words[at] == "-");
  if (dashes) ++at;
  if (dashes || at < words.size()) {
    shell->arguments.resize(1);
    shell->arguments.insert(shell->arguments.end(), words.begin() + static_cast<std::ptrdiff_t>(at),
                            words.end());
    assign(*shell, "OPTIND", "1");
  }
  co_return 0;
}

Co<int> builtin_shift(Sys sys, Shell* shell, Words words) {
  std::int64_t count = 1;
  if (words.size() > 1 && (!parse_decimal(words[1], count) || count < 0)) {
    auto raising = raise_error(sys, shell, "Illegal number: " + words[1]);
    co_return co_await raising;
  }
  if (count >= static_cast<std::int64_t>(shell->arguments.size())) co_return 1;
  const auto first = shell->arguments.begin() + 1;
  shell->arguments.erase(first, first + static_cast<std::ptrdiff_t>(count));
  co_return 0;
}

Co<int> builtin_let(Sys sys, Shell* shell, Words words) {
  if (words.size() < 2) {
    auto raising = raise_error(sys, shell, "expression expected");
    co_return co_await raising;
  }
  std::int64_t value = 0;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const Arithmetic result = evaluate(words[i], *shell);
    if (!result.error.empty()) {
      auto raising = raise_error(sys, shell, result.error);
      co_return co_await raising;
    }
    value = result.value;
  }
  co_return value == 0 ? 1 : 0;
}

}  // namespace cutaway::sim::sh
