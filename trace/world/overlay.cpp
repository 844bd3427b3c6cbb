// overlayfs (Documentation/filesystems/overlayfs.rst): a look-up goes through the layers from top
// to bottom; a whiteout hides what is below, folders are merged, an opaque folder ends the merge.
#include <algorithm>
#include <set>

#include "trace/world/overlay.h"
#include "trace/world/path_names.h"
#include "trace/world/walk.h"

namespace cutaway {
namespace {

const Inode* child_of(const World& world, const Inode& folder, std::string_view name) {
  const auto entry = folder.entries.find(name);
  return entry == folder.entries.end() ? nullptr : world.inodes.find(entry->second);
}

std::vector<LayerFolder> roots(const World& world, const Filesystem& overlay) {
  std::vector<LayerFolder> folders;
  const auto add = [&](const Place& layer, bool upper) {
    const Inode* held = world.inodes.find(layer.root);
    const Inode* inode = held != nullptr ? held : inode_at(world, layer.fs, layer.path);
    if (inode != nullptr && is_directory(*inode)) folders.push_back({&layer, upper, inode});
  };
  if (overlay.upper.fs) add(overlay.upper, true);
  for (const Place& lower : overlay.lower) add(lower, false);
  return folders;
}

/// With single slashes; of the root: "".
std::string plain_path(std::string_view path) {
  std::string plain;
  for (PathNames names(path); names.next();) plain.append("/").append(names.name());
  return plain;
}

LayerPlace layer_place(const LayerFolder& folder, const std::string& plain) {
  const std::string& layer = folder.layer->path;
  Place place{folder.layer->fs, plain.empty() ? layer : layer == "/" ? plain : layer + plain, {}};
  return LayerPlace{std::move(place), folder.upper, folder.inode->id};
}

}  // namespace

bool is_whiteout(const Inode& inode) {
  return (inode.mode & abi::mode::kType) == abi::mode::kChar && inode.major == 0 &&
         inode.minor == 0;
}

void overlay_step(const World& world, std::vector<LayerFolder>& folders, std::string_view name) {
  std::size_t found = 0;
  for (const LayerFolder folder : folders) {
    const Inode* inode = child_of(world, *folder.inode, name);
    if (inode == nullptr) continue;
    if (is_whiteout(*inode)) break;
    if (!is_directory(*inode) && found > 0) break;
    folders[found++] = {folder.layer, folder.upper, inode};
    if (!is_directory(*inode) || inode->opaque) break;
  }
  folders.resize(found);
}

std::vector<LayerFolder> overlay_folders(const World& world, const Filesystem& overlay,
                                         std::string_view path) {
  std::vector<LayerFolder> here = roots(world, overlay);
  for (PathNames names(path); !here.empty() && names.next();)
    overlay_step(world, here, names.name());
  return here;
}

std::vector<LayerPlace> overlay_merged(const World& world, const Filesystem& overlay,
                                       std::string_view path) {
  const std::string plain = plain_path(path);
  std::vector<LayerPlace> places;
  for (const LayerFolder& folder : overlay_folders(world, overlay, path))
    places.push_back(layer_place(folder, plain));
  return places;
}

std::optional<LayerPlace> overlay_find(const World& world, const Filesystem& overlay,
                                       std::string_view path) {
  const std::vector<LayerFolder> found = overlay_folders(world, overlay, path);
  return found.empty() ? std::optional<LayerPlace>{} : layer_place(found.front(), plain_path(path));
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
