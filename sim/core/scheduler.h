// The virtual clock's agenda and the cpus. Pure bookkeeping: who runs is decided here, what running
// means is the kernel's business. Nothing depends on addresses or hashes, so runs are repeatable.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <vector>

#include "trace/ids.h"

namespace cutaway::sim {

/// What happens at a moment that is still to come.
enum class Happening : std::uint8_t {
  CallCompletes,  ///< the task's call has used up its cost
  TimerExpires,   ///< the task's wait has a deadline
};

/// A note in the agenda. `ticket` makes stale notes harmless: a task that was woken early has a new
/// one.
struct AgendaItem {
  std::int64_t t = 0;
  std::uint64_t order = 0;
  Happening what = Happening::CallCompletes;
  TaskId task;
  std::uint32_t ticket = 0;
};

/// Things to come in the order of time; those of one moment in the order in which they were noted.
class Agenda {
 public:
  void add(std::int64_t t, Happening what, TaskId task, std::uint32_t ticket);
  bool empty() const { return items_.empty(); }
  const AgendaItem& next() const { return items_.top(); }
  AgendaItem take();

 private:
  struct Later {
    bool operator()(const AgendaItem& a, const AgendaItem& b) const {
      return a.t != b.t ? a.t > b.t : a.order > b.order;
    }
  };
  std::priority_queue<AgendaItem, std::vector<AgendaItem>, Later> items_;
  std::uint64_t order_ = 0;
};

/// A first-in-first-out run queue in front of m cpus. (Linux has one queue per cpu and weighs
/// tasks, sched(7); with equal weights and few tasks the order is the same.)
class Cpus {
 public:
  explicit Cpus(std::int64_t count) : task_on_(static_cast<std::size_t>(count < 1 ? 1 : count)) {}

  void enqueue(TaskId task) { queue_.push_back(task); }
  /// Takes a task that ended while it waited out of the queue.
  void forget(TaskId task);
  bool anyone_waits() const { return !queue_.empty(); }
  const std::deque<TaskId>& waiting() const { return queue_; }

  bool any_free() const;
  /// Puts `task` on the cpu it had last when that is free (its caches are warm), else on the first
  /// free.
  std::int32_t occupy(TaskId task, std::int32_t last_cpu);
  TaskId take_next();
  void release(std::int32_t cpu);

 private:
  std::vector<TaskId> task_on_;
  std::deque<TaskId> queue_;
};

}  // namespace cutaway::sim
