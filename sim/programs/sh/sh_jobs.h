// Children of the shell: forking them, waiting for them; job control.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/programs/sh/sh_job_list.h"
#include "sim/programs/sh/sh_run.h"
#include "sim/programs/sh/sh_signals.h"

namespace cutaway::sim::sh {

// sh_start.cpp
/// What ash sets up before it reads its first command: who it is, where it is.
Co<int> begin_shell(Sys sys, Shell* shell);
/// The signals of the shell itself, when it is known whether it is an interactive one.
Co<int> arrange_signals(Sys sys, Shell* shell);

// sh_jobs.cpp
/// ash's FORK_FG, FORK_BG, FORK_NOJOB. Inside: $( … ), which stays in the shell's process group.
enum class Fork : std::uint8_t { Foreground, Background, Inside };
/// What a child must know of its job.
struct Birth {
  Fork how = Fork::Foreground;
  bool controlled = false;  ///< it goes to the job's process group
  std::int64_t group = 0;   ///< that of the job's first process; 0: this is the first
  bool keeps_jobs = false;  ///< `jobs` in a pipe shows those of the shell
};
/// A child that runs one node with some of its descriptors replaced.
struct ChildJob {
  Shell shell;
  int node = -1;
  std::int64_t in = -1, out = -1;   ///< become 0 and 1
  std::vector<std::int64_t> close;  ///< of no use to the child
  Fork how = Fork::Foreground;
  Birth birth;
};
/// Forks; the child becomes a process of the parent's job (a fresh one with `job` 0).
Co<std::int64_t> fork_child(Sys sys, Shell* shell, ChildJob job, int* job_id);
/// How the next process of a job is born.
Birth birth_in(const Shell& shell, int job_id, Fork how);
/// For a child that does something else first: it must call enter_child. `text`: as jobs shows it.
Co<std::int64_t> fork_entry(Sys sys, Shell* shell, Entry entry, State state, Birth birth,
                            int job_id, std::string text);
/// fork(2) alone, or the shell's complaint and −errno.
Co<std::int64_t> fork_bare(Sys sys, Shell* shell, Entry entry, State state);
Co<int> enter_child(Sys sys, Shell* shell, Birth birth);

/// pipe(2); or the shell's complaint, and −errno.
struct PipeEnds {
  std::int64_t in = -1, out = -1;
};
Co<std::int64_t> make_pipe(Sys sys, Shell* shell, PipeEnds* ends);

// sh_wait.cpp
/// ash's waitforjob: until no process of the job runs; its status. Job 0: only reaps what a
/// SIGCHLD has told of.
Co<int> wait_for_job(Sys sys, Shell* shell, int job_id);
/// The builtin: all children, or one job.
Co<int> wait_for_all(Sys sys, Shell* shell);
Co<int> wait_for_one(Sys sys, Shell* shell, int job_id);
/// Takes note of the signals that handlers ran for.
void note_signals(Sys sys, Shell* shell);
/// SIGINT came: the shell ends by it, as ash does at the next place where it may.
Co<int> end_when_interrupted(Sys sys, Shell* shell);

// sh_control.cpp
/// ash's setjobctl: the shell takes its terminal for its own process group, or gives it back.
Co<int> control_jobs(Sys sys, Shell* shell, bool on);
/// The group becomes the one in front (tcsetpgrp(3)).
Co<int> give_terminal(Sys sys, Shell* shell, std::int64_t group);
/// "You have stopped jobs.": true when that was to be said, and the shell stays.
Co<bool> warns_of_stopped(Sys sys, Shell* shell);
/// Jobs that stopped or ended since somebody was told, on stderr.
Co<int> tell_of_jobs(Sys sys, Shell* shell);

/// "sh: COMMAND: line 0: TEXT" on stderr, in the pieces that ash writes (stderr has no buffer).
Co<int> complain(Sys sys, const Shell* shell, std::string text);
/// On stdout through stdio, which looks at it once.
Co<int> say(Sys sys, Shell* shell, std::string text);

}  // namespace cutaway::sim::sh
