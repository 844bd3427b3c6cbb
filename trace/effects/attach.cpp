#include "trace/effects/attach.h"

#include <map>
#include <utility>

#include "trace/effects/emit.h"
#include "trace/effects/propagation.h"
#include "trace/world/mount_tree.h"
#include "trace/world/new_id.h"

namespace cutaway {
namespace {

/// One peer group for each node of the tree; 0: private.
using Groups = std::vector<std::uint32_t>;

MountAttached event_of(const World& world, const Mount& plan, const Location& where, NsId ns) {
  const Filesystem* fs = world.filesystems.find(plan.fs);
  MountAttached event;
  event.ns = ns;
  event.id = next_mount(world);
  event.parent = where.mount;
  event.at = where.path;
  event.target = path_in_ns(world, where);
  event.source = plan.source;
  event.fstype = fs == nullptr ? std::string{} : fs->type;
  event.flags = plan.flags;
  event.fs = plan.fs;
  event.root = plan.root;
  event.peer_group = plan.peer_group;
  event.master_group = plan.master_group;
  event.unbindable = plan.unbindable;
  event.locked = plan.locked;
  event.flags_locked = plan.flags_locked;
  event.locked_flags = plan.locked_flags;
  event.removed = plan.removed;
  return event;
}

/// What was mounted at the place of a copy covers the copy now: `covered` goes onto the topmost of
/// what is mounted there (attach_recursive_mnt in fs/namespace.c).
void lay_over(TaskId subject, MountId covered, MountId copy, EffectSink& sink) {
  const auto root_of = [&sink](MountId id) {
    return Location{id, sink.world().mounts.at(id).root};
  };
  Location onto = root_of(copy);
  while (const MountId over = mount_at(sink.world(), onto)) onto = root_of(over);
  const Mount& was = sink.world().mounts.at(covered);
  emit_body(sink, subject, MountMoved{was.ns, covered, onto.mount, was.target, onto.path});
}

void emit_tree(TaskId subject, const MountTree& tree, const Location& where, EffectSink& sink) {
  const Mount* onto = sink.world().mounts.find(where.mount);
  if (onto == nullptr || !onto->ns) return;
  const NsId ns = onto->ns;
  const MountId covered = mount_at(sink.world(), where);
  std::vector<MountId> ids;
  for (const MountPlan& node : tree) {
    const Location at =
        node.parent == MountPlan::kTop ? where : Location{ids[node.parent], node.mount.at};
    MountAttached event = event_of(sink.world(), node.mount, at, ns);
    ids.push_back(event.id);
    emit_body(sink, subject, std::move(event));
  }
  if (covered) lay_over(subject, covered, ids.front(), sink);
}

/// What hangs on a shared mount is shared itself (invent_group_ids).
void make_shared(const World& world, MountTree& tree) {
  std::uint32_t group = next_peer_group(world);
  for (MountPlan& node : tree) {
    if (node.mount.peer_group == 0) node.mount.peer_group = group++;
    node.mount.unbindable = false;
  }
}

Groups groups_of(const MountTree& tree) {
  Groups groups;
  for (const MountPlan& node : tree) groups.push_back(node.mount.peer_group);
  return groups;
}

/// A less privileged mount namespace may not take a propagated tree apart, nor allow there what is
/// forbidden here (lock_mnt_tree).
void lock_below_top(const World& world, MountTree& tree, NsId from, NsId to) {
  const Namespace* source = world.namespaces.find(from);
  const Namespace* target = world.namespaces.find(to);
  if (source == nullptr || target == nullptr || source->owner == target->owner) return;
  for (MountPlan& node : tree) {
    node.mount.locked = node.parent != MountPlan::kTop;
    node.mount.flags_locked = true;
    node.mount.locked_flags |= node.mount.flags;
  }
}

/// `tree` has been attached to `origin` at `path`: the same for all that receive from it. What was
/// attached now is none of them, even if it shows what `origin` shows (IS_MNT_NEW in fs/pnode.c).
void propagate(TaskId subject, const MountTree& tree, const Mount& origin, const std::string& path,
               const std::vector<Receiver>& receivers, EffectSink& sink) {
  std::map<std::uint32_t, Groups> groups{{origin.peer_group, groups_of(tree)}};
  for (const Receiver& receiver : receivers) {
    const Mount onto = sink.world().mounts.at(receiver.mount);
    // A peer that shows another part of the file system may not see the place at all.
    if (!onto.ns || onto.fs != origin.fs || !is_below(path, onto.root)) continue;
    MountTree copy = tree;
    if (!receiver.peer) {
      const Groups masters =
          groups[receiver.origin].empty() ? groups_of(tree) : groups[receiver.origin];
      Groups& own = groups[onto.peer_group];
      const bool fresh = onto.peer_group != 0 && own.empty();
      std::uint32_t next = next_peer_group(sink.world());
      for (std::size_t i = 0; i < copy.size(); ++i) {
        copy[i].mount.master_group = masters[i];
        copy[i].mount.peer_group = onto.peer_group == 0 ? 0 : fresh ? next++ : own[i];
      }
      if (fresh) own = groups_of(copy);
    }
    lock_below_top(sink.world(), copy, origin.ns, onto.ns);
    emit_tree(subject, copy, Location{onto.id, path}, sink);
  }
}

}  // namespace

std::uint64_t kept_mount_flags(std::uint64_t flags) {
  constexpr std::uint64_t kKept = abi::ms::kRdonly | abi::ms::kNosuid | abi::ms::kNodev |
                                  abi::ms::kNoexec | abi::ms::kNoatime | abi::ms::kNodiratime;
  std::uint64_t kept = flags & kKept;
  if ((flags & (abi::ms::kNoatime | abi::ms::kStrictatime)) == 0) kept |= abi::ms::kRelatime;
  return kept;
}

MountTree copy_of_mounts(const World& world, const Location& where, bool recursive,
                         bool unbindable_too) {
  MountTree tree;
  const Mount* top = world.mounts.find(where.mount);
  if (top == nullptr) return tree;
  MountPlan plan{*top, MountPlan::kTop};
  plan.mount.root = where.path;
  plan.mount.locked = false;
  tree.push_back(std::move(plan));
  if (!recursive) return tree;
  std::vector<MountId> copied{where.mount};
  for (std::size_t i = 0; i < copied.size(); ++i) {
    for (const MountId child : child_mounts(world, copied[i])) {
      const Mount& mount = world.mounts.at(child);
      if (mount.unbindable && !unbindable_too) continue;
      if (i == 0 && !is_below(mount.at, where.path)) continue;
      tree.push_back(MountPlan{mount, i});
      copied.push_back(child);
    }
  }
  return tree;
}

void attach_tree(TaskId subject, MountTree tree, const Location& where, EffectSink& sink) {
  const Mount* found = sink.world().mounts.find(where.mount);
  if (found == nullptr || tree.empty()) return;
  const Mount onto = *found;
  if (onto.peer_group != 0) make_shared(sink.world(), tree);
  const std::vector<Receiver> receivers = receivers_of(sink.world(), onto);
  emit_tree(subject, tree, where, sink);
  if (onto.peer_group != 0) propagate(subject, tree, onto, where.path, receivers, sink);
}

void move_tree(TaskId subject, MountId top, const Location& where, EffectSink& sink) {
  const Mount* found = sink.world().mounts.find(where.mount);
  if (found == nullptr || !sink.world().mounts.contains(top)) return;
  const Mount onto = *found;
  emit_body(sink, subject,
            MountMoved{onto.ns, top, where.mount, path_in_ns(sink.world(), where), where.path});
  if (onto.peer_group == 0) return;
  for (const MountId id : mount_subtree(sink.world(), top)) {
    const Mount& mount = sink.world().mounts.at(id);
    if (mount.peer_group == 0)
      emit_body(sink, subject,
                MountPropagationSet{mount.ns, id, next_peer_group(sink.world()), mount.master_group,
                                    false});
  }
  const std::vector<Receiver> receivers = receivers_of(sink.world(), onto);
  const Mount& moved = sink.world().mounts.at(top);
  propagate(subject, copy_of_mounts(sink.world(), Location{top, moved.root}, true, true), onto,
            where.path, receivers, sink);
}

}  // namespace cutaway
