// Paths as arguments of calls: relative to which directory, allowed to be searched, leading where.
#pragma once

#include <optional>
#include <string_view>

#include "sim/kernel/decision.h"
#include "sim/kernel/rights.h"
#include "trace/world/walk.h"

namespace cutaway::sim {

/// A path's last component.
inline std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }
/// An open folder that has no name any more (IS_DEADDIR in include/linux/fs.h).
bool is_removed_folder(const World& world, const OpenFile& file);

/// The folder that an open file is, also when it was removed; none: it is something else. `where`:
/// where it lies (place_of).
std::optional<FileEntry> opened_folder(const Ask& ask, const OpenFile& file, const Location& where);

/// Resolves a path argument: EBADF and ENOTDIR of the directory, ENOENT of "", EACCES of folders
/// that may not be searched, and what walk() says.
Walk resolve(const Ask& ask, std::int64_t dirfd, std::string_view path,
             LastLink last = LastLink::Follow);
inline Walk resolve(const Ask& ask, std::string_view path, LastLink last = LastLink::Follow) {
  return resolve(ask, abi::at::kFdcwd, path, last);
}

/// What a path's last component is: calls that make, remove or rename a name want a normal one
/// (fs/namei.c, LAST_NORM and its like).
enum class LastName : std::uint8_t { Normal, Dot, DotDot, Root };

/// A name that is to be made, removed or renamed: slashes behind it are no part of it, and a link
/// is not followed for their sake.
struct NamedPlace {
  Walk walk;
  LastName last = LastName::Normal;
  bool slash = false;
};
NamedPlace resolve_name(const Ask& ask, std::int64_t dirfd, std::string_view path);

/// Did the walk find all but the last component?
inline bool only_last_missing(const Walk& walk) {
  return walk.err == abi::Errno::kENOENT && !walk.name.empty() && walk.parent.mount;
}

/// Why the folder of a name could not be found; Ok when it was. ("a/." has a for its folder.)
inline abi::Errno folder_error(const NamedPlace& place) {
  const bool missing = place.last == LastName::Normal && only_last_missing(place.walk);
  return missing ? abi::Errno::kOk : place.walk.err;
}
/// A folder of /proc: what is not there cannot be made, whoever asks (proc_lookup gives ENOENT).
bool in_proc(const Ask& ask, const Location& folder);
/// Does a mount of the task's namespace lie on this name, by whatever way one came there
/// (is_local_mountpoint in fs/namespace.c)?
bool has_mount_on(const Ask& ask, const Location& folder, const std::string& name);

/// Ok, or why nothing may be created, removed or renamed in this folder: ENOENT (it was removed),
/// EROFS, EACCES.
abi::Errno may_change_folder(const Ask& ask, const Location& folder);
/// … and make a new name in it: the task's ids must mean something on that file system (may_create,
/// may_o_create in fs/namei.c).
abi::Errno may_create(const Ask& ask, const Location& folder);
/// EROFS when the mount or its file system is read-only, else Ok.
abi::Errno writable_mount(const World& world, MountId mount);
/// Sticky directories: only the owner of the file or of the folder may remove or rename (EPERM).
abi::Errno may_remove(const Ask& ask, const Location& folder, const FileEntry& victim);

}  // namespace cutaway::sim
