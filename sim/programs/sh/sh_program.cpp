// Programs: where a name leads, and how a task becomes one.
#include "base/text.h"
#include "sim/programs/sh/sh_command.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

struct ExecJob {
  Shell shell;
  Found found;
  std::vector<std::string> words;
  SavedFds saved;
  Birth birth;
};

Co<int> run_applet_here(Sys sys, ExecJob job, std::vector<std::string> env) {
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

// In the task that becomes the program: applets that may run in a fork of the shell as it is take a
// name and go on (NOEXEC); all else is an execve. Returns when an applet has ended, or with 127 or
// 126.
Co<int> become_program(Sys sys, Shell* shell, ExecJob job) {
  const std::vector<std::string> env = environment(*shell);
  shell->leave = Leave::Exit;
  if (job.found.applet != nullptr && job.found.applet->in_shell) {
    auto running = run_applet_here(sys, job, env);
    co_return co_await running;
  }
  std::int64_t failed = co_await sys.execve(job.found.path, job.words, env);
  if (failed == -static_cast<std::int64_t>(abi::Errno::kENOEXEC)) {
    // A text without "#!": a script for this shell.
    std::vector<std::string> words = job.words;
    words[0] = job.found.path;
    words.insert(words.begin(), "ash");
    const std::string self = "/proc/self/exe";
    failed = co_await sys.execve(self, words, env);
  }
  const auto err = static_cast<abi::Errno>(-failed);
  const bool missing = err == abi::Errno::kENOENT;
  const std::string why = missing ? std::string("not found") : std::string(abi::errno_text(err));
  auto telling = complain(sys, shell, job.words[0] + ": " + why);
  co_await telling;
  co_return missing ? 127 : 126;
}

Program exec_main(Sys sys, State state) {
  ExecJob job = std::any_cast<ExecJob>(state.more);
  auto entering = enter_child(sys, &job.shell, job.birth);
  co_await entering;
  auto running = become_program(sys, &job.shell, job);
  co_return co_await running;
}

std::string why_missing(const std::string& name, const Found& found) {
  return name + (found.forbidden ? ": Permission denied" : ": not found");
}

}  // namespace

// busybox's shell prefers its own applets to programs of PATH (FEATURE_PREFER_APPLETS). Others it
// looks for by stat, before it forks, and remembers.
Co<Found> find_program(Sys sys, Shell* shell, std::string name, std::string path) {
  Found found;
  found.path = name;
  if (name.find('/') != std::string::npos) co_return found;
  found.applet = find_applet(name);
  if (found.applet != nullptr) {
    found.path = "/proc/self/exe";
    co_return found;
  }
  const auto known = shell->hashed.find(name);
  if (known != shell->hashed.end()) {
    found.path = known->second;
    co_return found;
  }
  for (const std::string& folder : split(path, ':')) {
    const std::string place = folder.empty() ? name : folder + "/" + name;
    const std::int64_t there = co_await sys.stat(place);
    const bool regular =
        there >= 0 && (sys.reply().stat.mode & abi::mode::kType) == abi::mode::kRegular;
    found.forbidden = found.forbidden || (there >= 0 && !regular);
    if (!regular) continue;
    found.path = place;
    shell->hashed[name] = place;
    co_return found;
  }
  found.missing = true;
  co_return found;
}

Co<int> run_program(Sys sys, Shell* shell, std::vector<std::string> words, bool last,
                    SavedFds saved) {
  auto finding = find_program(sys, shell, words[0], text_of(*shell, "PATH"));
  const Found found = co_await finding;
  if (found.missing) {
    auto telling = complain(sys, shell, why_missing(words[0], found));
    co_await telling;
    co_return 127;
  }
  ExecJob job;
  job.shell = *shell;
  job.found = found;
  job.words = words;
  job.saved = saved;
  if (last && shell->traps.empty()) {
    auto becoming = become_program(sys, shell, job);
    shell->status = co_await becoming;
    co_return shell->status;
  }
  const int job_id = make_job(*shell);
  job.birth = birth_in(*shell, job_id, Fork::Foreground);
  State state;
  state.more = job;
  auto forking = fork_entry(sys, shell, exec_main, state, job.birth, job_id, shell->command_text);
  const std::int64_t pid = co_await forking;
  if (pid < 0) co_return shell->status;
  auto waiting = wait_for_job(sys, shell, job_id);
  co_return co_await waiting;
}

namespace {

/// What the shell has arranged for itself is not for the program that takes its place; that it has
/// its signals is because it counts as a child from here on.
Co<int> give_up_signals(Sys sys, Shell* shell) {
  const bool was_interactive = shell->option('i');
  shell->options.erase('i');
  shell->options.erase('m');
  if (was_interactive) {
    auto arranging = arrange_signals(sys, shell);
    co_await arranging;
  }
  auto ending = control_jobs(sys, shell, false);
  co_await ending;
  ++shell->level;
  auto quitting = arrange_signal(sys, shell, abi::sig::kQuit);
  co_await quitting;
  auto ending_by = arrange_signal(sys, shell, abi::sig::kTerm);
  co_return co_await ending_by;
}

}  // namespace

Co<int> replace_shell(Sys sys, Shell* shell, std::vector<std::string> words) {
  shell->interactive = false;
  auto giving = give_up_signals(sys, shell);
  co_await giving;
  auto finding = find_program(sys, shell, words[0], text_of(*shell, "PATH"));
  const Found found = co_await finding;
  ExecJob job;
  job.found = found;
  job.words = words;
  shell->leave = Leave::Exit;
  if (found.missing) {
    auto telling = complain(sys, shell, why_missing(words[0], found));
    co_await telling;
    shell->status = 127;
    co_return 127;
  }
  auto becoming = become_program(sys, shell, job);
  shell->status = co_await becoming;
  co_return shell->status;
}

}  // namespace cutaway::sim::sh
