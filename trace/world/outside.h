// What runs around this machine, when it is a virtual one (docker on a Mac or on Windows).
#pragma once

#include "trace/world/world.h"

namespace cutaway {

/// A program of the computer around the VM: another kernel's, which has neither cgroups nor
/// namespaces. (Each task of a Linux kernel belongs to a cgroup.)
inline bool is_outside(const World& world, const Task& task) {
  return world.machine.os != HostOs::Linux && task.cgroups.empty();
}

}  // namespace cutaway
