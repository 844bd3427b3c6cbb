#include "viz/text/people.h"

#include <algorithm>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

bool lives_inside_by_role(Role role) {
  return role == Role::Init || role == Role::Workload || role == Role::Exec;
}

// The record keeps the words that were typed; a name that the daemon made up is not among them.
bool was_named(const cutaway::Container& container) {
  return !container.name.empty() &&
         (container.config.find("\"" + container.name + "\"") != std::string::npos ||
          container.config.find("--name=" + container.name + "\"") != std::string::npos);
}

bool another_begins_with(const World& world, const cutaway::Container& container,
                         std::string_view prefix) {
  return world.containers.first([&](const cutaway::Container& other) {
    return other.number != container.number && starts_with(other.id, prefix);
  }) != nullptr;
}

}  // namespace

const cutaway::Task* host_task(const World& world) {
  const cutaway::Task* first = task_by_pid(world, 1);
  return first != nullptr ? first : world.tasks.first([](const cutaway::Task&) { return true; });
}

bool owns(const World& world, const cutaway::Task& task, cutaway::NsKind kind) {
  const cutaway::Task* host = host_task(world);
  return host != nullptr && task.in(kind) && host->in(kind) && task.in(kind) != host->in(kind);
}

bool is_inside(const World& world, const cutaway::Task& task) {
  if (!task.container) return false;
  return lives_inside_by_role(task.role) || owns(world, task, cutaway::NsKind::Pid);
}

const cutaway::Container* home_of(const World& world, const cutaway::Task& task) {
  return is_inside(world, task) ? world.containers.find(task.container) : nullptr;
}

std::vector<const cutaway::Task*> tasks_of(const World& world, ContainerId container) {
  std::vector<const cutaway::Task*> found;
  if (!container) return found;
  world.tasks.each([&](const cutaway::Task& task) {
    const bool process = task.leader == task.id;
    if (process && task.container == container && is_inside(world, task)) found.push_back(&task);
  });
  sort_by_own_pid(found);
  return found;
}

void sort_by_own_pid(std::vector<const cutaway::Task*>& tasks) {
  std::stable_sort(tasks.begin(), tasks.end(), [](const cutaway::Task* a, const cutaway::Task* b) {
    return own_pid(*a) < own_pid(*b);
  });
}

const cutaway::Task* first_alive(const std::vector<const cutaway::Task*>& tasks) {
  const auto alive = std::find_if(tasks.begin(), tasks.end(),
                                  [](const cutaway::Task* task) { return !task->zombie(); });
  return alive == tasks.end() ? nullptr : *alive;
}

const cutaway::Task* first_alive(const World& world, ContainerId container) {
  return first_alive(tasks_of(world, container));
}

const cutaway::Task* process_of(const World& world, TaskId id) {
  const cutaway::Task* task = world.tasks.find(id);
  const cutaway::Task* leader = task == nullptr ? nullptr : world.tasks.find(task->leader);
  return leader != nullptr ? leader : task;
}

bool is_preparing(const World& world, const cutaway::Container& container) {
  return is_preparing(container, first_alive(world, container.number));
}

bool is_preparing(const cutaway::Container& container, const cutaway::Task* first) {
  const bool before = container.state == ContainerState::Created && container.error.empty();
  return before && first != nullptr && first->role != Role::Workload &&
         first->argv != container.argv;
}

std::string container_name(const World& world, const cutaway::Container& container) {
  if (was_named(container)) return container.name;
  for (std::size_t length = 4; length < container.id.size(); ++length) {
    const std::string prefix = container.id.substr(0, length);
    if (!another_begins_with(world, container, prefix)) return prefix;
  }
  return container.id.empty() ? container.name : container.id;
}

std::vector<const cutaway::Container*> containers_by_slot(const World& world) {
  std::vector<const cutaway::Container*> found;
  world.containers.each([&found](const cutaway::Container& c) { found.push_back(&c); });
  std::stable_sort(
      found.begin(), found.end(),
      [](const cutaway::Container* a, const cutaway::Container* b) { return a->slot < b->slot; });
  return found;
}

const Cgroup* cgroup_made_for(const World& world, const cutaway::Container& container,
                              std::string_view controller) {
  return cgroup_made_for(world, container, first_alive(world, container.number), controller);
}

const Cgroup* cgroup_made_for(const World& world, const cutaway::Container& container,
                              const cutaway::Task* first, std::string_view controller) {
  const Cgroup* cgroup = first == nullptr ? nullptr : cgroup_of(world, *first, controller);
  if (cgroup == nullptr) return nullptr;
  const bool known = std::find(container.cgroups.begin(), container.cgroups.end(), cgroup->id) !=
                     container.cgroups.end();
  const bool named = !container.id.empty() && cgroup->path.find(container.id) != std::string::npos;
  return known || named ? cgroup : nullptr;
}

std::string task_words(const World& world, TaskId id) {
  const cutaway::Task* task = world.tasks.find(id);
  if (task == nullptr) return id ? "a task that is gone" : "the kernel";
  const std::string on_host = decimal(task->pid()) + " on the host";
  const cutaway::Container* home = home_of(world, *task);
  if (home == nullptr) return task->comm + ", " + on_host;
  return task->comm + ", " + decimal(own_pid(*task)) + " in " + container_name(world, *home) +
         " (" + on_host + ")";
}

std::string task_tag(const World& world, TaskId id) {
  const cutaway::Task* task = world.tasks.find(id);
  if (task == nullptr) return {};
  const cutaway::Container* home = home_of(world, *task);
  if (home == nullptr) return task->comm + " " + decimal(task->pid());
  return decimal(own_pid(*task)) + " in " + container_name(world, *home);
}

std::string state_words(const World& world, const cutaway::Container& container) {
  return state_words(container, tasks_of(world, container.number));
}

std::string state_words(const cutaway::Container& container,
                        const std::vector<const cutaway::Task*>& tasks) {
  switch (container.state) {
    case ContainerState::Created:
      if (is_preparing(container, first_alive(tasks))) return "creating";
      return tasks.empty() ? "created" : "running";
    case ContainerState::Running:
      return tasks.empty() ? "ended" : "running";
    case ContainerState::Paused:
      return "paused";
    case ContainerState::Exited:
      return "exited " + decimal(container.exit_code);
    case ContainerState::Dead:
      return "dead";
  }
  return {};
}

std::string parent_words(const World& world, const cutaway::Task& task) {
  const cutaway::Task* parent = world.tasks.find(task.parent);
  return parent == nullptr ? "none" : decimal(parent->pid()) + " " + parent->comm;
}

std::string task_state_words(const cutaway::Task& task) {
  switch (task.state) {
    case TaskState::Running:
      return "runs";
    case TaskState::Runnable:
      return "can run";
    case TaskState::Blocked:
      return task.waits_on.empty() ? "waits" : "waits for " + task.waits_on;
    case TaskState::Stopped:
      return "stopped";
    case TaskState::Zombie:
      return "ended, not collected";
  }
  return "";
}

std::string seccomp_words(const Credentials& who) {
  if (who.seccomp == SeccompMode::Off) return "no filter";
  if (who.seccomp == SeccompMode::Strict) return "strict";
  return counted(who.seccomp_filters, "filter");
}

std::string capability_words(std::uint64_t set) {
  return decimal(__builtin_popcountll(set)) + " of " + decimal(abi::kCapabilityCount);
}

}  // namespace cutaway::viz
