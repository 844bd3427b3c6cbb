// Who may make and join namespaces: namespaces(7), user_namespaces(7), pid_namespaces(7).
#pragma once

#include "sim/kernel/decision.h"

namespace cutaway::sim {

/// Of the CLONE_NEW… bits of clone(2) and unshare(2): EPERM without rights, ENOSPC when nested too
/// deep.
abi::Errno may_make_namespaces(const Ask& ask, std::uint64_t flags);
/// Is the task's thread group or its signal handlers shared with another task?
bool shares_process(const World& world, const Task& task);

}  // namespace cutaway::sim
