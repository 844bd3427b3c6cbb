#include "sim/programs/sh/sh_jobs.h"

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_trap.h"

namespace cutaway::sim::sh {

namespace {

// fork(2) as glibc makes it.
constexpr std::uint64_t kFork =
    abi::clone::kChildCleartid | abi::clone::kChildSettid | abi::sig::kChld;
constexpr std::int64_t kRobustList = 0x1b2e26a0;  // where the C library keeps it

Program child_main(Sys sys, State state) {
  ChildJob job = std::any_cast<ChildJob>(state.more);
  Shell* shell = &job.shell;
  auto entering = enter_child(sys, shell, job.background);
  co_await entering;
  for (const std::int64_t fd : job.close) co_await sys.close(fd);
  if (job.in >= 0) {
    co_await sys.dup2(job.in, 0);
    co_await sys.close(job.in);
  }
  if (job.out >= 0) {
    co_await sys.dup2(job.out, 1);
    co_await sys.close(job.out);
  }
  auto running = run_child_node(sys, shell, job.node);
  shell->status = co_await running;
  auto trapping = run_exit_trap(sys, shell);
  co_return co_await trapping;
}

}  // namespace

std::string_view signal_text(int signal) {
  struct Row {
    int signal;
    std::string_view text;
  };
  static constexpr Row kTexts[] = {
      {1, "Hangup"},
      {3, "Quit"},
      {4, "Illegal instruction"},
      {5, "Trace/breakpoint trap"},
      {6, "Aborted"},
      {7, "Bus error"},
      {8, "Floating point exception"},
      {9, "Killed"},
      {10, "User defined signal 1"},
      {11, "Segmentation fault"},
      {12, "User defined signal 2"},
      {14, "Alarm clock"},
      {15, "Terminated"},
  };
  for (const Row& row : kTexts) {
    if (row.signal == signal) return row.text;
  }
  return {};
}

Co<int> enter_child(Sys sys, Shell* shell, bool background) {
  const int level = shell->level++;
  shell->is_child = true;
  shell->jobs.clear();
  shell->got_child = false;
  shell->interrupted = false;
  const std::vector<Arg> robust = {Arg::integer(kRobustList), Arg::integer(24)};
  co_await sys.call(abi::Sys::set_robust_list, robust);
  if (shell->script_fd > 0) co_await sys.close(shell->script_fd);
  shell->script_fd = -1;
  const auto int_trap = shell->traps.find(abi::sig::kInt);
  const bool int_ignored = int_trap != shell->traps.end() && int_trap->second.empty();
  auto forgetting = forget_traps(sys, shell);
  co_await forgetting;
  if (background) {
    // Without job control Ctrl-C must not reach it, and it must not take the shell's input.
    if (!int_ignored) {
      auto ignoring = set_signal(sys, abi::sig::kInt, "SIG_IGN", true);
      co_await ignoring;
    }
    co_await sys.close(0);
    const std::string null_path = "/dev/null";
    co_await sys.open(null_path, 0);
  } else if (level == 0) {
    auto restoring = forget_quit(sys);
    co_await restoring;
  }
  shell->interactive = false;
  co_return 0;
}

Co<std::int64_t> fork_entry(Sys sys, Shell* shell, Entry entry, State state, int* job_id) {
  const std::int64_t pid = co_await sys.clone(kFork, entry, state);
  if (pid < 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-pid)));
    auto raising = raise_error(sys, shell, "can't fork: " + why);
    co_await raising;
    co_return pid;
  }
  if (*job_id == 0) {
    int free = 1;
    while (shell->jobs.count(free) != 0) ++free;
    *job_id = free;
    shell->last_job = free;
  }
  shell->jobs[*job_id].processes.emplace_back(pid, -1);
  co_return pid;
}

Co<std::int64_t> fork_child(Sys sys, Shell* shell, ChildJob job, int* job_id) {
  State state;
  state.more = std::move(job);
  auto forking = fork_entry(sys, shell, child_main, state, job_id);
  co_return co_await forking;
}

Co<std::int64_t> make_pipe(Sys sys, Shell* shell, PipeEnds* ends) {
  const std::int64_t made = co_await sys.pipe2(0);
  if (made < 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-made)));
    auto raising = raise_error(sys, shell, "can't create pipe: " + why);
    co_await raising;
    co_return made;
  }
  ends->in = sys.reply().out.at(0);
  ends->out = sys.reply().out.at(1);
  co_return 0;
}

}  // namespace cutaway::sim::sh
