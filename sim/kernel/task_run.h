// A task as the scheduler sees it. Private to sim/kernel.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/kernel/decision.h"
#include "sim/kernel/kernel.h"

namespace cutaway::sim {

/// Where a task is on its way through the kernel.
enum class Phase : std::uint8_t {
  Queued,   ///< wants a cpu
  Running,  ///< has one; its call completes at a noted time
  Waiting,  ///< in a call that cannot return yet
  Stopped,  ///< by a stop signal
  Frozen,   ///< its cgroup stands still
  Resting,  ///< in no call; somebody will rouse it
  Ended,
};

/// A task as the scheduler sees it, but for its coroutines.
struct TaskFacts {
  TaskId id;
  Phase phase = Phase::Queued;
  bool outside = false;  ///< another kernel's, beside the VM: its calls are none of this one's
  StepId step;
  ContainerId container;

  Entry entry = nullptr;  ///< program to start when it gets the cpu
  State state;
  std::optional<Reply> reply;  ///< result to hand to the program when it gets the cpu
  bool in_step = false;        ///< it does what a step says, until it becomes another program
  bool in_call = false;
  std::optional<Request> own;  ///< a call that the kernel makes for the program (its end)
  std::vector<Arg> args;       ///< of the call that returns now, with what the kernel wrote
  std::int64_t debt_ns = 0;    ///< work of the last call beyond its cost; the next one pays
  CallId call;
  std::int64_t entered = 0;
  std::uint64_t random = 0;
  std::optional<Decision> decided;  ///< vfork: effects are done, only the return is outstanding
  std::vector<WaitKey> waits;
  bool woken = false;         ///< what a FIFO's opener waits for has happened
  std::int64_t progress = 0;  ///< bytes of a waiting write that have moved
  InodeId fifo;               ///< it waits in open(2) of this FIFO
  bool fifo_writes = false;
  std::uint64_t futex_seen = 0;  ///< how often the word had been woken at entry
  std::uint32_t ticket = 0;      ///< of the agenda's note that counts
  std::int32_t cpu = -1, last_cpu = -1;
  std::int64_t on_since = 0;
  std::int64_t completes_at = 0;     ///< its call, while it has a cpu
  std::int64_t rest_ns = -1;         ///< of the call's cost, when its cpu was taken away in it
  CgroupId cpu_group;                ///< of the controller "cpu"
  std::vector<CgroupId> cpu_groups;  ///< it and those above it, outermost first, but for the root
  std::int64_t weighed_ns = 0;       ///< cpu time in the measure of its group (Fair)
  EventIndex woken_by = kNoEvent;
  EventIndex signalled_by = kNoEvent;
  std::vector<int> caught;                 ///< signals that handlers noted
  int handlers = 0;                        ///< that ran and have not returned yet
  std::uint64_t handlers_end = 0;          ///< signals whose handlers never return
  std::optional<std::uint64_t> suspended;  ///< rt_sigsuspend: the mask until a handler has run
};
struct TaskRun : TaskFacts {
  std::unique_ptr<Context> context;
};

}  // namespace cutaway::sim
