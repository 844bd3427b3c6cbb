// The calls of a trace, each with where it belongs: container, role, task, step.
#pragma once

#include <string>
#include <vector>

#include "trace/compare/normal.h"
#include "trace/log/trace.h"

namespace cutaway {

/// Which steps' calls are laid side by side: one step of one task. Tasks are known by their place,
/// not their number: which container, and inside it the path of births ("1.2": the second child of
/// the first task); outside it the how-manieth of its role.
struct GroupKey {
  std::size_t container = 0;  ///< from 1 in order of creation; 0: none
  Role role = Role::Host;
  std::string task;
  std::string step;

  friend bool operator<(const GroupKey& a, const GroupKey& b);
};

struct CollectedCall {
  EventIndex n = kNoEvent;
  GroupKey key;
  Syscall call;
  NormalCall normal;
  /// The program has only loaded itself so far: all calls since its execve are of that kind.
  bool startup = false;
  bool measured = false;   ///< its task has read meters since its execve (families.h)
  bool cut_short = false;  ///< its task was killed by SIGKILL in the end
};

/// What of a whole trace explains differences.
struct TraceFacts {
  TraceHeader header;
  std::int64_t lost = 0;  ///< events that the tracer lost
  bool rootless = false;  ///< the runtime is not root
  bool killed = false;    ///< a task of a workload was ended by SIGKILL
  bool copied = false;    ///< a container's root is a copy: there was no overlay
};

struct Collected {
  TraceFacts facts;
  std::vector<CollectedCall> calls;  ///< in the order of the trace
};

Collected collect(const Trace& trace);

/// Does the container's own program make this call?
bool is_workload(Role role);

}  // namespace cutaway
