// Builtins: the table, and those that steer the shell.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/commands.h"
#include "sim/programs/sh/sh_builtin.h"
#include "sim/programs/sh/sh_command.h"
#include "sim/programs/sh/sh_jobs.h"
#include "sim/programs/sh/sh_parse.h"
#include "sim/programs/sh/sh_trap.h"

namespace cutaway::sim::sh {

namespace {

using Builtin = Co<int> (*)(Sys, Shell*, Words);

/// The number behind exit, return, break …: false when it is none.
Co<bool> take_number(Sys sys, Shell* shell, Words words, std::int64_t* number) {
  if (words.size() < 2) co_return true;
  if (parse_decimal(words[1], *number) && *number >= 0) co_return true;
  auto raising = raise_error(sys, shell, "Illegal number: " + words[1]);
  co_await raising;
  co_return false;
}

Co<int> builtin_exit(Sys sys, Shell* shell, Words words) {
  auto warning = warns_of_stopped(sys, shell);
  const bool stays = co_await warning;
  if (stays) co_return 0;
  std::int64_t code = shell->status;
  auto taking = take_number(sys, shell, words, &code);
  const bool fine = co_await taking;
  if (!fine) co_return shell->status;
  shell->leave = Leave::Exit;
  shell->status = static_cast<int>(code & 0xff);
  co_return shell->status;
}

Co<int> builtin_return(Sys sys, Shell* shell, Words words) {
  std::int64_t code = shell->status;
  auto taking = take_number(sys, shell, words, &code);
  const bool fine = co_await taking;
  if (!fine) co_return shell->status;
  shell->leave = Leave::Return;
  shell->status = static_cast<int>(code & 0xff);
  co_return shell->status;
}

Co<int> leave_loops(Sys sys, Shell* shell, Words words, Leave leave) {
  std::int64_t count = 1;
  auto taking = take_number(sys, shell, words, &count);
  const bool fine = co_await taking;
  if (!fine) co_return shell->status;
  shell->status = 0;
  if (shell->loops == 0) co_return 0;
  shell->leave = leave;
  shell->leave_count = static_cast<int>(std::min<std::int64_t>(count, shell->loops));
  co_return 0;
}
Co<int> builtin_break(Sys sys, Shell* shell, Words words) {
  auto leaving = leave_loops(sys, shell, words, Leave::Break);
  co_return co_await leaving;
}
Co<int> builtin_continue(Sys sys, Shell* shell, Words words) {
  auto leaving = leave_loops(sys, shell, words, Leave::Continue);
  co_return co_await leaving;
}

Co<int> builtin_eval(Sys sys, Shell* shell, Words words) {
  words.erase(words.begin());
  auto running = run_text(sys, shell, join(words, " "), shell->line, Way{});
  co_return co_await running;
}

Co<int> builtin_exec(Sys sys, Shell* shell, Words words) {
  if (words.size() > 1 && words[1] == "--") words.erase(words.begin() + 1);
  if (words.size() < 2) co_return 0;
  words.erase(words.begin());
  auto replacing = replace_shell(sys, shell, words);
  co_return co_await replacing;
}

Co<int> builtin_colon(Sys, Shell*, Words) { co_return 0; }

// What ash has inside of busybox: it runs in the shell, under its name and with its stdio.
Co<int> builtin_echo(Sys sys, Shell*, Words words) {
  auto writing = put(sys, 1, echoed(words));
  co_return co_await writing;
}
Co<int> builtin_true(Sys, Shell*, Words) { co_return 0; }
Co<int> builtin_false(Sys, Shell*, Words) { co_return 1; }
Co<int> builtin_test(Sys sys, Shell* shell, Words words) {
  auto testing = test_command(sys, shell->applet, words);
  co_return co_await testing;
}

Co<int> builtin_printf(Sys sys, Shell* shell, Words words) {
  if (words.size() < 2) {
    auto telling = put(sys, 2, shell->applet + ": usage: printf FORMAT [ARGUMENT...]\n");
    co_await telling;
    co_return 2;
  }
  const Printed printed = formatted(words);
  co_await sys.fcntl(1, 3, 0);  // F_GETFL: is stdout open?
  if (!printed.out.empty()) {
    auto saying = say(sys, shell, printed.out);
    co_await saying;
  }
  for (const std::string& error : printed.errors) {
    auto telling = put(sys, 2, shell->applet + ": " + error + "\n");
    co_await telling;
  }
  co_return printed.status;
}

struct BuiltinRow {
  std::string_view name;
  Builtin run;
  bool special = false;
};
constexpr BuiltinRow kBuiltins[] = {
    {".", builtin_dot, true},
    {":", builtin_colon, true},
    {"[", builtin_test},
    {"[[", builtin_test},
    {"bg", builtin_bg},
    {"break", builtin_break, true},
    {"cd", builtin_cd},
    {"command", builtin_command},
    {"continue", builtin_continue, true},
    {"echo", builtin_echo},
    {"eval", builtin_eval, true},
    {"exec", builtin_exec, true},
    {"exit", builtin_exit, true},
    {"export", builtin_export, true},
    {"false", builtin_false},
    {"fg", builtin_fg},
    {"getopts", builtin_getopts},
    {"jobs", builtin_jobs},
    {"kill", builtin_kill},
    {"let", builtin_let},
    {"local", builtin_local, true},
    {"printf", builtin_printf},
    {"pwd", builtin_pwd},
    {"read", builtin_read},
    {"readonly", builtin_readonly, true},
    {"return", builtin_return, true},
    {"set", builtin_set, true},
    {"shift", builtin_shift, true},
    {"source", builtin_dot, true},
    {"test", builtin_test},
    {"times", builtin_times, true},
    {"trap", builtin_trap, true},
    {"true", builtin_true},
    {"type", builtin_type},
    {"ulimit", builtin_ulimit},
    {"umask", builtin_umask},
    {"unset", builtin_unset, true},
    {"wait", builtin_wait},
};

const BuiltinRow* find_builtin(std::string_view name) {
  for (const BuiltinRow& row : kBuiltins) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

/// One line of type (`verbose`) or command -v about a name.
Co<int> describe(Sys sys, Shell* shell, std::string name, bool verbose) {
  const BuiltinRow* builtin = find_builtin(name);
  const bool keyword = is_keyword(name);
  std::string text;
  if (keyword)
    text = verbose ? name + " is a shell keyword" : name;
  else if (shell->functions.count(name) != 0)
    text = verbose ? name + " is a function" : name;
  else if (builtin != nullptr && verbose)
    text = name + " is a " + (builtin->special ? "special " : "") + "shell builtin";
  else if (builtin != nullptr)
    text = name;
  if (!text.empty()) {
    auto saying = say(sys, shell, text + "\n");
    co_await saying;
    co_return 0;
  }
  auto finding = find_program(sys, shell, name, text_of(*shell, "PATH"));
  Found found = co_await finding;
  if (found.applet != nullptr) found.path = name;
  if (!found.missing && name.find('/') != std::string::npos)
    found.missing = co_await sys.access(name, 1) < 0;  // X_OK
  if (found.missing && verbose) {
    auto telling = put(sys, 1, name + ": not found\n");
    co_await telling;
  }
  if (found.missing) co_return 127;
  auto saying = say(sys, shell, verbose ? name + " is " + found.path + "\n" : found.path + "\n");
  co_await saying;
  co_return 0;
}

}  // namespace

bool is_builtin(std::string_view name) { return find_builtin(name) != nullptr; }
bool is_special(std::string_view name) {
  const BuiltinRow* row = find_builtin(name);
  return row != nullptr && row->special;
}

Co<int> run_builtin(Sys sys, Shell* shell, Words words) {
  auto running = find_builtin(words[0])->run(sys, shell, words);
  co_return co_await running;
}

Co<int> builtin_type(Sys sys, Shell* shell, Words words) {
  int status = 0;
  bool verbose = true;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (i == 1 && words[i] == "-p") {
      verbose = false;
      continue;
    }
    auto describing = describe(sys, shell, words[i], verbose);
    const int found = co_await describing;
    if (found != 0) status = found;
  }
  co_return status;
}

Co<int> builtin_command(Sys sys, Shell* shell, Words words) {
  std::size_t at = 1;
  char asks = 0;
  for (; at < words.size() && words[at].size() > 1 && words[at][0] == '-'; ++at) {
    const std::string& word = words[at];
    if (word == "--") {
      ++at;
      break;
    }
    for (const char letter : word.substr(1)) {
      if (letter == 'v' || letter == 'V') asks = letter;
    }
  }
  if (at >= words.size()) co_return 0;
  const Words rest(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
  if (asks == 0) {
    shell->command.reset();
    auto running = run_words(sys, shell, rest, Way{}, SavedFds{}, true);
    co_return co_await running;
  }
  auto describing = describe(sys, shell, rest[0], asks == 'V');
  co_return co_await describing;
}

}  // namespace cutaway::sim::sh
