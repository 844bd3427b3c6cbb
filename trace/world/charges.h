// Who pays for memory (cgroups v1 "memory.txt", v2 "Memory Ownership"): a page is charged to the
// cgroup of the task that touches it first, and stays there when the task moves on.
#pragma once

#include <vector>

#include "trace/world/world.h"

namespace cutaway {

inline constexpr std::int64_t kPageBytes = 4096;

/// The memory cgroup of a task, or none.
CgroupId memory_cgroup(const World& world, const Task& task);

/// `pages` more (charged to `pays`), or given back (< 0: the latest charges first).
void change_pages(AddressSpace& space, CgroupId pays, std::int64_t pages);

/// All charges of an address space, one entry per cgroup.
std::vector<MemoryCharge> charges_of(const AddressSpace& space);

/// Pages of a file of this size.
inline std::int64_t pages_of_size(std::int64_t bytes) {
  return (bytes + kPageBytes - 1) / kPageBytes;
}

}  // namespace cutaway
