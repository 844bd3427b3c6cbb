// What the files of computed file systems say: proc(5), cgroups(7), sysfs(5). A pure function of
// the World and of who asks; a file that is not modelled is empty.
#pragma once

#include <string>

#include "trace/world/virtual_tables.h"
#include "trace/world/world.h"

namespace cutaway {

/// The content of the computed file at `where`, as `viewer` would read it.
std::string virtual_content(const World& world, const Task& viewer, const Location& where);

// Each by subject.
std::string proc_system_content(const World& world, const Task& viewer, const std::string& path);
std::string proc_task_content(const World& world, const Task& viewer, const Filesystem& proc,
                              const ProcPlace& place);
std::string proc_status(const World& world, const Task& viewer, const Filesystem& proc,
                        const Task& task);
std::string proc_stat(const World& world, const Filesystem& proc, const Task& task);
std::string proc_mounts(const World& world, const Task& viewer, const Task& task);
std::string proc_mountinfo(const World& world, const Task& viewer, const Task& task);
std::string cgroup_content(const World& world, const Task& viewer, const CgroupPlace& place);

/// A cgroup's path as seen from the viewer's cgroup namespace ("/../.." outside its root).
std::string cgroup_path_seen_by(const World& world, const Task& viewer, const Cgroup& cgroup);
/// Pages that tasks have touched and files of a tmpfs hold, on the whole machine.
std::int64_t pages_in_use(const World& world);

}  // namespace cutaway
