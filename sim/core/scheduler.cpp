// See scheduler.h.
#include "sim/core/scheduler.h"

#include "base/check.h"

namespace cutaway::sim {

void Agenda::add(std::int64_t t, Happening what, TaskId task, std::uint32_t ticket) {
  items_.push(AgendaItem{t, order_++, what, task, CgroupId{}, ticket});
}

void Agenda::add_quota(std::int64_t t, CgroupId cgroup, std::uint32_t ticket) {
  items_.push(AgendaItem{t, order_++, Happening::QuotaDue, TaskId{}, cgroup, ticket});
}

AgendaItem Agenda::take() {
  CHECK(!items_.empty());
  const AgendaItem item = items_.top();
  items_.pop();
  return item;
}

void Cpus::forget(TaskId task) {
  for (auto it = queue_.begin(); it != queue_.end(); ++it) {
    if (*it != task) continue;
    queue_.erase(it);
    return;
  }
}

bool Cpus::any_free() const {
  for (const TaskId task : task_on_) {
    if (!task) return true;
  }
  return false;
}

bool Cpus::is_free(std::int32_t cpu) const {
  return cpu >= 0 && cpu < count() && !task_on_[static_cast<std::size_t>(cpu)];
}

void Cpus::occupy(TaskId task, std::int32_t cpu) {
  CHECK(is_free(cpu));
  forget(task);
  task_on_[static_cast<std::size_t>(cpu)] = task;
}

void Cpus::release(std::int32_t cpu) {
  CHECK(cpu >= 0 && static_cast<std::size_t>(cpu) < task_on_.size());
  task_on_[static_cast<std::size_t>(cpu)] = TaskId{};
}

}  // namespace cutaway::sim
