// Writing to computed files (proc(5), cgroups(7)): what the kernel accepts, by file.
#pragma once

#include "sim/kernel/decision.h"

namespace cutaway::sim {

/// Would a write of the request's data to this file be taken? What it changes is trace/effects.
abi::Errno virtual_write_verdict(const Ask& ask, const OpenFile& file);
/// … to a file of a cgroup (cgroup_write.cpp).
abi::Errno cgroup_write_verdict(const Ask& ask, const OpenFile& file, const Filesystem& fs);

/// … cgroup.procs, to move this task (cgroup_delegation.cpp).
abi::Errno may_move_to(const Ask& ask, const Task& task, const Cgroup& to);
/// … from inside a cgroup namespace.
bool may_write_from_inside(const Ask& ask, const Cgroup& cgroup, std::string_view file);

}  // namespace cutaway::sim
