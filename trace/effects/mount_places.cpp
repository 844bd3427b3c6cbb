#include "trace/effects/mount_places.h"

#include "trace/effects/families.h"
#include "trace/world/mount_tree.h"

namespace cutaway {
namespace {

/// A path below `from`, when `from` is called `to`.
std::string renamed(const std::string& path, const std::string& from, const std::string& to) {
  return to + path.substr(from.size());
}

void root_follows(const Call& call, MountId id, const std::string& from, const std::string& to) {
  const Mount& mount = call.world().mounts.at(id);
  if (!mount.removed && is_below(mount.root, from))
    call.emit(MountRootMoved{mount.ns, id, mount.target, renamed(mount.root, from, to), {}});
}

void mounts_below_follow(const Call& call, MountId parent, const std::string& from,
                         const std::string& to) {
  for (const MountId child : child_mounts(call.world(), parent)) {
    const Mount& mount = call.world().mounts.at(child);
    if (!is_below(mount.at, from)) continue;
    const std::string at = renamed(mount.at, from, to);
    const std::string target = path_in_ns(call.world(), Location{parent, at});
    call.emit(MountMoved{mount.ns, child, parent, target, at});
  }
}

}  // namespace

void mounts_follow_rename(const Call& call, FilesystemId fs, const std::string& from,
                          const std::string& to) {
  for (const MountId id : mounts_of_filesystem(call.world(), fs)) {
    root_follows(call, id, from, to);
    mounts_below_follow(call, id, from, to);
  }
}

void mounts_lose_name(const Call& call, FilesystemId fs, const std::string& path, InodeId inode) {
  for (const MountId id : mounts_of_filesystem(call.world(), fs)) {
    if (!call.world().mounts.contains(id)) continue;
    const Mount& mount = call.world().mounts.at(id);
    // mountinfo shows it so (seq_path_root, d_path in fs/d_path.c).
    if (!mount.removed && mount.root == path)
      call.emit(MountRootMoved{mount.ns, id, mount.target, path + "//deleted", inode});
    if (const MountId on_it = mount_at(call.world(), Location{id, path}))
      detach_mounts(call.self(), mount_subtree(call.world(), on_it), call.sink());
  }
}

}  // namespace cutaway
