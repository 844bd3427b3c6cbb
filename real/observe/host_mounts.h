// A real mount table (mountinfo) as Mounts and Filesystems of a World, and back: places of the
// World as paths of this machine.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "real/observe/proc_text.h"
#include "trace/effects/effects.h"
#include "trace/world/walk.h"

namespace cutaway::real {

/// Does the World compute what this type of file system shows (trace/world/virtual_fs.h)?
bool computed_filesystem(const std::string& type);

/// Fills the empty mount table of `ns` as `lines` say, of a task whose root is that namespace's.
/// File systems get a root inode, and what leads to mount points; nothing else.
void read_mounts(World& world, NsId ns, const std::vector<MountLine>& lines);

/// A file system by a line; `by_device`: those known already, by major:minor.
FilesystemId filesystem_of_line(World& world, const MountLine& line,
                                std::map<std::string, FilesystemId>& by_device);

/// The place of a path without links and dots in a mount namespace, across its mounts.
Location locate(const World& world, NsId mount_ns, const std::string& path);

/// A path of this machine for a place of a file system: through a mount of the given namespace that
/// shows it and that no other mount covers there; empty if there is none.
std::string path_of_place(const World& world, NsId mount_ns, const Place& place);

/// Overlay options to places, as far as the folders are seen in `mount_ns`.
void place_layers(const World& world, NsId mount_ns, const std::string& options, Filesystem& fs);

/// Sets what lstat(2) says of `path` in `inode`; false if there is nothing.
bool stat_inode(const std::string& path, Inode& inode);

}  // namespace cutaway::real
