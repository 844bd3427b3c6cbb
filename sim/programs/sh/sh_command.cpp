#include "sim/programs/sh/sh_command.h"

#include "base/text.h"
#include "sim/programs/applets.h"

namespace cutaway::sim::sh {

namespace {

constexpr int kDupFrom = 10;  // ash keeps put-aside descriptors from here on
constexpr int kDupFd = 1030;  // F_DUPFD_CLOEXEC

std::uint64_t open_flags(Redirect::Kind kind) {
  if (kind == Redirect::Kind::In) return 0;
  const std::uint64_t out = abi::o::kWronly | abi::o::kCreat;
  return out | (kind == Redirect::Kind::Append ? abi::o::kAppend : abi::o::kTrunc);
}

std::vector<std::string> environment(const Shell& shell) {
  std::vector<std::string> env;
  for (const std::string& name : shell.exported) {
    const auto found = shell.variables.find(name);
    if (found != shell.variables.end()) env.push_back(name + "=" + found->second);
  }
  return env;
}

struct Found {
  std::string path;
  int status = 0;  ///< 127 not found, 126 not to be run
};

// Along PATH, by stat, as ash looks before it forks.
Co<Found> find_program(Sys sys, Shell* shell, std::string name) {
  Found found;
  if (name.find('/') != std::string::npos) {
    found.path = name;
    co_return found;
  }
  for (const std::string& folder : split(shell->variables["PATH"], ':')) {
    const std::string path = (folder.empty() ? "." : folder) + "/" + name;
    const std::int64_t there = co_await sys.stat(path);
    const bool regular =
        there >= 0 && (sys.reply().stat.mode & abi::mode::kType) == abi::mode::kRegular;
    if (!regular) continue;
    found.path = path;
    co_return found;
  }
  found.status = 127;
  co_return found;
}

// In the task that becomes the program. Returns only when it could not: 127 or 126.
Co<int> exec_program(Sys sys, Shell* shell, std::string path, std::vector<std::string> words) {
  const std::vector<std::string> env = environment(*shell);
  const std::int64_t failed = co_await sys.execve(path, words, env);
  const auto err = static_cast<abi::Errno>(-failed);
  const bool missing = err == abi::Errno::kENOENT;
  const std::string why = missing ? std::string("not found") : std::string(abi::errno_text(err));
  auto telling = put(sys, 2, "sh: " + words[0] + ": " + why + "\n");
  co_await telling;
  co_return missing ? 127 : 126;
}

struct ExecJob {
  Shell shell;
  std::string path;
  std::vector<std::string> words;
};

Program exec_main(Sys sys, State state) {
  ExecJob job = std::any_cast<ExecJob>(state.more);
  auto running = exec_program(sys, &job.shell, job.path, job.words);
  co_return co_await running;
}

Co<int> run_program(Sys sys, Shell* shell, std::vector<std::string> words, bool last) {
  auto finding = find_program(sys, shell, words[0]);
  const Found found = co_await finding;
  if (found.status != 0) {
    auto telling = put(sys, 2, "sh: " + words[0] + ": not found\n");
    co_await telling;
    co_return found.status;
  }
  if (last) {
    auto executing = exec_program(sys, shell, found.path, words);
    co_return co_await executing;
  }
  State state;
  state.more = ExecJob{*shell, found.path, words};
  const std::uint64_t fork =
      abi::clone::kChildCleartid | abi::clone::kChildSettid | abi::sig::kChld;
  const std::int64_t pid = co_await sys.clone(fork, exec_main, state);
  if (pid < 0) {
    auto telling = put(
        sys, 2,
        "sh: can't fork: " + std::string(abi::errno_text(static_cast<abi::Errno>(-pid))) + "\n");
    co_await telling;
    co_return 2;
  }
  auto waiting = wait_status(sys, pid);
  co_return co_await waiting;
}

Co<int> run_words(Sys sys, Shell* shell, std::vector<std::string> words, bool last) {
  if (is_builtin(words[0])) {
    auto running = run_builtin(sys, shell, words);
    co_return co_await running;
  }
  auto running = run_program(sys, shell, words, last);
  co_return co_await running;
}

std::string why_not_opened(Redirect::Kind kind, const std::string& target, abi::Errno err) {
  const bool in = kind == Redirect::Kind::In;
  const bool missing = err == abi::Errno::kENOENT;
  const std::string why = missing && in ? "no such file"
                          : missing     ? "nonexistent directory"
                                        : std::string(abi::errno_text(err));
  return std::string("sh: can't ") + (in ? "open " : "create ") + target + ": " + why + "\n";
}

/// The old descriptor is kept aside, if asked for, and `from` takes its place (none: it is closed).
Co<int> put_in_place(Sys sys, std::int64_t from, std::int32_t fd, bool opened, SavedFds* saved) {
  if (saved != nullptr) {
    const std::int64_t kept = co_await sys.fcntl(fd, kDupFd, kDupFrom);
    saved->emplace_back(fd, kept < 0 ? -1 : kept);
  }
  if (from < 0) {
    co_await sys.close(fd);
  } else if (from != fd) {
    co_await sys.dup2(from, fd);
    if (opened) co_await sys.close(from);
  }
  co_return 0;
}

}  // namespace

Co<int> redirect(Sys sys, Shell* shell, std::vector<Redirect> redirects, SavedFds* saved) {
  for (const Redirect& item : redirects) {
    auto expanding = expand_text(sys, shell, item.target);
    const std::string target = co_await expanding;
    std::int64_t from = -1;
    bool opened = false;
    if (item.kind == Redirect::Kind::Duplicate) {
      if (target != "-" && !parse_decimal(target, from)) co_return 2;
    } else {
      from = co_await sys.open(target, open_flags(item.kind), 0666);
      opened = true;
      if (from < 0) {
        auto telling =
            put(sys, 2, why_not_opened(item.kind, target, static_cast<abi::Errno>(-from)));
        co_await telling;
        co_return 1;
      }
    }
    auto placing = put_in_place(sys, from, item.fd, opened, saved);
    co_await placing;
  }
  co_return 0;
}

Co<int> restore(Sys sys, SavedFds saved) {
  for (auto item = saved.rbegin(); item != saved.rend(); ++item) {
    if (item->second < 0) {
      co_await sys.close(item->first);
      continue;
    }
    co_await sys.dup2(item->second, item->first);
    co_await sys.close(item->second);
  }
  co_return 0;
}

Co<int> run_simple(Sys sys, Shell* shell, Node node, bool last) {
  std::vector<std::string> words;
  for (const Word& word : node.words) {
    auto expanding = expand(sys, shell, word);
    const std::vector<std::string> expanded = co_await expanding;
    words.insert(words.end(), expanded.begin(), expanded.end());
  }
  const std::map<std::string, std::string> before = shell->variables;
  const std::set<std::string> exported = shell->exported;
  for (const Assignment& assignment : node.assignments) {
    auto expanding = expand_text(sys, shell, assignment.value);
    shell->variables[assignment.name] = co_await expanding;
    if (!words.empty()) shell->exported.insert(assignment.name);
  }
  // A program that replaces the shell needs nothing put back.
  const bool in_place = last && !words.empty() && !is_builtin(words[0]);
  SavedFds saved;
  auto redirecting = redirect(sys, shell, node.redirects, in_place ? nullptr : &saved);
  int status = co_await redirecting;
  if (status == 0 && !words.empty()) {
    auto running = run_words(sys, shell, words, last);
    status = co_await running;
  }
  auto restoring = restore(sys, saved);
  co_await restoring;
  const bool temporary = !words.empty() && words[0] != "export" && !node.assignments.empty();
  if (temporary) {  // NAME=value in front of a command is for that command alone
    shell->variables = before;
    shell->exported = exported;
  }
  co_return status;
}

}  // namespace cutaway::sim::sh
