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
  QuotaDue,       ///< a cgroup's cpu quota is used up, or its period is over
  AlarmDue,       ///< a process's interval timer has run out
};

/// A note in the agenda. `ticket` makes stale notes harmless: a task that was woken early has a new
/// one.
struct AgendaItem {
  std::int64_t t = 0;
  std::uint64_t order = 0;
  Happening what = Happening::CallCompletes;
  TaskId task;      ///< none with QuotaDue
  CgroupId cgroup;  ///< with QuotaDue
  std::uint32_t ticket = 0;
};

/// Things to come in the order of time; those of one moment in the order in which they were noted.
class Agenda {
 public:
  void add(std::int64_t t, Happening what, TaskId task, std::uint32_t ticket);
  void add_quota(std::int64_t t, CgroupId cgroup, std::uint32_t ticket);
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

/// The run queue in front of m cpus, in the order of arrival. (Linux has one queue for each cpu and
/// moves tasks between them, sched(7).) Whose turn it is, is the kernel's business (fair.cpp).
class Cpus {
 public:
  explicit Cpus(std::int64_t count) : task_on_(static_cast<std::size_t>(count < 1 ? 1 : count)) {}

  void enqueue(TaskId task) { queue_.push_back(task); }
  /// Takes a task that ended while it waited out of the queue.
  void forget(TaskId task);
  bool anyone_waits() const { return !queue_.empty(); }
  const std::deque<TaskId>& waiting() const { return queue_; }

  bool any_free() const;
  bool is_free(std::int32_t cpu) const;
  std::int32_t count() const { return static_cast<std::int32_t>(task_on_.size()); }
  /// Puts a task that waited on a free cpu.
  void occupy(TaskId task, std::int32_t cpu);
  void release(std::int32_t cpu);
  /// Whoever has a cpu, by its number.
  const std::vector<TaskId>& running() const { return task_on_; }

 private:
  std::vector<TaskId> task_on_;
  std::deque<TaskId> queue_;
};

}  // namespace cutaway::sim
