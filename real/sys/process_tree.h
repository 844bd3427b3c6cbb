// Which processes there are, and who comes from whom, by /proc.
#pragma once

#include <sys/types.h>

#include <vector>

namespace cutaway::real {

/// All that this /proc shows, but ourselves; by number.
std::vector<pid_t> all_processes();
/// What a process has started, and those in turn, as far as their parents live; parents first.
std::vector<pid_t> descendants_of(pid_t pid);

/// SIGKILL to a child of ours and to all that it has started: killed alone it would leave them
/// running. Each through a pidfd, and looked at again once its number cannot be another's.
void kill_with_descendants(pid_t child);

}  // namespace cutaway::real
