#include "trace/world/task_index.h"

#include <tuple>

namespace cutaway {

namespace {

/// All that the index goes by.
auto keys_of(const Task& task) {
  return std::tie(task.parent, task.leader, task.ns, task.pid_ns_for_children,
                  task.time_ns_for_children, task.process_group, task.session, task.exe_at.mount);
}

}  // namespace

TaskIndex::TaskIndex(const Tasks& tasks) {
  tasks.each([this](const Task& task) { add(task); });
}

template <class Key>
void TaskIndex::count(Counts<Key>& counts, Key key, int by) {
  if (!key) return;
  if (!counts.contains(key)) counts.put(key, 0);
  std::uint32_t& number = counts.mutate(key);
  number += static_cast<std::uint32_t>(by);
  if (number == 0) counts.erase(key);
}

void TaskIndex::count_all(const Task& task, int by) {
  for (const NsId ns : task.ns) count(inhabitants_, ns, by);
  count(inhabitants_, task.pid_ns_for_children, by);
  count(inhabitants_, task.time_ns_for_children, by);
  count(led_, task.process_group, by);
  count(led_, task.session, by);
  count(programs_, task.exe_at.mount, by);
}

void TaskIndex::add(const Task& task) {
  children_.put(task.parent, task.id);
  if (task.leader != task.id) threads_.put(task.leader, task.id);
  members_.put(task.in(NsKind::Pid), task.id);
  count_all(task, 1);
  ++size_;
}

void TaskIndex::remove(const Task& task) {
  children_.take(task.parent, task.id);
  threads_.take(task.leader, task.id);
  members_.take(task.in(NsKind::Pid), task.id);
  count_all(task, -1);
  --size_;
}

bool TaskIndex::empty() const {
  return children_.empty() && threads_.empty() && members_.empty() && inhabitants_.empty() &&
         led_.empty() && programs_.empty();
}

bool TaskIndex::alike(const Task& a, const Task& b) { return keys_of(a) == keys_of(b); }

}  // namespace cutaway
