// The mount table as a tree: mount_namespaces(7), Documentation/filesystems/sharedsubtree.rst.
// Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trace/world/world.h"

namespace cutaway {

/// Mounts that hang on `parent`, in the order in which they came.
std::vector<MountId> child_mounts(const World& world, MountId parent);
/// `top` and all below it, parents before children.
std::vector<MountId> mount_subtree(const World& world, MountId top);
/// All mounts of a namespace, parents before children.
std::vector<MountId> mounts_of_ns(const World& world, NsId ns);
/// All mounts of a file system; the peers, or the slaves, of a peer group.
std::vector<MountId> mounts_of_filesystem(const World& world, FilesystemId fs);
std::vector<MountId> group_peers(const World& world, std::uint32_t group);
std::vector<MountId> group_slaves(const World& world, std::uint32_t group);
/// The mount attached directly at this place, or none.
MountId mount_at(const World& world, const Location& where);

/// The index of the mounts as they are now. A World that was read from a file has none yet.
const MountIndex& index_mounts(World& world);
/// Adds a mount, or puts it in another's place.
void put_mount(World& world, Mount mount);
/// Hangs it elsewhere; without a parent nowhere.
void hang_mount(World& world, MountId id, MountId parent, std::string at);
/// Makes it one of these peers, and a slave of that group; 0: of none.
void group_mount(World& world, MountId id, std::uint32_t peers, std::uint32_t master);
void erase_mount(World& world, MountId id);

/// A place named from the root of its mount namespace ("/proc/sys").
std::string path_in_ns(const World& world, const Location& where);
/// `path` of a file system as seen through a mount of it ("/var/lib/x/etc" through root
/// "/var/lib/x": "/etc").
std::string path_in_mount(const Mount& mount, const std::string& path);

/// Is `path` this folder or below it?
bool is_below(std::string_view path, std::string_view folder);
/// "/a" + "b" → "/a/b", "/" + "b" → "/b".
std::string join_path(std::string_view folder, std::string_view name);

}  // namespace cutaway
