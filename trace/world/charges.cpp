#include "trace/world/charges.h"

#include <algorithm>

#include "trace/world/cgroup_files.h"
#include "trace/world/lookup.h"

namespace cutaway {
namespace {

std::int64_t pages_elsewhere(const AddressSpace& space) {
  std::int64_t pages = 0;
  for (const MemoryCharge& charge : space.elsewhere) pages += charge.pages;
  return pages;
}

/// What was charged so far stays with the cgroup that paid; the next page is another's.
void change_payer(AddressSpace& space, CgroupId pays) {
  const std::int64_t own = space.pages - pages_elsewhere(space);
  if (own > 0) space.elsewhere.push_back(MemoryCharge{space.charged_to, own});
  space.charged_to = pays;
}

}  // namespace

CgroupId memory_cgroup(const World& world, const Task& task) {
  const Cgroup* cgroup = cgroup_of(world, task, "memory");
  return cgroup == nullptr ? CgroupId{} : cgroup->id;
}

std::optional<std::int64_t> counted_memory(const Cgroup& cgroup) {
  for (const char* file : {"memory.current", "memory.usage_in_bytes"}) {
    const auto used = cgroup.usage.find(file);
    if (used != cgroup.usage.end()) return used->second;
  }
  return std::nullopt;
}

std::int64_t memory_usage(const Cgroup& cgroup) { return counted_memory(cgroup).value_or(0); }

std::int64_t memory_limit(const Cgroup& cgroup) {
  return std::min(cgroup_limit(cgroup, "memory.max"),
                  cgroup_limit(cgroup, "memory.limit_in_bytes"));
}

MemoryRoom memory_room(const World& world, CgroupId cgroup) {
  MemoryRoom least;
  while (const Cgroup* at = world.cgroups.find(cgroup)) {
    cgroup = at->parent;
    const std::int64_t limit = memory_limit(*at);
    if (limit == kCgroupMax) continue;
    const std::int64_t pages = std::max<std::int64_t>(0, limit - memory_usage(*at)) / kPageBytes;
    if (pages < least.pages) least = {at->id, pages};
  }
  return least;
}

void change_pages(AddressSpace& space, CgroupId pays, std::int64_t pages) {
  if (pages >= 0) {
    if (space.charged_to != pays) change_payer(space, pays);
    space.pages += pages;
    return;
  }
  std::int64_t back = std::min(-pages, space.pages);
  const std::int64_t own = space.pages - pages_elsewhere(space);
  space.pages -= back;
  back -= std::min(back, own);
  while (back > 0 && !space.elsewhere.empty()) {
    MemoryCharge& last = space.elsewhere.back();
    const std::int64_t taken = std::min(back, last.pages);
    last.pages -= taken;
    back -= taken;
    if (last.pages == 0) space.elsewhere.pop_back();
  }
}

std::vector<MemoryCharge> charges_of(const AddressSpace& space) {
  std::vector<MemoryCharge> all;
  const auto add = [&all](CgroupId cgroup, std::int64_t pages) {
    if (!cgroup || pages == 0) return;
    for (MemoryCharge& charge : all) {
      if (charge.cgroup == cgroup) {
        charge.pages += pages;
        return;
      }
    }
    all.push_back(MemoryCharge{cgroup, pages});
  };
  add(space.charged_to, space.pages - pages_elsewhere(space));
  for (const MemoryCharge& charge : space.elsewhere) add(charge.cgroup, charge.pages);
  return all;
}

}  // namespace cutaway
