// What is asked of the tasks again and again, without going through all of them: whose children
// they are (task_struct.children), which threads a process has (signal->thread_head), who is in a
// pid namespace, and whether anybody is in a namespace (ns_common.count), is called by a group's or
// session's number (struct pid), runs a program from a mount. With structural sharing.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/table.h"
#include "trace/ids.h"
#include "trace/world/id_lists.h"
#include "trace/world/task.h"

namespace cutaway {

class TaskIndex {
 public:
  using Tasks = Table<TaskId, Task>;
  /// In the order in which they came.
  using Ids = IdLists<TaskId, TaskId>::Ids;

  TaskIndex() = default;
  explicit TaskIndex(const Tasks& tasks);

  void add(const Task& task);
  void remove(const Task& task);
  /// Does it say the same of both?
  static bool alike(const Task& a, const Task& b);
  /// How many tasks it knows; another number than there are: it is of other tasks.
  std::size_t size() const { return size_; }
  /// It tells of nothing.
  bool empty() const;

  /// Zombies and threads too.
  const Ids& children(TaskId parent) const { return children_.of(parent); }
  /// All of a process but its leader.
  const Ids& threads(TaskId leader) const { return threads_.of(leader); }
  /// Those whose own pid namespace it is; zombies too.
  const Ids& members(NsId pid_ns) const { return members_.of(pid_ns); }
  /// Is a task in it, or will its children be?
  bool inhabited(NsId ns) const { return inhabitants_.contains(ns); }
  /// Is a task of the process group or session that is called by this leader's number?
  bool leads(TaskId leader) const { return led_.contains(leader); }
  bool runs_from(MountId mount) const { return programs_.contains(mount); }

 private:
  template <class Key>
  using Lists = IdLists<Key, TaskId>;
  template <class Key>
  using Counts = Table<Key, std::uint32_t>;

  template <class Key>
  static void count(Counts<Key>& counts, Key key, int by);
  void count_all(const Task& task, int by);

  Lists<TaskId> children_, threads_;
  Lists<NsId> members_;
  Counts<NsId> inhabitants_;
  Counts<TaskId> led_;
  Counts<MountId> programs_;
  std::size_t size_ = 0;
};

}  // namespace cutaway
