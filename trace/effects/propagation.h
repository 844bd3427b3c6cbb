// Shared subtrees (mount_namespaces(7), Documentation/filesystems/sharedsubtree.rst): where else a
// mount event happens. Pure.
#pragma once

#include <vector>

#include "trace/world/world.h"

namespace cutaway {

/// A mount that a mount on `from` propagates to.
struct Receiver {
  MountId mount;
  bool peer = false;  ///< same peer group as the origin: its copy is a peer; else a slave's copy
  std::uint32_t origin = 0;  ///< slave: the peer group whose copy is its master
};

/// All that receive what happens on `origin`, masters before their slaves; `origin` itself left
/// out.
std::vector<Receiver> receivers_of(const World& world, const Mount& origin);

/// What `mount`'s parent's receivers have where `mount` is: they are unmounted with it
/// (propagate_umount in fs/pnode.c).
std::vector<MountId> twins_of(const World& world, const Mount& mount);

}  // namespace cutaway
