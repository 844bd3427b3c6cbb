// See scheduler.h.
#include "sim/core/scheduler.h"

#include "base/check.h"

namespace cutaway::sim {

void Agenda::add(std::int64_t t, Happening what, TaskId task, std::uint32_t ticket) {
  items_.push(AgendaItem{t, order_++, what, task, ticket});
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

std::int32_t Cpus::occupy(TaskId task, std::int32_t last_cpu) {
  std::size_t cpu = 0;
  const auto last = static_cast<std::size_t>(last_cpu);
  if (last_cpu >= 0 && last < task_on_.size() && !task_on_[last]) cpu = last;
  while (task_on_[cpu]) {
    ++cpu;
    CHECK(cpu < task_on_.size());
  }
  task_on_[cpu] = task;
  return static_cast<std::int32_t>(cpu);
}

TaskId Cpus::take_next() {
  CHECK(!queue_.empty());
  const TaskId task = queue_.front();
  queue_.pop_front();
  return task;
}

void Cpus::release(std::int32_t cpu) {
  CHECK(cpu >= 0 && static_cast<std::size_t>(cpu) < task_on_.size());
  task_on_[static_cast<std::size_t>(cpu)] = TaskId{};
}

}  // namespace cutaway::sim
