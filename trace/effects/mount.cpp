// mount(2): path_mount in fs/namespace.c decides by the flags, in this order.
#include <map>

#include "base/text.h"
#include "trace/effects/attach.h"
#include "trace/effects/families.h"
#include "trace/effects/new_filesystem.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/new_id.h"

namespace cutaway {
namespace {

constexpr std::uint64_t kAccessTimes =
    abi::ms::kNoatime | abi::ms::kNodiratime | abi::ms::kRelatime | abi::ms::kStrictatime;
/// Programs older than Linux 2.4 put a magic number in the upper half (mount(2), NOTES).
std::uint64_t mount_flags(const Call& call) {
  constexpr std::uint64_t kMagicFlags = 0xC0ED0000, kMagicMask = 0xffff0000;
  const std::uint64_t flags = call.bits(3);
  return (flags & kMagicMask) == kMagicFlags ? flags & ~kMagicMask : flags;
}
constexpr std::uint64_t kPropagation =
    abi::ms::kShared | abi::ms::kPrivate | abi::ms::kSlave | abi::ms::kUnbindable;

/// MS_REMOUNT changes this mount, and without MS_BIND the file system for everybody who mounts it.
void remount(const Call& call, const Walk& target) {
  const Mount* mount = call.world().mounts.find(target.where.mount);
  if (mount == nullptr) return;
  const std::uint64_t given = mount_flags(call);
  std::uint64_t flags = kept_mount_flags(given);
  // Access times stay as they were when nothing is said about them.
  if ((given & kAccessTimes) == 0) flags = (flags & ~kAccessTimes) | (mount->flags & kAccessTimes);
  const bool superblock = (given & abi::ms::kBind) == 0;
  call.emit(MountRemounted{mount->ns, mount->id, mount->target, flags, superblock});
}

/// A namespace file is mounted as itself: `ip netns add` keeps a namespace without a task in this
/// way.
MountTree namespace_mount(const Call& call, NsId id) {
  const Namespace* ns = call.world().namespaces.find(id);
  if (ns == nullptr) return {};
  Filesystem fs;
  fs.id = next_filesystem(call.world());
  fs.type = "nsfs";
  fs.source = "nsfs";
  fs.ns = id;
  MountPlan plan;
  plan.mount.fs = fs.id;
  plan.mount.source = "nsfs";
  plan.mount.root = std::string(ns_kind_name(ns->type)) + ":[" + decimal(ns->inode) + "]";
  plan.mount.flags = abi::ms::kRelatime;
  call.emit(FilesystemMade{fs});
  return {plan};
}

void bind(const Call& call, const Location& target) {
  const Walk source = call.find(0);
  if (source.err != abi::Errno::kOk) return;
  const bool recursive = (mount_flags(call) & abi::ms::kRec) != 0;
  const Mount* on = call.world().mounts.find(source.where.mount);
  const Filesystem* fs = on == nullptr ? nullptr : call.world().filesystems.find(on->fs);
  const bool of_namespace = source.entry.jump_ns && (fs == nullptr || !fs->is("nsfs"));
  attach_tree(call.self(),
              of_namespace ? namespace_mount(call, source.entry.jump_ns)
                           : copy_of_mounts(call.world(), source.where, recursive, false),
              target, call.sink());
}

bool has_other_peer(const World& world, const Mount& mount) {
  return group_peers(world, mount.peer_group).size() > 1;
}

/// change_mnt_propagation in fs/pnode.c.
MountPropagationSet changed(const World& world, const Mount& mount, std::uint64_t type) {
  MountPropagationSet set{mount.ns, mount.id, mount.peer_group, mount.master_group,
                          mount.unbindable};
  if (type == abi::ms::kShared) {
    if (set.peer_group == 0) set.peer_group = next_peer_group(world);
    set.unbindable = false;
    return set;
  }
  // A shared mount becomes a slave of the peers that it leaves; the last one of its own master.
  if (mount.peer_group != 0 && has_other_peer(world, mount)) set.master_group = mount.peer_group;
  set.peer_group = 0;
  if (type == abi::ms::kSlave) return set;
  set.master_group = 0;
  set.unbindable = type == abi::ms::kUnbindable;
  return set;
}

void change_propagation(const Call& call, const Walk& target) {
  const std::uint64_t flags = mount_flags(call), type = flags & kPropagation;
  const bool recursive = (flags & abi::ms::kRec) != 0;
  const std::vector<MountId> mounts = recursive ? mount_subtree(call.world(), target.where.mount)
                                                : std::vector<MountId>{target.where.mount};
  for (const MountId id : mounts) {
    const Mount* mount = call.world().mounts.find(id);
    if (mount == nullptr) continue;
    const MountPropagationSet set = changed(call.world(), *mount, type);
    if (set.peer_group != mount->peer_group || set.master_group != mount->master_group ||
        set.unbindable != mount->unbindable)
      call.emit(set);
  }
}

}  // namespace

void effect_mount(const Call& call) {
  if (call.ret() < 0) return;
  const std::uint64_t flags = mount_flags(call);
  const Walk target = call.find(1);
  if (target.err != abi::Errno::kOk) return;
  // A new mount goes on top of what is mounted there already (lock_mount).
  const Location topmost = cross_mounts(call.world(), target.where);
  if ((flags & abi::ms::kRemount) != 0) {
    remount(call, target);
  } else if ((flags & abi::ms::kBind) != 0) {
    bind(call, topmost);
  } else if ((flags & kPropagation) != 0) {
    change_propagation(call, target);
  } else if ((flags & abi::ms::kMove) != 0) {
    const Walk source = call.find(0);
    if (source.err == abi::Errno::kOk)
      move_tree(call.self(), source.where.mount, topmost, call.sink());
  } else {
    mount_filesystem(call, topmost);
  }
}

void copy_mount_namespace(TaskId subject, NsId from, NsId to, bool less_privileged,
                          EffectSink& sink) {
  const Namespace* old = sink.world().namespaces.find(from);
  const Mount* root = old == nullptr ? nullptr : sink.world().mounts.find(old->root_mount);
  if (root == nullptr) return;
  std::vector<MountId> originals = mount_subtree(sink.world(), root->id);
  std::map<std::uint32_t, MountId> copies;
  for (const MountId id : originals) {
    const Mount mount = sink.world().mounts.at(id);
    const Filesystem* fs = sink.world().filesystems.find(mount.fs);
    MountAttached copy;
    copy.ns = to;
    copy.id = next_mount(sink.world());
    if (mount.parent && id != originals.front()) copy.parent = copies[mount.parent.value];
    copy.target = mount.target;
    copy.at = mount.at;
    copy.source = mount.source;
    copy.fstype = fs == nullptr ? std::string{} : fs->type;
    copy.flags = mount.flags;
    copy.fs = mount.fs;
    copy.root = mount.root;
    copy.unbindable = mount.unbindable;
    copy.locked = mount.locked || less_privileged;
    copy.flags_locked = mount.flags_locked || less_privileged;
    copy.locked_flags = mount.locked_flags | (less_privileged ? mount.flags : 0);
    copy.removed = mount.removed;
    // Peers go on being peers; for another user namespace shared becomes slave (copy_mnt_ns,
    // CL_SHARED_TO_SLAVE).
    const bool slave = less_privileged && mount.peer_group != 0;
    copy.peer_group = slave ? 0 : mount.peer_group;
    copy.master_group = slave ? mount.peer_group : mount.master_group;
    copies[id.value] = copy.id;
    emit_body(sink, subject, std::move(copy));
  }
  const FsContext* found = sink.world().fs_contexts.find(sink.world().tasks.at(subject).fs);
  if (found == nullptr) return;
  const FsContext fs = *found;
  const auto root_copy = copies.find(fs.root.mount.value),
             cwd_copy = copies.find(fs.cwd.mount.value);
  if (root_copy != copies.end())
    emit_body(sink, subject, TaskMoved{"root", root_copy->second, fs.root.path});
  if (cwd_copy != copies.end())
    emit_body(sink, subject, TaskMoved{"cwd", cwd_copy->second, fs.cwd.path});
}

}  // namespace cutaway
