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
  auto entering = enter_child(sys, shell, job.birth);
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

namespace {

constexpr int kKeySignals[] = {abi::sig::kInt, abi::sig::kQuit};
constexpr int kShellSignals[] = {abi::sig::kInt, abi::sig::kTerm, abi::sig::kQuit};

/// Under job control each job is a process group of its own, and the one in front has the terminal.
/// Parent and child both do it, so that it is done whoever comes first.
Co<int> enter_group(Sys sys, Shell* shell, Birth birth) {
  std::int64_t group = birth.group;
  if (group == 0) group = co_await sys.getpid();
  const std::vector<Arg> args = {Arg::integer(0), Arg::integer(group)};
  co_await sys.call(abi::Sys::setpgid, args);
  if (birth.how == Fork::Foreground) {
    auto giving = give_terminal(sys, shell, group);
    co_await giving;
  }
  auto stops = arrange_signal(sys, shell, abi::sig::kTstp);
  co_await stops;
  auto writes = arrange_signal(sys, shell, abi::sig::kTtou);
  co_return co_await writes;
}

/// Without job control Ctrl-C must not reach it, and it must not take the shell's input.
Co<int> leave_terminal(Sys sys, Shell* shell, Birth birth) {
  for (const int signal : kKeySignals) {
    auto ignoring = ignore_signal(sys, shell, signal);
    co_await ignoring;
  }
  if (birth.group != 0) co_return 0;
  co_await sys.close(0);
  const std::string null_path = "/dev/null";
  co_await sys.open(null_path, 0);
  co_return 0;
}

bool is_jobs(const Shell& shell, int index) {
  const Node& node = shell.tree->nodes.at(static_cast<std::size_t>(index));
  if (node.kind != Node::Kind::Simple || node.words.empty()) return false;
  const std::vector<Part>& parts = node.words[0].parts;
  return parts.size() == 1 && parts[0].kind == Part::Kind::Text && parts[0].text == "jobs";
}

}  // namespace

// ash's forkchild.
Co<int> enter_child(Sys sys, Shell* shell, Birth birth) {
  const int level = shell->level++;
  shell->is_child = true;
  shell->controls = false;
  if (!birth.keeps_jobs) {
    shell->jobs.clear();
    shell->job_order.clear();
  }
  shell->got_child = false;
  shell->interrupted = false;
  const std::vector<Arg> robust = {Arg::integer(kRobustList), Arg::integer(24)};
  co_await sys.call(abi::Sys::set_robust_list, robust);
  if (shell->script_fd > 0) co_await sys.close(shell->script_fd);
  shell->script_fd = -1;
  auto forgetting = forget_traps(sys, shell);
  co_await forgetting;
  if (birth.how != Fork::Inside && birth.controlled && level == 0) {
    auto entering = enter_group(sys, shell, birth);
    co_await entering;
  } else if (birth.how == Fork::Background) {
    auto leaving = leave_terminal(sys, shell, birth);
    co_await leaving;
  }
  if (level != 0) co_return 0;
  for (const int signal : kShellSignals) {
    if (signal != abi::sig::kQuit && !shell->option('i')) continue;
    auto arranging = arrange_signal(sys, shell, signal);
    co_await arranging;
  }
  co_return 0;
}

Co<std::int64_t> fork_bare(Sys sys, Shell* shell, Entry entry, State state) {
  const std::int64_t pid = co_await sys.clone(kFork, entry, state);
  if (pid >= 0) co_return pid;
  const std::string why(abi::errno_text(static_cast<abi::Errno>(-pid)));
  auto raising = raise_error(sys, shell, "can't fork: " + why);
  co_await raising;
  co_return pid;
}

Birth birth_in(const Shell& shell, int job_id, Fork how) {
  const Job& job = shell.jobs.at(job_id);
  Birth birth;
  birth.how = how;
  birth.controlled = job.controlled;
  if (!job.processes.empty()) birth.group = job.processes.front().pid;
  return birth;
}

// Its second half is ash's forkparent.
Co<std::int64_t> fork_entry(Sys sys, Shell* shell, Entry entry, State state, Birth birth,
                            int job_id, std::string text) {
  auto forking = fork_bare(sys, shell, entry, state);
  const std::int64_t pid = co_await forking;
  if (pid < 0) {
    free_job(*shell, job_id);
    co_return pid;
  }
  if (birth.how != Fork::Inside && birth.controlled) {
    const std::vector<Arg> args = {Arg::integer(pid),
                                   Arg::integer(birth.group == 0 ? pid : birth.group)};
    co_await sys.call(abi::Sys::setpgid, args);
  }
  if (birth.how == Fork::Background) {
    shell->last_background = pid;
    place_job(*shell, job_id);
  }
  Process process;
  process.pid = pid;
  if (shell->controls) process.text = text;
  shell->jobs[job_id].processes.push_back(process);
  co_return pid;
}

Co<std::int64_t> fork_child(Sys sys, Shell* shell, ChildJob job, int* job_id) {
  if (*job_id == 0) *job_id = make_job(*shell);
  const std::string text = shell->controls ? text_of_node(*shell->tree, job.node) : std::string();
  job.birth = birth_in(*shell, *job_id, job.how);
  job.birth.keeps_jobs = is_jobs(*shell, job.node);
  free_job(job.shell, *job_id);
  const Birth birth = job.birth;
  State state;
  state.more = std::move(job);
  auto forking = fork_entry(sys, shell, child_main, state, birth, *job_id, text);
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
