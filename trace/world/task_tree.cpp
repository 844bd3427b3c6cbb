#include "trace/world/task_tree.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

bool tasks_are_indexed(const World& world) { return world.task_index.size() == world.tasks.size(); }

/// For whoever may not make one; `own` is where it lies then.
const TaskIndex& index_of(const World& world, TaskIndex& own) {
  if (tasks_are_indexed(world)) return world.task_index;
  own = TaskIndex(world.tasks);
  return own;
}

TaskIndex& index_tasks(World& world) {
  if (!tasks_are_indexed(world)) world.task_index = TaskIndex(world.tasks);
  return world.task_index;
}

}  // namespace

std::vector<TaskId> children_of(const World& world, TaskId parent) {
  TaskIndex own;
  std::vector<TaskId> children = index_of(world, own).children(parent);
  const auto is_thread = [&world](TaskId id) { return world.tasks.at(id).leader != id; };
  children.erase(std::remove_if(children.begin(), children.end(), is_thread), children.end());
  return children;
}

std::vector<TaskId> threads_of(const World& world, TaskId leader) {
  TaskIndex own;
  std::vector<TaskId> threads = index_of(world, own).threads(leader);
  if (world.tasks.contains(leader)) threads.insert(threads.begin(), leader);
  return threads;
}

std::vector<TaskId> members_of(const World& world, NsId pid_ns) {
  TaskIndex own;
  return index_of(world, own).members(pid_ns);
}

bool is_inhabited(const World& world, NsId ns) {
  TaskIndex own;
  return index_of(world, own).inhabited(ns);
}

bool leads_others(const World& world, TaskId leader) {
  TaskIndex own;
  return index_of(world, own).leads(leader);
}

bool runs_from(const World& world, MountId mount) {
  TaskIndex own;
  return index_of(world, own).runs_from(mount);
}

void put_task(World& world, Task task) {
  TaskIndex& index = index_tasks(world);
  const Task* before = world.tasks.find(task.id);
  if (before == nullptr || !TaskIndex::alike(*before, task)) {
    if (before != nullptr) index.remove(*before);
    index.add(task);
  }
  const TaskId id = task.id;
  world.tasks.put(id, std::move(task));
}

void erase_task(World& world, TaskId id) {
  index_tasks(world).remove(world.tasks.at(id));
  world.tasks.erase(id);
}

void change_process(World& world, TaskId member, const std::function<void(Task&)>& change) {
  const Task* found = world.tasks.find(member);
  if (found == nullptr) return;
  for (const TaskId id : threads_of(world, found->leader)) {
    Task task = world.tasks.at(id);
    change(task);
    put_task(world, std::move(task));
  }
}

}  // namespace cutaway
