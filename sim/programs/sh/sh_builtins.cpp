// Builtins: what must happen in the shell itself (cd, exit, export …), and applets that ash runs
// without a fork (echo, test, true, kill …).
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_command.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

using Builtin = Co<int> (*)(Sys, Shell*, std::vector<std::string>);

/// The folder that `path` names from `from`, without "." and "..".
std::string joined(const std::string& from, const std::string& path) {
  std::vector<std::string> parts;
  for (const std::string& part : split(starts_with(path, "/") ? path : from + "/" + path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..")
      parts.push_back(part);
    else if (!parts.empty())
      parts.pop_back();
  }
  std::string whole;
  for (const std::string& part : parts) whole += "/" + part;
  return whole.empty() ? "/" : whole;
}

// ash goes where the path leads as it is written ("cd .." behind a link goes back).
Co<int> builtin_cd(Sys sys, Shell* shell, std::vector<std::string> words) {
  const std::string path = words.size() > 1 ? words[1] : shell->variables["HOME"];
  const std::string before = shell->variables["PWD"];
  const std::string after = joined(before, path);
  const std::int64_t moved = co_await sys.chdir(after);
  if (moved >= 0) {
    shell->variables["OLDPWD"] = before;
    shell->variables["PWD"] = after;
    shell->exported.insert("OLDPWD");
    co_return 0;
  }
  auto telling = complain(
      sys, shell, "cd",
      "can't cd to " + path + ": " + std::string(abi::errno_text(static_cast<abi::Errno>(-moved))));
  co_await telling;
  co_return 1;
}

// Printed by stdio, which looks at stdout once.
Co<int> builtin_pwd(Sys sys, Shell* shell, std::vector<std::string>) {
  if (!shell->prints) {
    auto asking = stdout_is_terminal(sys);
    co_await asking;
    shell->prints = true;
  }
  auto writing = put(sys, 1, shell->variables["PWD"] + "\n");
  co_return co_await writing;
}

Co<int> builtin_exit(Sys sys, Shell* shell, std::vector<std::string> words) {
  std::int64_t code = shell->status;
  if (words.size() > 1 && !parse_decimal(words[1], code)) {
    auto telling = complain(sys, shell, "exit", "Illegal number: " + words[1]);
    co_await telling;
    code = 2;
  }
  shell->exiting = true;
  shell->status = static_cast<int>(code & 0xff);
  co_return shell->status;
}

Co<int> builtin_export(Sys, Shell* shell, std::vector<std::string> words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const std::string name = words[i].substr(0, equals);
    if (equals != std::string::npos) shell->variables[name] = words[i].substr(equals + 1);
    shell->exported.insert(name);
  }
  co_return 0;
}

Co<int> builtin_unset(Sys, Shell* shell, std::vector<std::string> words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    shell->variables.erase(words[i]);
    shell->exported.erase(words[i]);
  }
  co_return 0;
}

Co<int> builtin_shift(Sys, Shell* shell, std::vector<std::string>) {
  if (shell->arguments.size() > 1) shell->arguments.erase(shell->arguments.begin() + 1);
  co_return 0;
}

Co<int> builtin_colon(Sys, Shell*, std::vector<std::string>) { co_return 0; }

Co<int> builtin_wait(Sys sys, Shell* shell, std::vector<std::string> words) {
  if (words.size() < 2) {
    auto waiting = wait_for_all(sys, shell);
    co_return co_await waiting;
  }
  int status = 0;
  for (std::size_t i = 1; i < words.size() && !shell->exiting; ++i) {
    std::int64_t pid = 0;
    if (!parse_decimal(words[i], pid)) co_return 2;
    auto waiting = wait_for_pid(sys, shell, pid);
    status = co_await waiting;
  }
  co_return status;
}

Co<int> builtin_exec(Sys sys, Shell* shell, std::vector<std::string> words) {
  if (words.size() < 2) co_return 0;
  words.erase(words.begin());
  auto replacing = replace_shell(sys, shell, words);
  co_return co_await replacing;
}

struct BuiltinRow {
  std::string_view name;
  Builtin run;
};
constexpr BuiltinRow kBuiltins[] = {
    {"cd", builtin_cd},       {"exit", builtin_exit},   {"export", builtin_export},
    {"unset", builtin_unset}, {"shift", builtin_shift}, {":", builtin_colon},
    {"wait", builtin_wait},   {"exec", builtin_exec},   {"pwd", builtin_pwd},
};
// Applets that ash has inside, so they run without a fork.
constexpr std::string_view kInside[] = {"echo", "true", "false", "test", "[", "kill"};

}  // namespace

bool is_builtin(std::string_view name) {
  for (const BuiltinRow& row : kBuiltins) {
    if (row.name == name) return true;
  }
  for (const std::string_view inside : kInside) {
    if (inside == name) return true;
  }
  return false;
}

Co<int> run_builtin(Sys sys, Shell* shell, std::vector<std::string> words) {
  for (const BuiltinRow& row : kBuiltins) {
    if (row.name != words[0]) continue;
    auto running = row.run(sys, shell, words);
    co_return co_await running;
  }
  // ash itself asks who it is before it sends a signal.
  if (words[0] == "kill") co_await sys.getpid();
  State state;
  state.argv = words;
  auto running = find_applet(words[0])->run(sys, state);
  co_return co_await running;
}

}  // namespace cutaway::sim::sh
