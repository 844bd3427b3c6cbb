// Layers of an overlay, beyond overlay_find of walk.h. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trace/world/walk.h"

namespace cutaway {

inline bool is_directory(const Inode& inode) {
  return (inode.mode & abi::mode::kType) == abi::mode::kDirectory;
}
/// A character device 0:0 says that the name does not exist, whatever the layers below have.
bool is_whiteout(const Inode& inode);

/// A folder (or at last a file) of a layer, on the way down.
struct LayerFolder {
  const Place* layer = nullptr;
  bool upper = false;
  const Inode* inode = nullptr;
};

/// What makes up `path`, topmost first: one file, or the folders that are merged.
std::vector<LayerFolder> overlay_folders(const World& world, const Filesystem& overlay,
                                         std::string_view path);
/// `folders` become what `name` is in them.
void overlay_step(const World& world, std::vector<LayerFolder>& folders, std::string_view name);

/// All layers' places that make up `path`, topmost first: one file, or the folders that are merged.
std::vector<LayerPlace> overlay_merged(const World& world, const Filesystem& overlay,
                                       std::string_view path);
/// Names in a merged folder, sorted.
std::vector<std::string> overlay_list(const World& world, const Filesystem& overlay,
                                      std::string_view path);

}  // namespace cutaway
