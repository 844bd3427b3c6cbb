// Front door: watching what runs already, whoever started it (`cutaway watch`). It is only looked
// at: afterwards all goes on as before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "trace/log/trace.h"

namespace cutaway::real {

/// A process, and those that it has started.
Result<std::vector<int>> processes_below(int pid);
/// Those of a container: of docker's, podman's or ours by (the beginning of) its id, of ours in the
/// state folder also by its name.
Result<std::vector<int>> processes_of_container(const std::string& container,
                                                const std::string& state);
/// Those in a cgroup and in all below it. `path`: as /proc/PID/cgroup has it, or its folder.
Result<std::vector<int>> processes_in_cgroup(const std::string& path);

struct Watched {
  Trace trace;
  bool interrupted = false;  ///< by SIGINT, SIGTERM or SIGHUP
};
/// Traces them, and what they start, until all have ended, one of those signals comes, or `for_ns`
/// have passed (0: there is no such limit). `title`: for the trace's header.
Result<Watched> watch(const std::vector<int>& pids, const std::string& title, std::int64_t for_ns);

}  // namespace cutaway::real
