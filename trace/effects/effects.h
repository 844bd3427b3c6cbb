// What a finished call changed. Shared by both sides: the simulator decides a result and takes the
// effects; the real side observes call, arguments and result and takes the same effects.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "trace/event/event.h"
#include "trace/world/walk.h"
#include "trace/world/world.h"

namespace cutaway {

/// A call that returned this, with what cannot be told from arguments and result alone.
struct SyscallDone {
  TaskId task;
  abi::Sys sys = abi::Sys::none;
  std::vector<Arg> args;
  std::int64_t ret = 0;  ///< −1 on error, then no effects but those named in effects.cpp
  abi::Errno err = abi::Errno::kOk;
  std::vector<std::int32_t>
      child_pids;  ///< clone, fork: the child's numbers, outermost first (read from NSpid, or
                   ///< decided); empty: next_pids of new_id.h
  BlobId data;     ///< read, write: the bytes that moved
  BlobId content;  ///< write, truncate on a file: its whole content afterwards (simulator); open of
                   ///< a computed file: what it says
  std::int64_t content_size = 0;
  std::int64_t local_port = 0;  ///< connect, bind, sendto: the port that the kernel chose for the
                                ///< socket; 0: none, or nobody knows
  std::string
      interpreter;      ///< execve of a script: the path of what runs it; it is then /proc/PID/exe
  std::string program;  ///< execve: name of the program that was loaded, its comm
  std::int64_t pages = 0;  ///< execve, brk, mmap: pages touched; munmap: given back
};

/// Takes effect events one by one. Each is applied to the World as soon as it is emitted, so a
/// chain (exit of pid 1 → zap → reparent → SIGCHLD) reads the World as it has become.
class EffectSink {
 public:
  virtual ~EffectSink() = default;
  /// `subject`: whose event it is (the caller's, or another task that it happens to).
  virtual void emit(TaskId subject, Body&& body) = 0;
  /// The World with everything emitted so far.
  virtual const World& world() const = 0;
  /// Where a path leads in that World (trace/world/walk.h); for who has just looked and knows it.
  virtual Walk look_up(const Task& task, std::string_view path, LastLink last,
                       const Location* from);
};

/// All that `done` changed, in order.
void effects(const SyscallDone& done, EffectSink& sink);

/// The end of a task: by exit_group (signal 0) or by a signal. Zombie, orphans, SIGCHLD, the death
/// of its pid namespace, descriptors, namespaces nobody uses any more.
void exit_effects(TaskId task, std::int32_t code, std::int32_t signal, EffectSink& sink);

/// One thread ends; the process with its last one.
void exit_thread(TaskId thread, std::int32_t code, std::int32_t signal, EffectSink& sink);

/// A zombie is gone for good; `by` none: the kernel takes it away at once.
void reap(TaskId zombie, TaskId by, EffectSink& sink);

/// A signal for a task from another (or the kernel): sent, then ignored, or pending until
/// delivered.
void signal_effects(TaskId from, TaskId to, std::int32_t sig, const char* rule, EffectSink& sink);
/// From the kernel, for a process group.
void group_signal_effects(TaskId group, std::int32_t sig, const char* rule, EffectSink& sink);

/// Pages that a task touched (or gave back): its memory, and what its cgroups are charged.
void memory_effects(TaskId task, std::int64_t pages, EffectSink& sink);

/// A task moves to a cgroup: by cgroup.procs, or by the hand of an engine.
void move_to_cgroup(TaskId subject, TaskId member, CgroupId to, EffectSink& sink);

}  // namespace cutaway
