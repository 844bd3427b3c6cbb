// Tasks and what they may share: address space, descriptors, root and cwd, signal handlers.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/event/task_events.h"
#include "trace/ids.h"
#include "trace/world/credentials.h"
#include "trace/world/filesystem.h"
#include "trace/world/namespace.h"

namespace cutaway {

enum class TaskState : std::uint8_t { Running, Runnable, Blocked, Stopped, Zombie };

/// Root directory, working directory, umask: shared with CLONE_FS.
struct FsContext {
  FsContextId id;
  Location root, cwd;
  std::uint32_t umask = 022;
  std::int32_t users = 1;
  FIELDS(id, root, cwd, umask, users)
};

/// Pages that a cgroup pays for.
struct MemoryCharge {
  CgroupId cgroup;
  std::int64_t pages = 0;
  FIELDS(cgroup, pages)
};

struct AddressSpace {
  AddressSpaceId id;
  std::int64_t pages = 0;  ///< touched and so charged, 4096 bytes each
  CgroupId charged_to;     ///< the memory cgroup that pays
  std::vector<MemoryCharge>
      elsewhere;  ///< of these pages: what an earlier cgroup pays (charges do not move)
  std::int32_t users = 1;
  FIELDS(id, pages, charged_to, elsewhere, users)
};

struct SignalHandlers {
  SighandId id;
  std::map<std::int32_t, std::string>
      actions;  ///< signal → "ignore" or "handler"; absent = default
  std::int32_t users = 1;
  FIELDS(id, actions, users)
};

struct Task {
  TaskId id;
  TaskId leader;  ///< of its thread group (itself for a process)
  TaskId parent;
  std::vector<std::int32_t> pids;  ///< its number in each pid namespace, outermost first
  std::int32_t exit_signal = 17;   ///< sent to the parent at the end; −1 for a thread
  std::string comm, exe;
  Location exe_at;  ///< where the program's file is; no mount: unknown, or a zombie
  std::vector<std::string> argv, env;
  Role role = Role::Host;
  ContainerId container;
  TaskState state = TaskState::Runnable;
  std::string in_call;        ///< name of the call it is blocked in
  std::string waits_on;       ///< what for
  std::int32_t cpu = -1;      ///< on which cpu it runs; −1: on none
  std::string affinity;       ///< cpus that it may run on ("0-1"); empty: all of its cpuset
  std::int64_t cpu_time = 0;  ///< ns used
  Credentials credentials;
  std::array<NsId, kNsKinds> ns;  ///< by NsKind
  NsId pid_ns_for_children, time_ns_for_children;
  std::vector<CgroupId> cgroups;  ///< one per hierarchy, in the order of hierarchies
  FdTableId fds;
  FsContextId fs;
  AddressSpaceId memory;
  SighandId sighand;
  std::uint64_t pending = 0, blocked = 0;  ///< signal sets, bit n−1 = signal n
  TaskId session, process_group;           ///< their leaders
  bool subreaper = false;
  bool dumpable = true;
  TerminalId terminal;  ///< controlling terminal
  std::int32_t exit_code = 0, term_signal = 0;
  std::int32_t oom_score_adj = 0;
  FIELDS(id, leader, parent, pids, exit_signal, comm, exe, exe_at, argv, env, role, container,
         state, in_call, waits_on, cpu, affinity, cpu_time, credentials, ns, pid_ns_for_children,
         time_ns_for_children, cgroups, fds, fs, memory, sighand, pending, blocked, session,
         process_group, subreaper, dumpable, terminal, exit_code, term_signal, oom_score_adj)

  std::int32_t pid() const { return pids.empty() ? 0 : pids.front(); }
  NsId in(NsKind kind) const { return ns[static_cast<std::size_t>(kind)]; }
  bool zombie() const { return state == TaskState::Zombie; }
};

/// The number of a process that is gone, for as long as a process group or a session is called by
/// it (struct pid outlives its task, kernel/pid.c).
struct GoneLeader {
  TaskId id;
  NsId ns;                         ///< its pid namespace
  std::vector<std::int32_t> pids;  ///< as Task::pids
  FIELDS(id, ns, pids)
};

}  // namespace cutaway
