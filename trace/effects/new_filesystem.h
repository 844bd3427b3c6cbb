// A file system is mounted: a new instance, or one that exists already (vfs_get_tree).
#pragma once

#include "trace/effects/call.h"

namespace cutaway {

void mount_filesystem(const Call& call, const Location& where);

/// "mode=755" out of "size=64k,mode=755"; empty when it is not there.
std::string mount_option(std::string_view data, std::string_view name);

}  // namespace cutaway
