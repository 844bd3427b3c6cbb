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
  if (fs == nullptr || fs->type != "tmpfs" || !fs->root) return charges;
  for (const InodeId each : tree_below(world, fs->root)) {
    const Inode* inode = world.inodes.find(each);
    if (inode != nullptr && inode->charged_to)
      charges.push_back(MemoryCharge{inode->charged_to, pages_of_size(inode->size)});
  }
  return charges;
}

/// A mount that is unmounted under a shared parent is unmounted under its peers and slaves as well.
void add_propagated(const World& world, const Mount& mount, bool lazily,
                    std::vector<MountId>& all) {
  const Mount* parent = world.mounts.find(mount.parent);
  if (parent == nullptr) return;
  for (const Receiver& receiver : receivers_of(world, *parent)) {
    const MountId twin = mount_at(world, Location{receiver.mount, mount.at});
    const Mount* found = world.mounts.find(twin);
    if (found == nullptr || found->fs != mount.fs ||
        std::find(all.begin(), all.end(), twin) != all.end())
      continue;
    const std::vector<MountId> subtree = mount_subtree(world, twin);
    if (!lazily && subtree.size() > 1) continue;
    for (const MountId id : subtree) {
      if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
    }
  }
}

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
  const std::size_t own = mounts.size();
  for (std::size_t i = 0; i < own; ++i) {
    const Mount mount = call.world().mounts.at(mounts[i]);
    add_propagated(call.world(), mount, lazily, mounts);
  }
  for (const MountId id : mounts) {
    const Filesystem* fs = call.world().filesystems.find(call.world().mounts.at(id).fs);
    if (fs != nullptr && fs->ns) shown.push_back(fs->ns);
  }
  detach_mounts(call.self(), mounts, call.sink());
  end_unused_namespaces(call.self(), shown, call.sink());
}

}  // namespace cutaway
