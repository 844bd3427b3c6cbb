// See rights.h.
#include "sim/kernel/rights.h"

#include <algorithm>
#include <optional>

#include "trace/world/id_map.h"

namespace cutaway::sim {
namespace {

bool raised(std::uint64_t set, int capability) {
  return (set & (std::uint64_t{1} << capability)) != 0;
}

}  // namespace

bool capable_for(const World& world, const Task& task, const Permissions& file, int capability) {
  if (!capable(world, task, capability)) return false;
  return from_kernel_id(world, user_ns_of(task), IdKind::User, file.uid) &&
         from_kernel_id(world, user_ns_of(task), IdKind::Group, file.gid);
}

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

bool capable_over_filesystem(const World& world, const Task& task, FilesystemId fs,
                             int capability) {
  const Filesystem* found = world.filesystems.find(fs);
  return found != nullptr && found->owner ? capable_in(world, task, found->owner, capability)
                                          : capable_on_host(world, task, capability);
}

bool in_group(const Task& task, std::uint32_t gid) {
  const std::vector<std::uint32_t>& groups = task.credentials.groups;
  return task.credentials.fsgid == gid ||
         std::find(groups.begin(), groups.end(), gid) != groups.end();
}

Task with_real_ids(const World& world, const Task& task) {
  Task asking = task;
  Credentials& as = asking.credentials;
  as.fsuid = as.uid;
  as.fsgid = as.gid;
  as.effective = shown_uid(world, user_ns_of(task), as.uid) == 0 ? as.permitted : 0;
  return asking;
}

bool permitted(const World& world, const Task& task, const Permissions& file, std::uint32_t mask) {
  const Credentials& who = task.credentials;
  const std::uint32_t uid = who.fsuid;
  const bool group = in_group(task, file.gid);
  std::uint32_t bits = file.mode & 7U;
  if (group) bits = (file.mode >> 3U) & 7U;
  if (uid == file.uid) bits = (file.mode >> 6U) & 7U;
  if ((bits & mask) == mask) return true;
  // CAP_DAC_OVERRIDE passes all but executing a file that has no x bit at all; CAP_DAC_READ_SEARCH
  // passes reading, and searching directories (generic_permission in fs/namei.c).
  const bool any_x = (file.mode & 0111U) != 0;
  const bool overrides = (mask & kMayExecute) == 0 || any_x || file.directory();
  if (overrides && capable_for(world, task, file, cap::kDacOverride)) return true;
  const std::uint32_t readable = file.directory() ? kMayRead | kMayExecute : kMayRead;
  return (mask & ~readable) == 0 && capable_for(world, task, file, cap::kDacReadSearch);
}

bool owns(const World& world, const Task& task, const Permissions& file) {
  return task.credentials.fsuid == file.uid || capable_for(world, task, file, cap::kFowner);
}

std::uint32_t shown_uid(const World& world, NsId user_ns, std::uint32_t kuid) {
  return from_kernel_id(world, user_ns, IdKind::User, kuid).value_or(kOverflowId);
}
std::uint32_t shown_gid(const World& world, NsId user_ns, std::uint32_t kgid) {
  return from_kernel_id(world, user_ns, IdKind::Group, kgid).value_or(kOverflowId);
}
bool kernel_uid(const World& world, NsId user_ns, std::uint32_t uid, std::uint32_t& kuid) {
  const std::optional<std::uint32_t> found = to_kernel_id(world, user_ns, IdKind::User, uid);
  if (found) kuid = *found;
  return found.has_value();
}
bool kernel_gid(const World& world, NsId user_ns, std::uint32_t gid, std::uint32_t& kgid) {
  const std::optional<std::uint32_t> found = to_kernel_id(world, user_ns, IdKind::Group, gid);
  if (found) kgid = *found;
  return found.has_value();
}

}  // namespace cutaway::sim
