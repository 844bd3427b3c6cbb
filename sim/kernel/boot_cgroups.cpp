// The host's cgroup hierarchies and the slices that systemd makes in them (cgroups(7),
// systemd.slice(5)).
#include <algorithm>

#include "base/text.h"
#include "sim/kernel/boot_builder.h"

namespace cutaway::sim {
namespace {

using Words = std::vector<std::string>;

/// v1: one hierarchy for each controller, and systemd's own without any (cgroup-v1/cgroups.rst).
const std::vector<Words>& version_one() {
  static const std::vector<Words> all = {
      {"name=systemd"}, {"cpuset"},  {"cpu", "cpuacct"},      {"blkio"},      {"memory"},
      {"devices"},      {"freezer"}, {"net_cls", "net_prio"}, {"perf_event"}, {"hugetlb"},
      {"pids"}};
  return all;
}
const Words& version_two() {
  static const Words all = {"cpu", "cpuset", "hugetlb", "io", "memory", "misc", "pids", "rdma"};
  return all;
}
/// What systemd and docker enable for children on v2.
constexpr std::string_view kEnabled = "cpu cpuset io memory pids";

/// What the kernel itself holds: slabs, page tables, its image. Charged to nobody but the machine.
constexpr std::int64_t kKernelBytes = std::int64_t{188} << 20;

bool has_controller(const Hierarchy& hierarchy, std::string_view controller) {
  const Words& all = hierarchy.controllers;
  return std::find(all.begin(), all.end(), std::string(controller)) != all.end();
}

/// A v1 cpuset without cpus takes no members, so whoever makes one fills it (cpuset(7)).
void fill_cpusets(World& world, HierarchyId hierarchy) {
  const std::int64_t last = std::int64_t{world.machine.cpus} - 1;
  std::vector<CgroupId> all;
  world.cgroups.each([&all, hierarchy](const Cgroup& cgroup) {
    if (cgroup.hierarchy == hierarchy) all.push_back(cgroup.id);
  });
  for (const CgroupId id : all) {
    auto& limits = world.cgroups.mutate(id).limits;
    limits["cpuset.cpus"] = last == 0 ? "0" : "0-" + decimal(last);
    limits["cpuset.mems"] = "0";
  }
}

}  // namespace

HierarchyId BootBuilder::hierarchy(std::int32_t version, Words controllers) {
  Hierarchy made;
  made.id = HierarchyId{++world.counters.hierarchy};
  made.version = version;
  made.controllers = std::move(controllers);
  world.hierarchies.put(made.id, made);
  const CgroupId root = cgroup(made.id, CgroupId{}, "/");
  world.hierarchies.mutate(made.id).root = root;
  hierarchies_.push_back(made.id);
  return made.id;
}

CgroupId BootBuilder::cgroup(HierarchyId hierarchy, CgroupId parent, std::string_view path) {
  Cgroup made;
  made.id = CgroupId{++world.counters.cgroup};
  made.hierarchy = hierarchy;
  made.parent = parent;
  made.path = std::string(path);
  world.cgroups.put(made.id, made);
  return made.id;
}

void BootBuilder::count(CgroupId id, std::string_view file, std::int64_t by) {
  while (id) {
    Cgroup& at = world.cgroups.mutate(id);
    if (at.parent) at.usage[std::string(file)] += by;
    id = at.parent;
  }
}

void BootBuilder::slices(const Hierarchy& made) {
  const CgroupId root = made.root;
  if (made.version == 2 && !made.controllers.empty()) {
    world.cgroups.mutate(root).limits["cgroup.subtree_control"] = std::string(kEnabled);
  }
  if (has_controller(made, "memory")) {
    const char* file = made.version == 2 ? "memory.stat kernel" : "memory.kmem.usage_in_bytes";
    world.cgroups.mutate(root).usage[file] = kKernelBytes;
  }
  cgroup(made.id, root, "/init.scope");
  const CgroupId system = cgroup(made.id, root, "/system.slice");
  cgroup(made.id, system, "/system.slice/docker.service");
  cgroup(made.id, root, "/user.slice");
  const CgroupId docker = cgroup(made.id, root, "/docker");
  if (made.version == 2 && !made.controllers.empty()) {
    for (const CgroupId id : {system, docker}) {
      world.cgroups.mutate(id).limits["cgroup.subtree_control"] = std::string(kEnabled);
    }
  }
  if (made.version == 1 && has_controller(made, "cpuset")) fill_cpusets(world, made.id);
}

void BootBuilder::cgroups() {
  const CgroupVersion version = world.machine.cgroup;
  if (version != CgroupVersion::V2) {
    for (const Words& controllers : version_one()) hierarchy(1, controllers);
  }
  // Hybrid: v2 is there without controllers, to name services by (systemd's "unified").
  if (version == CgroupVersion::V2) hierarchy(2, version_two());
  if (version == CgroupVersion::Hybrid) hierarchy(2, {});
  for (const HierarchyId id : hierarchies_) slices(world.hierarchies.at(id));
}

}  // namespace cutaway::sim
