// Paths as arguments of calls: relative to which directory, allowed to be searched, leading where.
#pragma once

#include <string_view>

#include "sim/kernel/decision.h"
#include "sim/kernel/rights.h"
#include "trace/world/walk.h"

namespace cutaway::sim {

/// Resolves a path argument: EBADF and ENOTDIR of the directory, ENOENT of "", EACCES of folders
/// that may not be searched, and what walk() says.
Walk resolve(const Ask& ask, std::int64_t dirfd, std::string_view path,
             LastLink last = LastLink::Follow);
inline Walk resolve(const Ask& ask, std::string_view path, LastLink last = LastLink::Follow) {
  return resolve(ask, abi::at::kFdcwd, path, last);
}

/// Did the walk find all but the last component?
inline bool only_last_missing(const Walk& walk) {
  return walk.err == abi::Errno::kENOENT && !walk.name.empty() && walk.parent.mount;
}

/// Ok, or why nothing may be created, removed or renamed in this folder: ENOENT (it was removed),
/// EROFS, EACCES.
abi::Errno may_change_folder(const Ask& ask, const Location& folder);
/// EROFS when the mount or its file system is read-only, else Ok.
abi::Errno writable_mount(const World& world, MountId mount);
/// Sticky directories: only the owner of the file or of the folder may remove or rename (EPERM).
abi::Errno may_remove(const Ask& ask, const Location& folder, const FileEntry& victim);

}  // namespace cutaway::sim
