// The way back from an inode to its name.
#pragma once

#include <string>

#include "trace/world/world.h"

namespace cutaway {

/// The path that leads from a file system's root folder to an inode, by any of its names; empty:
/// none does. Seldom asked, so all folders are looked through.
std::string path_below(const World& world, const Inode& root, InodeId wanted);

}  // namespace cutaway
