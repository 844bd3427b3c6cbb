#include "trace/world/charges.h"

#include <algorithm>

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
