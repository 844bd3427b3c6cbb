// umount2(2): umount_tree in fs/namespace.c, with propagate_umount of fs/pnode.c.
#include <algorithm>

#include "trace/effects/families.h"
#include "trace/effects/propagation.h"
#include "trace/world/charges.h"
#include "trace/world/mount_tree.h"

namespace cutaway {
namespace {

/// All inodes below a folder, and itself, each once, in the order of their ids.
std::vector<InodeId> tree_below(const World& world, InodeId folder) {
  std::vector<InodeId> all = {folder};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Inode* inode = world.inodes.find(all[i]);
    if (inode == nullptr) continue;
    for (const auto& entry : inode->entries) all.push_back(entry.second);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// What a tmpfs holds, by who pays for it.
std::vector<MemoryCharge> charges_of_tmpfs(const World& world, FilesystemId id) {
  std::vector<MemoryCharge> charges;
  const Filesystem* fs = world.filesystems.find(id);
  if (fs == nullptr || !fs->is("tmpfs") || !fs->root) return charges;
  for (const InodeId each : tree_below(world, fs->root)) {
    const Inode* inode = world.inodes.find(each);
    if (inode != nullptr && inode->charged_to)
      charges.push_back(MemoryCharge{inode->charged_to, pages_of_size(inode->size)});
  }
  return charges;
}

bool is_one_of(const std::vector<MountId>& all, MountId id) {
  return std::find(all.begin(), all.end(), id) != all.end();
}

/// What is unmounted with others under one parent, and where it was: the largest set of twins that
/// shifts nothing and reveals nothing (Documentation/filesystems/propagate_umount.txt).
class UnmountedTree {
 public:
  /// `own` is what the call names; parents before children.
  UnmountedTree(const World& world, std::vector<MountId> own)
      : world_(world), own_(std::move(own)) {
    // What the call names may be seen below, so its twins may go though they are locked
    // (propagate_mount_unlock).
    unlocked_ = twins_of(world_, world_.mounts.at(own_.front()));
    for (const MountId id : own_) find_twins(world_.mounts.at(id));
    keep_what_must_stay();
  }

  std::vector<MountId> all() const {
    std::vector<MountId> all = own_;
    all.insert(all.end(), twins_.begin(), twins_.end());
    return all;
  }

  /// What covers the root of a mount that goes without it, hung where that one was.
  std::vector<MountMoved> come_down() const {
    std::vector<MountMoved> moved;
    for (const MountId twin : twins_) {
      const MountId cover = mount_at(world_, Location{twin, world_.mounts.at(twin).root});
      if (!cover || goes(cover)) continue;
      MountId place = twin;
      while (goes(world_.mounts.at(place).parent)) place = world_.mounts.at(place).parent;
      const Mount& was = world_.mounts.at(place);
      moved.push_back({was.ns, cover, was.parent, was.target, was.at});
    }
    return moved;
  }

 private:
  bool goes(MountId id) const { return is_one_of(own_, id) || is_one_of(twins_, id); }

  /// Under a shared parent: what the parent's peers and slaves have at the same place.
  void find_twins(const Mount& mount) {
    for (const MountId twin : twins_of(world_, mount)) {
      if (!goes(twin)) twins_.push_back(twin);
    }
  }

  /// Something is mounted inside it that stays, and would be left without a place; what only covers
  /// its root comes down.
  bool carries(MountId twin) const {
    const std::string& root = world_.mounts.at(twin).root;
    for (const MountId child : child_mounts(world_, twin)) {
      if (world_.mounts.at(child).at == root) continue;
      const std::vector<MountId> tree = mount_subtree(world_, child);
      if (!std::all_of(tree.begin(), tree.end(), [this](MountId id) { return goes(id); }))
        return true;
    }
    return false;
  }

  /// It is locked on a parent that stays, which would show what it covers.
  bool hides(MountId twin) const {
    const Mount& mount = world_.mounts.at(twin);
    return mount.locked && !goes(mount.parent) && !is_one_of(unlocked_, twin);
  }

  void keep_what_must_stay() {
    const auto find = [this] {
      return std::find_if(twins_.begin(), twins_.end(),
                          [this](MountId id) { return carries(id) || hides(id); });
    };
    for (auto kept = find(); kept != twins_.end(); kept = find()) twins_.erase(kept);
  }

  const World& world_;
  std::vector<MountId> own_, twins_, unlocked_;
};

}  // namespace

void detach_mounts(TaskId subject, const std::vector<MountId>& mounts, EffectSink& sink) {
  for (auto id = mounts.rbegin(); id != mounts.rend(); ++id) {
    const Mount* mount = sink.world().mounts.find(*id);
    if (mount == nullptr) continue;
    const FilesystemId fs = mount->fs;
    const std::vector<MemoryCharge> charges = charges_of_tmpfs(sink.world(), fs);
    emit_body(sink, subject, MountDetached{mount->ns, *id, mount->target});
    if (sink.world().filesystems.contains(fs)) continue;
    for (const MemoryCharge& charge : charges)
      count_usage(subject, charge.cgroup, "memory", -charge.pages * kPageBytes, sink);
  }
}

void effect_umount2(const Call& call) {
  if (call.ret() < 0) return;
  const bool lazily = (call.bits(1) & abi::mnt::kDetach) != 0;
  const LastLink last =
      (call.bits(1) & abi::mnt::kNofollow) != 0 ? LastLink::NoFollow : LastLink::Follow;
  const Walk target = call.find(0, last);
  if (target.err != abi::Errno::kOk) return;
  // Also for "." and "/" the topmost mount of the stack is meant (LOOKUP_MOUNTPOINT);
  // pivot_root(2), NOTES.
  const Location topmost = cross_mounts(call.world(), target.where);
  std::vector<MountId> mounts = mount_subtree(call.world(), topmost.mount);
  if (!lazily && mounts.size() > 1) mounts.resize(1);
  std::vector<NsId> shown;
  const UnmountedTree tree(call.world(), std::move(mounts));
  mounts = tree.all();
  for (MountMoved& moved : tree.come_down()) emit_body(call.sink(), call.self(), std::move(moved));
  for (const MountId id : mounts) {
    const Filesystem* fs = call.world().filesystems.find(call.world().mounts.at(id).fs);
    if (fs != nullptr && fs->ns) shown.push_back(fs->ns);
  }
  detach_mounts(call.self(), mounts, call.sink());
  end_unused_namespaces(call.self(), shown, call.sink());
}

}  // namespace cutaway
