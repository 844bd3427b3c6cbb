// Mounts are places by path here; on Linux they hold dentries. So they follow when names change.
#pragma once

#include <string>

#include "trace/effects/call.h"

namespace cutaway {

/// What is called `to` now was called `from`: mounts that show it or hang below it follow.
void mounts_follow_rename(const Call& call, FilesystemId fs, const std::string& from,
                          const std::string& to);

/// The name is about to go. Mounts that show the file hold it; what another namespace has mounted
/// on it is unmounted (detach_mounts in fs/namespace.c).
void mounts_lose_name(const Call& call, FilesystemId fs, const std::string& path, InodeId inode);

}  // namespace cutaway
