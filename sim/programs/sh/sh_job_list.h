// The shell's jobs as it keeps and shows them: numbers, which is the current one, their words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/programs/sh/sh_state.h"

namespace cutaway::sim::sh {

/// A new one; it becomes the current job.
int make_job(Shell& shell);
void free_job(Shell& shell, int id);
/// A stopped job is the current one; one that runs comes behind all that are stopped.
void place_job(Shell& shell, int id);

/// %1 %% %+ %- %name %?text; without a word the current job.
struct NamedJob {
  int id = 0;
  std::string error;  ///< why there is none
};
NamedJob find_job(const Shell& shell, const std::string* word);

/// A child stopped or ended: the job that it belongs to, 0 for none.
int note_change(Shell& shell, std::int64_t pid, std::int64_t status);
/// 0…255, 128 + signal: of the last process, or (pipefail) of the last that failed.
int job_status(const Shell& shell, const Job& job);

/// "Terminated", "Stopped" …: strsignal(3).
std::string_view signal_text(int signal);
/// "[1]+  Running                    sleep 9", in the pieces that ash prints; `pids`: jobs -l.
std::vector<std::string> job_pieces(const Shell& shell, int id, bool pids);

// sh_job_text.cpp
std::string text_of_node(const Tree& tree, int node);
std::string text_of_command(const Node& simple);

}  // namespace cutaway::sim::sh
