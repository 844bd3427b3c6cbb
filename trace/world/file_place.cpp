// Where an open file lies now: it keeps its inode, whatever is renamed above it.
#include "trace/world/mount_tree.h"
#include "trace/world/path_below.h"
#include "trace/world/walk.h"

namespace cutaway {
namespace {

/// The path below `folder` that leads to an inode; empty: none does.
std::string path_to(const World& world, const Inode& folder, const std::string& path,
                    InodeId wanted) {
  for (const auto& [name, id] : folder.entries) {
    const std::string below = join_path(path, name);
    if (id == wanted) return below;
    const Inode* child = world.inodes.find(id);
    const bool deeper =
        child != nullptr && (child->mode & abi::mode::kType) == abi::mode::kDirectory;
    const std::string found = deeper ? path_to(world, *child, below, wanted) : std::string();
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace

std::string path_below(const World& world, const Inode& root, InodeId wanted) {
  return path_to(world, root, "/", wanted);
}

Location place_of(const World& world, const OpenFile& file) {
  const Mount* mount = world.mounts.find(file.where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  const Inode* inode = world.inodes.find(file.inode);
  const bool named = fs != nullptr && inode != nullptr && inode->links > 0 && inode->fs == fs->id;
  if (!named) return file.where;
  const Inode* there = inode_at(world, fs->id, file.where.path);
  if (there != nullptr && there->id == inode->id) return file.where;
  const Inode* root = world.inodes.find(fs->root);
  const std::string path = root == nullptr ? "" : path_below(world, *root, inode->id);
  return path.empty() ? file.where : Location{file.where.mount, path};
}

}  // namespace cutaway
