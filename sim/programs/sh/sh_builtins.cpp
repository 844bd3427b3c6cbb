// Builtins: what must happen in the shell itself (cd, exit, export …), and applets that ash runs
// without a fork (echo, test, true, kill …).
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

namespace {

using Builtin = Co<int> (*)(Sys, Shell*, std::vector<std::string>);

Co<int> builtin_cd(Sys sys, Shell* shell, std::vector<std::string> words) {
  const std::string path = words.size() > 1 ? words[1] : shell->variables["HOME"];
  const std::int64_t moved = co_await sys.chdir(path);
  if (moved >= 0) co_return 0;
  auto telling = put(sys, 2,
                     "sh: cd: can't cd to " + path + ": " +
                         std::string(abi::errno_text(static_cast<abi::Errno>(-moved))) + "\n");
  co_await telling;
  co_return 2;
}

Co<int> builtin_exit(Sys sys, Shell* shell, std::vector<std::string> words) {
  std::int64_t code = shell->status;
  if (words.size() > 1 && !parse_decimal(words[1], code)) {
    auto telling = put(sys, 2, "sh: exit: Illegal number: " + words[1] + "\n");
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

Co<int> builtin_wait(Sys sys, Shell*, std::vector<std::string> words) {
  int status = 0;
  if (words.size() < 2) {
    while (true) {
      const std::int64_t pid = co_await sys.wait4(-1, 0);
      if (pid < 0) co_return 0;
    }
  }
  for (std::size_t i = 1; i < words.size(); ++i) {
    std::int64_t pid = 0;
    if (!parse_decimal(words[i], pid)) co_return 2;
    auto waiting = wait_status(sys, pid);
    status = co_await waiting;
  }
  co_return status;
}

Co<int> builtin_exec(Sys sys, Shell* shell, std::vector<std::string> words) {
  if (words.size() < 2) co_return 0;
  words.erase(words.begin());
  std::vector<std::string> env;
  for (const std::string& name : shell->exported)
    env.push_back(name + "=" + shell->variables[name]);
  std::vector<std::string> paths = {words[0]};
  if (words[0].find('/') == std::string::npos) {
    paths.clear();
    for (const std::string& folder : split(shell->variables["PATH"], ':'))
      paths.push_back(folder + "/" + words[0]);
  }
  for (const std::string& path : paths) co_await sys.execve(path, words, env);
  auto telling = put(sys, 2, "sh: exec: " + words[0] + ": not found\n");
  co_await telling;
  shell->exiting = true;
  shell->status = 127;
  co_return 127;
}

struct BuiltinRow {
  std::string_view name;
  Builtin run;
};
constexpr BuiltinRow kBuiltins[] = {
    {"cd", builtin_cd},       {"exit", builtin_exit},   {"export", builtin_export},
    {"unset", builtin_unset}, {"shift", builtin_shift}, {":", builtin_colon},
    {"wait", builtin_wait},   {"exec", builtin_exec},
};
// Applets that ash has inside, so they run without a fork.
constexpr std::string_view kInside[] = {"echo", "true", "false", "pwd", "test", "[", "kill"};

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
  State state;
  state.argv = words;
  auto running = find_applet(words[0])->run(sys, state);
  co_return co_await running;
}

}  // namespace cutaway::sim::sh
