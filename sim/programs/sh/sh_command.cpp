// Simple commands (ash's evalcommand): where the command is looked for and how it is run.
#include "sim/programs/sh/sh_command.h"

#include "base/text.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

/// A stack of 8 MiB holds about so many calls of a function within itself; ash does not look, and
/// the next one is a fault of memory.
constexpr int kDeepestCall = 8000;

Co<int> overflow_stack(Sys sys) {
  const std::int64_t own = co_await sys.getpid();
  co_await sys.kill(own, abi::sig::kSegv);
  co_return 139;
}

Co<int> run_function(Sys sys, Shell* shell, std::vector<std::string> words, Way way) {
  if (shell->calls >= kDeepestCall) {
    auto overflowing = overflow_stack(sys);
    co_return co_await overflowing;
  }
  const Function function = shell->functions.at(words[0]);
  const std::vector<std::string> arguments = shell->arguments;
  const std::shared_ptr<const Tree> tree = shell->tree;
  const int loops = shell->loops;
  words[0] = arguments.at(0);
  shell->arguments = words;
  shell->tree = function.tree;
  shell->loops = 0;
  ++shell->calls;
  shell->locals.emplace_back();
  auto running = run_node(sys, shell, function.node, Way{false, way.tested});
  const int status = co_await running;
  for (const auto& [name, variable] : shell->locals.back()) {
    if (variable.order == 0)
      shell->variables.erase(name);
    else
      shell->variables[name] = variable;
  }
  shell->locals.pop_back();
  --shell->calls;
  shell->loops = loops;
  shell->tree = tree;
  shell->arguments = arguments;
  if (shell->leave == Leave::Return) shell->leave = Leave::No;
  co_return shell->ending() ? shell->status : status;
}

Co<int> run_inside(Sys sys, Shell* shell, std::vector<std::string> words) {
  const std::optional<std::string> command = shell->command;
  shell->command = words[0];
  auto running = run_builtin(sys, shell, words);
  int status = co_await running;
  shell->command = command;
  // An error of an ordinary builtin is only its status.
  if (shell->leave == Leave::Error && !is_special(words[0]) && words[0] != "command") {
    shell->leave = Leave::No;
    status = shell->status;
  }
  auto reaping = wait_for_job(sys, shell, 0);
  co_await reaping;
  co_return shell->leaving() ? shell->status : status;
}

/// set -x: each word by itself, as vdprintf(3) writes it (stderr may have been put aside).
Co<int> show(Sys sys, Shell* shell, std::vector<std::string> pieces, SavedFds saved) {
  std::int64_t fd = 2;
  for (const auto& item : saved) {
    if (item.first == 2 && item.second >= 0) fd = item.second;
  }
  pieces[0] = text_of(*shell, "PS4");
  for (const std::string& piece : pieces) {
    co_await sys.fstat(fd);
    co_await sys.lseek(fd, 0, 1);
    auto writing = put(sys, fd, piece);
    co_await writing;
  }
  auto ending = put(sys, fd, "\n");
  co_return co_await ending;
}

std::vector<std::string> shown(const std::vector<std::pair<std::string, std::string>>& values,
                               const std::vector<std::string>& words) {
  std::vector<std::string> pieces = {""};
  for (const auto& [name, value] : values)
    pieces.push_back((pieces.size() > 1 ? " " : "") + name + "=" + quoted_if_needed(value));
  for (const std::string& word : words)
    pieces.push_back((pieces.size() > 1 ? " " : "") + quoted_if_needed(word));
  return pieces;
}

/// NAME=value in front of a command is for that command alone: what stood there before.
using Before = std::vector<std::pair<std::string, Variable>>;

void put_back(Shell& shell, const Before& before) {
  for (auto each = before.rbegin(); each != before.rend(); ++each) {
    if (each->second.order == 0)
      shell.variables.erase(each->first);
    else
      shell.variables[each->first] = each->second;
    if (each->first == "PATH") shell.hashed.clear();
  }
}

