#include "sim/programs/sh/sh_command.h"

#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

constexpr int kDupFrom = 10;  // ash keeps put-aside descriptors from here on
constexpr int kDupFd = 1030;  // F_DUPFD_CLOEXEC

std::uint64_t open_flags(Redirect::Kind kind) {
  if (kind == Redirect::Kind::In) return 0;
  const std::uint64_t out = abi::o::kWronly | abi::o::kCreat;
  return out | (kind == Redirect::Kind::Append ? abi::o::kAppend : abi::o::kTrunc);
}

struct Found {
  std::string path;
  const AppletRow* applet = nullptr;
  int status = 0;  ///< 127 not found, 126 not to be run
};

// busybox's shell prefers its own applets to programs of PATH (FEATURE_PREFER_APPLETS). Others it
// looks for by stat, before it forks.
Co<Found> find_program(Sys sys, Shell* shell, std::string name) {
  Found found;
  if (name.find('/') != std::string::npos) {
    found.path = name;
    co_return found;
  }
  found.applet = find_applet(name);
  if (found.applet != nullptr) {
    found.path = "/proc/self/exe";
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
  auto telling = complain(sys, shell, "", name + ": not found");
  co_await telling;
  found.status = 127;
  co_return found;
}

struct ExecJob {
  Shell shell;
  Found found;
  std::vector<std::string> words;
  SavedFds saved;
};

// In the task that becomes the program: applets that may run in a fork of the shell as it is take a
// name and go on (NOEXEC); all else is an execve. Returns when an applet has ended, or with 127 or
// 126.
Co<int> become_program(Sys sys, Shell* shell, ExecJob job) {
  const std::vector<std::string> env = environment(*shell);
  shell->exiting = true;
  if (job.found.applet != nullptr && job.found.applet->in_shell) {
    for (const auto& item : job.saved) {
      if (item.second >= 0) co_await sys.close(item.second);
    }
    constexpr std::int64_t set_name = 15;  // PR_SET_NAME
    const std::vector<Arg> args = {Arg::integer(set_name), Arg::bytes(job.words[0])};
    co_await sys.call(abi::Sys::prctl, args);
    State state;
    state.argv = job.words;
    state.env = env;
    auto running = job.found.applet->run(sys, state);
    co_return co_await running;
  }
  const std::int64_t failed = co_await sys.execve(job.found.path, job.words, env);
  const auto err = static_cast<abi::Errno>(-failed);
  const bool missing = err == abi::Errno::kENOENT;
  const std::string why = missing ? std::string("not found") : std::string(abi::errno_text(err));
  auto telling = complain(sys, shell, "", job.words[0] + ": " + why);
  co_await telling;
  co_return missing ? 127 : 126;
}

Program exec_main(Sys sys, State state) {
  ExecJob job = std::any_cast<ExecJob>(state.more);
  auto entering = enter_child(sys, &job.shell, false);
  co_await entering;
  auto running = become_program(sys, &job.shell, job);
  co_return co_await running;
}

Co<int> run_program(Sys sys, Shell* shell, std::vector<std::string> words, bool last,
                    SavedFds saved) {
  auto finding = find_program(sys, shell, words[0]);
  const Found found = co_await finding;
  if (found.status != 0) co_return found.status;
  ExecJob job;
  job.shell = *shell;
  job.found = found;
  job.words = words;
  job.saved = saved;
  if (last) {
    auto becoming = become_program(sys, shell, job);
    shell->status = co_await becoming;
    co_return shell->status;
  }
  State state;
  state.more = job;
  int job_id = 0;
  auto forking = fork_entry(sys, shell, exec_main, state, &job_id);
  const std::int64_t pid = co_await forking;
  if (pid < 0) co_return 2;
  auto waiting = wait_for_job(sys, shell, job_id);
  co_return co_await waiting;
}

Co<int> run_words(Sys sys, Shell* shell, std::vector<std::string> words, bool last,
                  SavedFds saved) {
  if (is_builtin(words[0])) {
    auto running = run_builtin(sys, shell, words);
    const int status = co_await running;
    auto reaping = wait_for_job(sys, shell, 0);
    co_await reaping;
    co_return shell->exiting ? shell->status : status;
  }
  auto running = run_program(sys, shell, words, last, saved);
  co_return co_await running;
}

std::string why_not_opened(Redirect::Kind kind, const std::string& target, abi::Errno err) {
  const bool in = kind == Redirect::Kind::In;
  const bool missing = err == abi::Errno::kENOENT;
  const std::string why = missing && in ? "no such file"
                          : missing     ? "nonexistent directory"
                                        : std::string(abi::errno_text(err));
  return std::string("can't ") + (in ? "open " : "create ") + target + ": " + why;
}

/// The old descriptor is kept aside, if asked for, and `from` takes its place (none: it is closed).
Co<int> put_in_place(Sys sys, std::int64_t from, std::int32_t fd, bool opened, SavedFds* saved) {
  const auto is_kept = [fd](const auto& item) { return item.first == fd; };
  if (saved != nullptr && std::none_of(saved->begin(), saved->end(), is_kept)) {
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
        auto telling = complain(sys, shell, "",
                                why_not_opened(item.kind, target, static_cast<abi::Errno>(-from)));
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
  for (const auto& item : saved) {
    if (item.second < 0) {
      co_await sys.close(item.first);
      continue;
    }
    co_await sys.dup2(item.second, item.first);
    co_await sys.close(item.second);
  }
  co_return 0;
}

Co<int> replace_shell(Sys sys, Shell* shell, std::vector<std::string> words) {
  auto quitting = forget_quit(sys);
  co_await quitting;
  auto finding = find_program(sys, shell, words[0]);
  const Found found = co_await finding;
  ExecJob job;
  job.found = found;
  job.words = words;
  shell->exiting = true;
  shell->status = found.status;
  if (found.status != 0) co_return found.status;
  auto becoming = become_program(sys, shell, job);
  shell->status = co_await becoming;
  co_return shell->status;
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
  const bool stays = !words.empty() && words[0] == "exec";  // its redirections are the shell's own
  SavedFds saved;
  auto redirecting = redirect(sys, shell, node.redirects, stays ? nullptr : &saved);
  int status = co_await redirecting;
  if (status == 0 && !words.empty()) {
    auto running = run_words(sys, shell, words, last, saved);
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
