// overlayfs (Documentation/filesystems/overlayfs.rst): a look-up goes through the layers from top
// to bottom; a whiteout hides what is below, folders are merged, an opaque folder ends the merge.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "trace/world/mount_tree.h"
#include "trace/world/overlay.h"
#include "trace/world/walk.h"

namespace cutaway {
namespace {

bool is_directory(const Inode& inode) {
  return (inode.mode & abi::mode::kType) == abi::mode::kDirectory;
}

const Inode* child_of(const World& world, InodeId folder, const std::string& name) {
  const Inode* inode = world.inodes.find(folder);
  if (inode == nullptr) return nullptr;
  const auto entry = inode->entries.find(name);
  return entry == inode->entries.end() ? nullptr : world.inodes.find(entry->second);
}

std::vector<LayerPlace> roots(const World& world, const Filesystem& overlay) {
  std::vector<LayerPlace> folders;
  const auto add = [&](const Place& place, bool upper) {
    const Inode* inode = inode_at(world, place.fs, place.path);
    if (inode != nullptr && is_directory(*inode))
      folders.push_back(LayerPlace{place, upper, inode->id});
  };
  if (overlay.upper.fs) add(overlay.upper, true);
  for (const Place& lower : overlay.lower) add(lower, false);
  return folders;
}

/// What `name` is in these merged folders: the topmost first; the rest are folders merged with it.
std::vector<LayerPlace> step(const World& world, const std::vector<LayerPlace>& folders,
                             const std::string& name) {
  std::vector<LayerPlace> found;
  for (const LayerPlace& folder : folders) {
    const Inode* inode = child_of(world, folder.inode, name);
    if (inode == nullptr) continue;
    if (is_whiteout(*inode)) break;
    if (!is_directory(*inode) && !found.empty()) break;
    found.push_back(LayerPlace{Place{folder.place.fs, join_path(folder.place.path, name)},
                               folder.upper, inode->id});
    if (!is_directory(*inode) || inode->opaque) break;
  }
  return found;
}

}  // namespace

bool is_whiteout(const Inode& inode) {
  return (inode.mode & abi::mode::kType) == abi::mode::kChar && inode.major == 0 &&
         inode.minor == 0;
}

std::vector<LayerPlace> overlay_merged(const World& world, const Filesystem& overlay,
                                       std::string_view path) {
  std::vector<LayerPlace> here = roots(world, overlay);
  for (const std::string& name : split(path, '/')) {
    if (!name.empty()) here = step(world, here, name);
    if (here.empty()) break;
  }
  return here;
}

std::optional<LayerPlace> overlay_find(const World& world, const Filesystem& overlay,
                                       std::string_view path) {
  const std::vector<LayerPlace> found = overlay_merged(world, overlay, path);
  return found.empty() ? std::optional<LayerPlace>{} : found.front();
}

std::vector<std::string> overlay_list(const World& world, const Filesystem& overlay,
                                      std::string_view path) {
  std::set<std::string> names, hidden;
  for (const LayerPlace& folder : overlay_merged(world, overlay, path)) {
    const Inode* inode = world.inodes.find(folder.inode);
    if (inode == nullptr || !is_directory(*inode)) continue;
    std::set<std::string> whiteouts;
    for (const auto& entry : inode->entries) {
      const Inode* child = world.inodes.find(entry.second);
      if (child == nullptr || hidden.count(entry.first) != 0) continue;
      if (is_whiteout(*child))
        whiteouts.insert(entry.first);
      else
        names.insert(entry.first);
    }
    hidden.insert(whiteouts.begin(), whiteouts.end());
  }
  return std::vector<std::string>(names.begin(), names.end());
}

}  // namespace cutaway
