// Who is who in a World: the host, containers by the names people know, the tasks inside them.
// Picture and text twin both ask here, so that they never name the same thing differently.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trace/world/world.h"

namespace cutaway::viz {

/// The task whose namespaces are "the host's": pid 1; else the first one known. May be null.
[[nodiscard]] const cutaway::Task* host_task(const World& world);
/// Is this namespace of the task another one than the host's?
[[nodiscard]] bool owns(const World& world, const cutaway::Task& task, cutaway::NsKind kind);

/// Does the task live in a container? Client, daemon, shim and runtime work for one from outside.
[[nodiscard]] bool is_inside(const World& world, const cutaway::Task& task);
/// The container in which a task lives; null on the host.
[[nodiscard]] const cutaway::Container* home_of(const World& world, const cutaway::Task& task);
/// Its processes (not threads), by their number inside; zombies too.
[[nodiscard]] std::vector<const cutaway::Task*> tasks_of(const World& world, ContainerId container);
/// The first that has not ended: it shows which namespaces and descriptors the container has.
[[nodiscard]] const cutaway::Task* first_alive(const World& world, ContainerId container);
[[nodiscard]] const cutaway::Task* first_alive(const std::vector<const cutaway::Task*>& tasks);
/// By their number inside; of equal ones the older first.
void sort_by_own_pid(std::vector<const cutaway::Task*>& tasks);
/// The process to which a task (a thread) belongs, or itself.
[[nodiscard]] const cutaway::Task* process_of(const World& world, TaskId task);
/// Is the container's first process still being prepared, so that execve is to come?
[[nodiscard]] bool is_preparing(const World& world, const cutaway::Container& container);
[[nodiscard]] bool is_preparing(const cutaway::Container& container, const cutaway::Task* first);

/// "web" when somebody gave it that name; else the beginning of its id, as long as it needs to be.
[[nodiscard]] std::string container_name(const World& world, const cutaway::Container& container);
/// By slot, then by number.
[[nodiscard]] std::vector<const cutaway::Container*> containers_by_slot(const World& world);
/// The cgroup that was made for it, in the hierarchy with this controller; null before that.
[[nodiscard]] const Cgroup* cgroup_made_for(const World& world, const cutaway::Container& container,
                                            std::string_view controller);
/// The same of whoever knows its first task that is alive; may be null.
[[nodiscard]] const Cgroup* cgroup_made_for(const World& world, const cutaway::Container& container,
                                            const cutaway::Task* first,
                                            std::string_view controller);

/// "dockerd, 812 on the host", "echo, 1 in 8f2c (4711 on the host)"; "a task that is gone".
[[nodiscard]] std::string task_words(const World& world, TaskId task);
/// The same, short: "dockerd 812", "1 in 8f2c"; empty for none.
[[nodiscard]] std::string task_tag(const World& world, TaskId task);
/// Its parent, "4698 shim"; "none".
[[nodiscard]] std::string parent_words(const World& world, const cutaway::Task& task);
/// "runs", "waits for pipe:[12]", "ended, not collected".
[[nodiscard]] std::string task_state_words(const cutaway::Task& task);
/// "no filter", "strict", "1 filter".
[[nodiscard]] std::string seccomp_words(const Credentials& who);
/// "14 of 41".
[[nodiscard]] std::string capability_words(std::uint64_t set);
/// What a container is now: "created", "creating", "running", "exited 0".
[[nodiscard]] std::string state_words(const World& world, const cutaway::Container& container);
/// The same of whoever has its tasks at hand.
[[nodiscard]] std::string state_words(const cutaway::Container& container,
                                      const std::vector<const cutaway::Task*>& tasks);

}  // namespace cutaway::viz
