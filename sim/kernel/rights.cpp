// See rights.h.
#include "sim/kernel/rights.h"

#include <algorithm>

namespace cutaway::sim {
namespace {

bool raised(std::uint64_t set, int capability) {
  return (set & (std::uint64_t{1} << capability)) != 0;
}

NsId user_ns_of(const Task& task) { return task.in(NsKind::User); }

using Map = std::vector<IdMapping>;

bool outside_of(const Map& map, std::uint32_t inside, std::uint32_t& outside) {
  for (const IdMapping& line : map) {
    if (inside < line.inside || inside - line.inside >= line.count) continue;
    outside = line.outside + (inside - line.inside);
    return true;
  }
  return false;
}
bool inside_of(const Map& map, std::uint32_t outside, std::uint32_t& inside) {
  for (const IdMapping& line : map) {
    if (outside < line.outside || outside - line.outside >= line.count) continue;
    inside = line.inside + (outside - line.outside);
    return true;
  }
  return false;
}

/// Maps are written in ids of the parent namespace, so each level is one step.
bool to_kernel(const World& world, NsId ns, const Map Namespace::*map, std::uint32_t id,
               std::uint32_t& out) {
  for (const Namespace* at = world.namespaces.find(ns); at != nullptr && at->parent;
       at = world.namespaces.find(at->parent)) {
    if (!outside_of(at->*map, id, id)) return false;
  }
  out = id;
  return true;
}
bool from_kernel(const World& world, NsId ns, const Map Namespace::*map, std::uint32_t id,
                 std::uint32_t& out) {
  const Namespace* at = world.namespaces.find(ns);
  if (at == nullptr || !at->parent) {
    out = id;
    return true;
  }
  std::uint32_t parents = 0;
  if (!from_kernel(world, at->parent, map, id, parents)) return false;
  return inside_of(at->*map, parents, out);
}

constexpr std::uint32_t kOverflowId = 65534;

/// CAP_DAC_… count only for files whose owner and group mean something in the task's user namespace
/// (privileged_wrt_inode_uidgid).
bool capable_for(const World& world, const Task& task, const FileEntry& entry, int capability) {
  if (!capable(world, task, capability)) return false;
  std::uint32_t unused = 0;
  return from_kernel(world, user_ns_of(task), &Namespace::uid_map, entry.uid, unused) &&
         from_kernel(world, user_ns_of(task), &Namespace::gid_map, entry.gid, unused);
}

}  // namespace

bool capable_in(const World& world, const Task& task, NsId user_ns, int capability) {
  const Namespace* own = world.namespaces.find(user_ns_of(task));
  for (const Namespace* at = world.namespaces.find(user_ns); at != nullptr;
       at = world.namespaces.find(at->parent)) {
    if (at->id == user_ns_of(task)) return raised(task.credentials.effective, capability);
    if (own == nullptr || at->level <= own->level) return false;
    // (That the creator of a namespace has all capabilities in it from its parent is not modelled:
    // a Namespace does not know its creator's uid.)
  }
  return false;
}

bool capable(const World& world, const Task& task, int capability) {
  return capable_in(world, task, user_ns_of(task), capability);
}
bool capable_over(const World& world, const Task& task, NsId ns, int capability) {
  const Namespace* found = world.namespaces.find(ns);
  return found != nullptr && capable_in(world, task, found->owner, capability);
}
bool capable_on_host(const World& world, const Task& task, int capability) {
  const Namespace* own = world.namespaces.find(user_ns_of(task));
  return own != nullptr && !own->parent && raised(task.credentials.effective, capability);
}

bool in_group(const Task& task, std::uint32_t gid) {
  const std::vector<std::uint32_t>& groups = task.credentials.groups;
  return task.credentials.fsgid == gid ||
         std::find(groups.begin(), groups.end(), gid) != groups.end();
}

bool permitted(const World& world, const Task& task, const FileEntry& entry, std::uint32_t mask,
               bool real) {
  const Credentials& who = task.credentials;
  const std::uint32_t uid = real ? who.uid : who.fsuid;
  const bool group =
      real ? who.gid == entry.gid || in_group(task, entry.gid) : in_group(task, entry.gid);
  std::uint32_t bits = entry.mode & 7U;
  if (group) bits = (entry.mode >> 3U) & 7U;
  if (uid == entry.uid) bits = (entry.mode >> 6U) & 7U;
  if ((bits & mask) == mask) return true;
  // CAP_DAC_OVERRIDE passes all but executing a file that has no x bit at all; CAP_DAC_READ_SEARCH
  // passes reading, and searching directories (generic_permission in fs/namei.c).
  const bool any_x = (entry.mode & 0111U) != 0;
  const bool overrides = (mask & kMayExecute) == 0 || any_x || entry.directory();
  if (overrides && capable_for(world, task, entry, cap::kDacOverride)) return true;
  const std::uint32_t readable = entry.directory() ? kMayRead | kMayExecute : kMayRead;
  return (mask & ~readable) == 0 && capable_for(world, task, entry, cap::kDacReadSearch);
}

bool owns(const World& world, const Task& task, const FileEntry& entry) {
  return task.credentials.fsuid == entry.uid || capable_for(world, task, entry, cap::kFowner);
}

std::uint32_t shown_uid(const World& world, NsId user_ns, std::uint32_t kuid) {
  std::uint32_t id = 0;
  return from_kernel(world, user_ns, &Namespace::uid_map, kuid, id) ? id : kOverflowId;
}
std::uint32_t shown_gid(const World& world, NsId user_ns, std::uint32_t kgid) {
  std::uint32_t id = 0;
  return from_kernel(world, user_ns, &Namespace::gid_map, kgid, id) ? id : kOverflowId;
}
bool kernel_uid(const World& world, NsId user_ns, std::uint32_t uid, std::uint32_t& kuid) {
  return to_kernel(world, user_ns, &Namespace::uid_map, uid, kuid);
}
bool kernel_gid(const World& world, NsId user_ns, std::uint32_t gid, std::uint32_t& kgid) {
  return to_kernel(world, user_ns, &Namespace::gid_map, gid, kgid);
}

}  // namespace cutaway::sim
