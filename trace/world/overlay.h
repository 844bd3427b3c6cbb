// Layers of an overlay, beyond overlay_find of walk.h. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trace/world/walk.h"

namespace cutaway {

/// A character device 0:0 says that the name does not exist, whatever the layers below have.
bool is_whiteout(const Inode& inode);

/// All layers' places that make up `path`, topmost first: one file, or the folders that are merged.
std::vector<LayerPlace> overlay_merged(const World& world, const Filesystem& overlay,
                                       std::string_view path);
/// Names in a merged folder, sorted.
std::vector<std::string> overlay_list(const World& world, const Filesystem& overlay,
                                      std::string_view path);

}  // namespace cutaway
