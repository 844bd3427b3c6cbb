// Questions to a World that many ask: who is pid 7, which cgroup, which descriptor. All pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/world/world.h"

namespace cutaway {

/// The task with this number in the initial pid namespace (zombies too), or null.
const Task* task_by_pid(const World& world, std::int32_t pid);
/// The task with this number as seen from pid namespace `ns`, or null.
const Task* task_by_pid_in(const World& world, NsId ns, std::int32_t pid);
/// Its number as seen from pid namespace `ns`; 0 when it is not visible there.
std::int32_t pid_in(const World& world, const Task& task, NsId ns);
/// Its number in its own pid namespace.
std::int32_t own_pid(const Task& task);
/// The number by which a group or session is called, also when its leader is gone; 0 when it is not
/// visible there.
std::int32_t leader_pid_in(const World& world, TaskId leader, NsId ns);
/// Whom a group's or session's number means: its leader, or who was. None: nobody.
TaskId leader_by_pid_in(const World& world, NsId ns, std::int32_t pid);
/// Parent's number as getppid() tells it: 0 when the parent is not visible.
std::int32_t parent_pid(const World& world, const Task& task);

const OpenFile* file_of(const World& world, const Task& task, std::int64_t fd);
/// The lowest free descriptor, at least `from`.
std::int32_t lowest_free_fd(const World& world, const Task& task, std::int32_t from = 0);

/// The task's cgroup in the hierarchy that has this controller ("memory"), or null.
const Cgroup* cgroup_of(const World& world, const Task& task, std::string_view controller);
/// Is it `top`, or somewhere below it?
bool is_within(const World& world, CgroupId cgroup, CgroupId top);
const Cgroup* cgroup_by_path(const World& world, HierarchyId hierarchy, std::string_view path);
/// Does nobody share this task's handlers? Then its process has no other thread: threads share them
/// (clone(2), CLONE_THREAD), and a zombie holds its own until it is waited for.
bool has_own_handlers(const World& world, const Task& task);
/// A living thread of a process (the leader while it lives), or none: a leader that has ended stays
/// a zombie that nobody can wait for until its last thread has ended, too (delay_group_leader).
TaskId living_thread(const World& world, TaskId leader);
/// Is `inner` the same as or below `outer` (pid or user namespaces)?
bool descends_from(const World& world, NsId inner, NsId outer);

/// The command that ends when its client does: the last of this task that runs, else the first that
/// runs. Index into engine.commands.
std::optional<std::size_t> command_of(const World& world, TaskId client);
/// The network interface of this name ("eth0"), or null.
const Interface* link_by_name(const Namespace& net, std::string_view name);
const Container* container_by_name(const World& world, std::string_view id_or_name);

std::string_view ns_kind_name(NsKind kind);  // "mnt"
std::uint64_t ns_clone_flag(NsKind kind);    // CLONE_NEWNS
std::string_view role_name(Role role);       // "workload"

}  // namespace cutaway
