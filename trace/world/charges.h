// Who pays for memory (cgroups v1 "memory.txt", v2 "Memory Ownership"): a page is charged to the
// cgroup of the task that touches it first, and stays there when the task moves on.
#pragma once

#include <optional>
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

/// What is charged to a memory cgroup, and what may be at most, under the file's name of either
/// version; kCgroupMax: no limit.
std::int64_t memory_usage(const Cgroup& cgroup);
/// The same; none where nobody has counted it or read the count.
std::optional<std::int64_t> counted_memory(const Cgroup& cgroup);
std::int64_t memory_limit(const Cgroup& cgroup);

/// A cgroup's charges count in all above it, and each may have a limit: the one with least room for
/// more pages (page_counter_try_charge in mm/page_counter.c).
struct MemoryRoom {
  CgroupId cgroup;
  std::int64_t pages = INT64_MAX;
};
MemoryRoom memory_room(const World& world, CgroupId cgroup);

/// Pages of a file of this size.
inline std::int64_t pages_of_size(std::int64_t bytes) {
  return (bytes + kPageBytes - 1) / kPageBytes;
}

}  // namespace cutaway
