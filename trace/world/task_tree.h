// Tasks and who belongs to whom: what to ask instead of going through all of them, and the only way
// in which evolve changes what the index of tasks goes by.
#pragma once

#include <functional>
#include <vector>

#include "trace/world/world.h"

namespace cutaway {

/// Processes that have this parent, zombies too.
std::vector<TaskId> children_of(const World& world, TaskId parent);
/// All tasks of a process, the leader first; zombies too.
std::vector<TaskId> threads_of(const World& world, TaskId leader);
/// Those whose own pid namespace it is, zombies too.
std::vector<TaskId> members_of(const World& world, NsId pid_ns);
/// Is a task in this namespace, or will its children be?
bool is_inhabited(const World& world, NsId ns);
/// Is a task of the process group or session that is called by this leader's number?
bool leads_others(const World& world, TaskId leader);
/// Does a task run a program from this mount?
bool runs_from(const World& world, MountId mount);

void put_task(World& world, Task task);
void erase_task(World& world, TaskId id);
/// What is the same for all threads of a process: changes it in each.
void change_process(World& world, TaskId member, const std::function<void(Task&)>& change);

}  // namespace cutaway