Co<int> assign_all(Sys sys, Shell* shell, Node node, bool exports, Before* before,
                   std::vector<std::pair<std::string, std::string>>* values) {
  for (const Assignment& assignment : node.assignments) {
    auto expanding = expand_value(sys, shell, assignment.value);
    const std::string value = co_await expanding;
    if (shell->leaving()) co_return shell->status;
    const auto found = shell->variables.find(assignment.name);
    before->emplace_back(assignment.name,
                         found == shell->variables.end() ? Variable{} : found->second);
    if (!assign(*shell, assignment.name, value)) {
      auto raising = raise_error(sys, shell, assignment.name + ": is read only");
      co_return co_await raising;
    }
    if (exports) export_variable(*shell, assignment.name);
    values->emplace_back(assignment.name, value);
  }
  co_return 0;
}

Co<std::vector<std::string>> all_words(Sys sys, Shell* shell, Node node) {
  std::vector<std::string> words;
  for (const Word& word : node.words) {
    if (!words.empty() && words[0] == "[[") {  // no splitting, no names: what it compares with
      auto matching = expand_pattern(sys, shell, word);
      words.push_back(co_await matching);
      continue;
    }
    auto expanding = expand(sys, shell, word);
    const std::vector<std::string> expanded = co_await expanding;
    if (shell->leaving()) break;
    words.insert(words.end(), expanded.begin(), expanded.end());
  }
  co_return words;
}

}  // namespace

Co<int> run_words(Sys sys, Shell* shell, std::vector<std::string> words, Way way, SavedFds saved,
                  bool plain) {
  const bool function = !plain && !is_special(words[0]) && shell->functions.count(words[0]) != 0;
  if (function) {
    auto running = run_function(sys, shell, words, way);
    co_return co_await running;
  }
  if (is_builtin(words[0])) {
    auto running = run_inside(sys, shell, words);
    co_return co_await running;
  }
  auto running = run_program(sys, shell, words, way.last, saved);
  co_return co_await running;
}

/// What is left of a command once its redirections are made.
Co<int> run_redirected(Sys sys, Shell* shell, Node node, std::vector<std::string> words, Way way,
                       SavedFds saved, Before* before) {
  const bool put_back_later = !words.empty() && !is_special(words[0]);
  std::vector<std::pair<std::string, std::string>> values;
  auto assigning = assign_all(sys, shell, node, put_back_later, before, &values);
  co_await assigning;
  if (shell->option('x') && !shell->leaving() && (!values.empty() || !words.empty())) {
    auto showing = show(sys, shell, shown(values, words), saved);
    co_await showing;
  }
  if (shell->leaving()) co_return shell->status;
  if (words.empty()) co_return shell->substituted;
  if (shell->controls) shell->command_text = text_of_command(node);
  auto running = run_words(sys, shell, words, way, saved);
  co_return co_await running;
}

Co<int> run_simple(Sys sys, Shell* shell, Node node, Way way) {
  shell->line = node.line;
  shell->substituted = 0;
  auto expanding = all_words(sys, shell, node);
  const std::vector<std::string> words = co_await expanding;
  if (shell->leaving()) co_return shell->status;
  const bool special = !words.empty() && is_special(words[0]);
  const bool stays = !words.empty() && words[0] == "exec";  // its redirections are the shell's own
  SavedFds saved;
  auto redirecting = redirect(sys, shell, node.redirects, stays ? nullptr : &saved);
  int status = co_await redirecting;
  Before before;
  if (status != 0) {
    // A redirection error of a special builtin ends the shell.
    if (special && !shell->leaving()) shell->leave = Leave::Error;
    shell->status = status;
  } else {
    auto running = run_redirected(sys, shell, node, words, way, saved, &before);
    status = co_await running;
  }
  auto restoring = restore(sys, saved);
  co_await restoring;
  if (!words.empty() && !special) put_back(*shell, before);
  co_return status;
}

}  // namespace cutaway::sim::sh
