// The mount table: mount(2), umount2(2), pivot_root(2), mount_namespaces(7).
#include <utility>

#include "trace/world/evolve_parts.h"
#include "trace/world/held_layers.h"
#include "trace/world/mount_tree.h"
#include "trace/world/references.h"

namespace cutaway {
namespace {

/// When the last member leaves a peer group, its slaves get the master that it had (do_make_slave
/// in fs/pnode.c).
void orphan_slaves(World& world, std::uint32_t group, std::uint32_t next_master) {
  if (group == 0 || !group_peers(world, group).empty()) return;
  for (const MountId id : group_slaves(world, group))
    group_mount(world, id, world.mounts.at(id).peer_group, next_master);
}

void set_targets_below(World& world, MountId top) {
  for (const MountId id : mount_subtree(world, top)) {
    if (id == top) continue;
    const Mount& mount = world.mounts.at(id);
    std::string target = path_in_ns(world, Location{mount.parent, mount.at});
    if (target != mount.target) world.mounts.mutate(id).target = std::move(target);
  }
}

/// What becomes the root of a namespace is locked as the old root was, which no longer is
/// (pivot_root in fs/namespace.c).
void hand_over_lock(World& world, MountId from, MountId to) {
  const Mount* old = world.mounts.find(from);
  if (old == nullptr || !old->locked || from == to) return;
  world.mounts.mutate(from).locked = false;
  world.mounts.mutate(to).locked = true;
}

void note_groups(World& world, std::uint32_t peer_group, std::uint32_t master_group) {
  world.counters.peer_group = std::max({world.counters.peer_group, peer_group, master_group});
}

}  // namespace

void evolve_body(World& world, const Stamp&, const MountAttached& body) {
  note_id(world.counters.mount, body.id);
  note_groups(world, body.peer_group, body.master_group);
  if (!body.id || !world.namespaces.contains(body.ns)) return;
  if (body.parent && !world.mounts.contains(body.parent)) return;
  Mount mount;
  mount.id = body.id;
  mount.ns = body.ns;
  mount.parent = body.parent;
  mount.at = body.at;
  mount.target = body.target;
  mount.fs = body.fs;
  mount.root = body.root.empty() ? "/" : body.root;
  mount.source = body.source;
  mount.flags = body.flags;
  mount.peer_group = body.peer_group;
  mount.master_group = body.master_group;
  mount.unbindable = body.unbindable;
  mount.locked = body.locked;
  mount.flags_locked = body.flags_locked;
  mount.locked_flags = body.locked_flags;
  mount.removed = body.removed;
  put_mount(world, std::move(mount));
  if (!body.parent) world.namespaces.mutate(body.ns).root_mount = body.id;
}

void evolve_body(World& world, const Stamp&, const MountMoved& body) {
  if (!world.mounts.contains(body.id)) return;
  hang_mount(world, body.id, body.parent, body.at);
  Mount& mount = world.mounts.mutate(body.id);
  mount.ns = body.ns;
  mount.target = body.target;
  if (!body.parent && world.namespaces.contains(body.ns)) {
    hand_over_lock(world, world.namespaces.at(body.ns).root_mount, body.id);
    world.namespaces.mutate(body.ns).root_mount = body.id;
  }
  set_targets_below(world, body.id);
}

void evolve_body(World& world, const Stamp&, const MountRemounted& body) {
  if (!world.mounts.contains(body.id)) return;
  world.mounts.mutate(body.id).flags = body.flags;
  const FilesystemId fs = world.mounts.at(body.id).fs;
  if (body.superblock && world.filesystems.contains(fs))
    world.filesystems.mutate(fs).read_only = (body.flags & abi::ms::kRdonly) != 0;
}

void evolve_body(World& world, const Stamp&, const MountDetached& body) {
  if (!world.mounts.contains(body.id)) return;
  const std::uint32_t group = world.mounts.at(body.id).peer_group,
                      master = world.mounts.at(body.id).master_group;
  Mount mount = world.mounts.at(body.id);
  if (world.namespaces.contains(mount.ns) && world.namespaces.at(mount.ns).root_mount == body.id)
    world.namespaces.mutate(mount.ns).root_mount = MountId{};
  mount.peer_group = 0;
  mount.master_group = 0;
  mount.ns = NsId{};
  mount.target.clear();
  // A locked mount stays on its parent, or it would show what it covered (disconnect_mount in
  // fs/namespace.c).
  const bool stays = mount.locked && mount.parent;
  if (!stays) mount.parent = MountId{};
  if (!stays) mount.at.clear();
  put_mount(world, std::move(mount));
  orphan_slaves(world, group, master);
  drop_mount_if_unused(world, body.id);
}

void evolve_body(World& world, const Stamp&, const MountPropagationSet& body) {
  note_groups(world, body.peer_group, body.master_group);
  if (!world.mounts.contains(body.id)) return;
  const std::uint32_t group = world.mounts.at(body.id).peer_group,
                      master = world.mounts.at(body.id).master_group;
  group_mount(world, body.id, body.peer_group, body.master_group);
  world.mounts.mutate(body.id).unbindable = body.unbindable;
  if (group != body.peer_group) orphan_slaves(world, group, master);
}

void evolve_body(World& world, const Stamp&, const MountRootMoved& body) {
  if (!world.mounts.contains(body.id)) return;
  Mount& mount = world.mounts.mutate(body.id);
  mount.root = body.root;
  mount.removed = body.removed;
}

void evolve_body(World& world, const Stamp&, const FilesystemMade& body) {
  note_id(world.counters.filesystem, body.filesystem.id);
  if (!body.filesystem.id) return;
  Filesystem made = body.filesystem;
  hold_layers(world, made);
  world.filesystems.put(body.filesystem.id, std::move(made));
}

}  // namespace cutaway
