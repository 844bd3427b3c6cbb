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

/// From where a mount table is looked at.
struct MountView {
  std::string root;   ///< stands before each of its paths: "/proc/17/root"; empty: it is our own
  NsId shows_layers;  ///< in whose mounts layers of overlays are looked for; none: its own
};
/// Fills the empty mount table of `ns` as `lines` say, of a task whose root is that namespace's.
/// File systems get a root inode, and what leads to mount points; nothing else. `by_device`: those
/// that other mount tables brought, by major:minor.
void read_mounts(World& world, NsId ns, const std::vector<MountLine>& lines,
                 std::map<std::string, FilesystemId>& by_device, const MountView& view = {});

/// A file system by a line; `by_device`: those known already, by major:minor; `root`: stands before
/// its paths.
FilesystemId filesystem_of_line(World& world, const MountLine& line,
                                std::map<std::string, FilesystemId>& by_device,
                                const std::string& root = {});

/// The place of a path without links and dots in a mount namespace, across its mounts.
Location locate(const World& world, NsId mount_ns, const std::string& path);

/// A path of this machine for a place of a file system: through a mount of the given namespace that
/// shows it and that no other mount covers there; empty if there is none.
std::string path_of_place(const World& world, NsId mount_ns, const Place& place);

/// The layers of an overlay by its options, as far as `mount_ns` sees their folders. Where it does
/// not see all of them (this process is in a container itself), the overlay stands on one layer
/// that is as the merged whole, and has no place of its own.
void find_layers(World& world, NsId mount_ns, FilesystemId overlay);
/// The overlay that stands on such a layer; none for any other file system.
FilesystemId overlay_over(const World& world, FilesystemId layer);

/// Sets what lstat(2) says of `path` in `inode`; false if there is nothing.
bool stat_inode(const std::string& path, Inode& inode);

}  // namespace cutaway::real
