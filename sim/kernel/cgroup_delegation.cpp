// Who may move tasks between cgroups, and write to their files, when these were given to others
// (Documentation/admin-guide/cgroup-v2.rst, "Delegation").
#include "sim/kernel/rights.h"
#include "sim/kernel/virtual_write.h"
#include "trace/world/lookup.h"
#include "trace/world/virtual_tables.h"

namespace cutaway::sim {
namespace {

/// Mounted with nsdelegate, cgroup namespaces are borders of delegation.
bool namespaces_delegate(const World& world, HierarchyId hierarchy) {
  return world.filesystems.first([&](const Filesystem& fs) {
    return fs.hierarchy == hierarchy && fs.options.find("nsdelegate") != std::string::npos;
  }) != nullptr;
}

/// The root of the asker's cgroup namespace in this hierarchy; none: the initial namespace.
CgroupId namespace_root(const Ask& ask, HierarchyId hierarchy) {
  const Namespace* ns = ask.world.namespaces.find(ask.task.in(NsKind::Cgroup));
  if (ns == nullptr) return {};
  for (const CgroupId id : ns->cgroup_roots) {
    const Cgroup* root = ask.world.cgroups.find(id);
    if (root != nullptr && root->hierarchy == hierarchy && root->parent) return id;
  }
  return {};
}

/// v1: root, or who the task belongs to (cgroup1_procs_write in kernel/cgroup/cgroup-v1.c).
bool may_move_v1(const Ask& ask, const Task& task) {
  const std::uint32_t who = ask.task.credentials.euid;
  return who == 0 || who == task.credentials.uid || who == task.credentials.suid;
}

}  // namespace

/// v2: whoever may write to cgroup.procs of what both have in common, and sees both
/// (cgroup_procs_write_permission in kernel/cgroup/cgroup.c).
abi::Errno may_move_to(const Ask& ask, const Task& task, const Cgroup& to) {
  if (ask.world.hierarchies.at(to.hierarchy).version == 1)
    return may_move_v1(ask, task) ? abi::Errno::kOk : abi::Errno::kEACCES;
  const Cgroup* from = cgroup_of(ask.world, task, "unified");
  const Cgroup* common = from;
  while (common != nullptr && !is_within(ask.world, to.id, common->id))
    common = ask.world.cgroups.find(common->parent);
  if (common == nullptr) return abi::Errno::kOk;
  const Permissions procs = cgroup_permissions(ask.world, *common, "cgroup.procs");
  if (!permitted(ask.world, ask.task, procs, kMayWrite)) return abi::Errno::kEACCES;
  const CgroupId root = namespace_root(ask, to.hierarchy);
  const bool seen =
      !root || (is_within(ask.world, from->id, root) && is_within(ask.world, to.id, root));
  return seen || !namespaces_delegate(ask.world, to.hierarchy) ? abi::Errno::kOk
                                                               : abi::Errno::kENOENT;
}

/// From inside a cgroup namespace its own root has no limits to set (cgroup_file_write).
bool may_write_from_inside(const Ask& ask, const Cgroup& cgroup, std::string_view file) {
  for (const std::string_view open : {"cgroup.procs", "cgroup.threads", "cgroup.subtree_control"}) {
    if (file == open) return true;
  }
  return namespace_root(ask, cgroup.hierarchy) != cgroup.id ||
         ask.world.hierarchies.at(cgroup.hierarchy).version == 1 ||
         !namespaces_delegate(ask.world, cgroup.hierarchy);
}

}  // namespace cutaway::sim
