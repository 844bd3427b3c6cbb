// What happens to tasks and signals.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"
#include "trace/world/credentials.h"

namespace cutaway {

/// Who a task is in the story of a container.
enum class Role : std::uint8_t { Host, Client, Daemon, Shim, Runtime, Init, Workload, Exec };

/// A new task, made by the stamp's task. `pids`: its number in each pid namespace, outermost first.
/// What it shares with its parent follows from `flags` (CLONE_*, low byte: exit signal).
struct TaskForked {
  TaskId child;
  TaskId parent;  ///< the real parent: the forker's own with CLONE_PARENT or CLONE_THREAD
  std::vector<std::int32_t> pids;
  std::uint64_t flags = 0;
  FIELDS(child, parent, pids, flags)
};
struct TaskExeced {
  std::string path;
  std::vector<std::string> argv;
  std::string comm;
  std::int64_t pages = 0;  ///< pages of memory that the new program has touched at its start
  std::vector<std::string> env;
  MountId mount;      ///< where the file is: what /proc/PID/exe leads to
  std::string place;  ///< within that mount's file system
  FIELDS(path, argv, comm, pages, env, mount, place)
};
struct TaskExited {
  std::int32_t code = 0;
  std::int32_t signal = 0;  ///< not 0: killed by it, `code` means nothing
  FIELDS(code, signal)
};
/// The stamp's task has a new parent (its own ended): the nearest subreaper or its namespace's
/// pid 1.
struct TaskReparented {
  TaskId to;
  FIELDS(to)
};
/// The stamp's task (a zombie) was waited for: now it is gone.
struct TaskReaped {
  TaskId by;
  FIELDS(by)
};
/// A call did not return at once.
struct TaskBlocked {
  std::string name;  ///< of the call
  std::string on;    ///< what it waits for, in words ("pipe:[17]", "child", "timer")
  FIELDS(name, on)
};
struct TaskOn {
  std::int32_t cpu = 0;
  FIELDS(cpu)
};
struct TaskOff {
  std::int64_t used = 0;  ///< ns of cpu time since TaskOn
  FIELDS(used)
};
struct TaskCredentialsSet {
  Credentials credentials;
  FIELDS(credentials)
};
struct TaskNamed {
  std::string comm;
  FIELDS(comm)
};
struct TaskSessionStarted {
  NO_FIELDS
};
/// Root or working directory moved. `what` is "root" or "cwd".
struct TaskMoved {
  std::string what;
  MountId mount;
  std::string path;  ///< within that mount's file system
  FIELDS(what, mount, path)
};
struct TaskUmaskSet {
  std::uint32_t umask = 0;
  FIELDS(umask)
};
struct TaskSubreaperSet {
  bool on = false;
  FIELDS(on)
};
/// The stamp's task has its own copy now of what it shared: CLONE_FILES, CLONE_FS, CLONE_SIGHAND
/// (unshare(2)).
struct TaskUnshared {
  std::uint64_t flags = 0;
  FIELDS(flags)
};
struct TaskProcessGroupSet {
  TaskId leader;
  FIELDS(leader)
};
/// The controlling terminal of the stamp's task; none: it lost it.
struct TaskTerminalSet {
  TerminalId terminal;
  FIELDS(terminal)
};
struct TaskDumpableSet {
  bool on = false;
  FIELDS(on)
};
struct TaskOomScoreSet {
  std::int32_t adj = 0;  ///< /proc/PID/oom_score_adj
  FIELDS(adj)
};
/// Where the stamp's task may run: sched_setaffinity(2).
struct TaskAffinitySet {
  std::string cpus;  ///< "0-1,3" (cpuset(7), list format)
  FIELDS(cpus)
};
/// Pages touched (or given back) by the stamp's task; the cgroup's count is an event of its own.
struct TaskMemoryChanged {
  std::int64_t pages = 0;
  FIELDS(pages)
};
/// The engine tells who a task is (seen from outside: role and container of a task and its
/// children).
struct TaskRoleSet {
  Role role = Role::Host;
  FIELDS(role)
};

struct SignalSent {
  std::int32_t sig = 0;
  TaskId from, to;   ///< from: none = the kernel
  std::string rule;  ///< why it was sent, in words ("kill(2)", "child exited", "pid 1 of the
                     ///< namespace ended")
  FIELDS(sig, from, to, rule)
};
struct SignalDelivered {
  std::int32_t sig = 0;
  TaskId from, to;
  std::string rule;  ///< what was done ("terminate", "handler", "stop", "continue")
  FIELDS(sig, from, to, rule)
};
struct SignalIgnored {
  std::int32_t sig = 0;
  TaskId from, to;
  std::string rule;  ///< why ("SIG_IGN", "default: ignore", "pid 1 without a handler")
  FIELDS(sig, from, to, rule)
};
/// Disposition of a signal in the stamp's task: "default", "ignore", "handler", or "restarting
/// handler" (SA_RESTART: a call that it interrupts goes on, signal(7)).
struct SignalHandlerSet {
  std::int32_t sig = 0;
  std::string handler;
  FIELDS(sig, handler)
};
struct SignalMaskSet {
  std::uint64_t blocked = 0;
  FIELDS(blocked)
};

}  // namespace cutaway
