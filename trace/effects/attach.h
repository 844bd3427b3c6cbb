// Hanging a tree of mounts somewhere, with everything that propagation adds (fs/namespace.c,
// attach_recursive_mnt; fs/pnode.c, propagate_mnt).
#pragma once

#include <string>
#include <vector>

#include "trace/effects/effects.h"

namespace cutaway {

/// A mount to be made: one node of a tree, parents before children.
struct MountPlan {
  static constexpr std::size_t kTop = static_cast<std::size_t>(-1);
  Mount mount;                ///< id, ns, parent and target are filled in when it is attached
  std::size_t parent = kTop;  ///< index of its parent in the plan
};
using MountTree = std::vector<MountPlan>;

/// The mount flags that a mount keeps of mount(2)'s argument; relatime is the default.
std::uint64_t kept_mount_flags(std::uint64_t flags);

/// A copy of a mount as seen at `where`, with all below it when `recursive` (copy_tree). Unbindable
/// mounts are left out unless `unbindable_too`.
MountTree copy_of_mounts(const World& world, const Location& where, bool recursive,
                         bool unbindable_too);

/// Attaches the tree at `where`, and copies of it wherever that mount propagates to.
void attach_tree(TaskId subject, MountTree tree, const Location& where, EffectSink& sink);
/// The same for a mount that hangs elsewhere so far (MS_MOVE).
void move_tree(TaskId subject, MountId top, const Location& where, EffectSink& sink);

}  // namespace cutaway
