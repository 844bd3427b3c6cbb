// What mount(2) and its relatives check: whose mount this is, who uses it, which file systems there
// are.
#pragma once

#include "sim/kernel/paths.h"

namespace cutaway::sim {

/// The mount whose root this place is, when it is in the task's mount namespace; else null.
const Mount* own_mount(const Ask& ask, const Location& where);
/// The mount that holds this place, when it is in the task's mount namespace; else null.
const Mount* own_ns(const Ask& ask, const Location& where);
/// What has no name any more is no place for a mount, and none is copied from there (d_set_mounted
/// in fs/dcache.c).
bool is_removed(const World& world, const Location& where);
/// Something is open, working or mounted on it, or on what is unmounted with it (umount(2), EBUSY).
bool mount_busy(const World& world, const Mount& mount);
bool has_locked_children(const World& world, const Mount& mount, const std::string& below = "/");
/// A new file system at `target`: is there such a type, who may mount it, what does its data say?
Decision may_mount_new(const Ask& ask, const Walk& target);

}  // namespace cutaway::sim
