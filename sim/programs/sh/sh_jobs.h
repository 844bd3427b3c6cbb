// Children of the shell: forking them, waiting for them, and the signals that ash arranges.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

// sh_start.cpp
/// What ash sets up before it reads its first command: who it is, where it is.
Co<int> begin_shell(Sys sys, Shell* shell);
/// The signals of the shell itself; `reads_stdin`: `sh` without -c or a file.
Co<int> arrange_signals(Sys sys, Shell* shell, bool reads_stdin);
/// rt_sigaction: "SIG_DFL", "SIG_IGN" or "handler".
Co<int> set_signal(Sys sys, int signal, std::string handler, bool restarts);
Co<int> ask_signal(Sys sys, int signal);
/// SIGQUIT as it was before the shell ignored it: before an exec.
Co<int> forget_quit(Sys sys);
/// All signals blocked, or none.
Co<int> set_mask(Sys sys, bool all, bool old);

// sh_jobs.cpp
/// A child that runs one node with some of its descriptors replaced.
struct ChildJob {
  Shell shell;
  int node = -1;
  std::int64_t in = -1, out = -1;   ///< become 0 and 1
  std::vector<std::int64_t> close;  ///< of no use to the child
  bool background = false;
};
/// Forks; the child becomes a process of the parent's job (a fresh one with `job` 0).
Co<std::int64_t> fork_child(Sys sys, Shell* shell, ChildJob job, int* job_id);

/// pipe(2); or the shell's complaint, and −errno.
struct PipeEnds {
  std::int64_t in = -1, out = -1;
};
Co<std::int64_t> make_pipe(Sys sys, Shell* shell, PipeEnds* ends);
/// The same for a child that does something else first: it must call enter_child.
Co<std::int64_t> fork_entry(Sys sys, Shell* shell, Entry entry, State state, int* job_id);
Co<int> enter_child(Sys sys, Shell* shell, bool background);
/// "Terminated", "Killed" …: what the shell says of a child that a signal ended.
std::string_view signal_text(int signal);

// sh_wait.cpp
/// ash's waitforjob: until all processes of the job have ended; its status. Job 0: only reaps what
/// a SIGCHLD has told of.
Co<int> wait_for_job(Sys sys, Shell* shell, int job_id);
/// The builtin: all children, or the job whose last process is `pid`.
Co<int> wait_for_all(Sys sys, Shell* shell);
Co<int> wait_for_pid(Sys sys, Shell* shell, std::int64_t pid);
bool is_running(const Job& job);
/// 0…255, 128 + signal.
int exit_status(std::int64_t status);
/// Takes note of the signals that handlers ran for.
void note_signals(Sys sys, Shell* shell);
/// SIGINT came: the shell ends by it, as ash does at the next place where it may.
Co<int> end_when_interrupted(Sys sys, Shell* shell);

/// "[1]+  Running                    sleep 9"
std::string job_line(const Shell& shell, int id, const Job& job);

/// "sh: COMMAND: line 0: TEXT" on stderr, in the pieces that ash writes (stderr has no buffer).
Co<int> complain(Sys sys, const Shell* shell, std::string text);
/// On stdout through stdio, which looks at it once.
Co<int> say(Sys sys, Shell* shell, std::string text);

}  // namespace cutaway::sim::sh
