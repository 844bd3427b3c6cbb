// The mount table as a tree: mount_namespaces(7), Documentation/filesystems/sharedsubtree.rst.
// Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "trace/world/world.h"

namespace cutaway {

/// Mounts that hang on `parent`, in the order in which they came.
std::vector<MountId> child_mounts(const World& world, MountId parent);
/// The same of all mounts, read once: for whoever goes through a whole tree.
class MountChildren {
 public:
  explicit MountChildren(const World& world);
  const std::vector<MountId>& of(MountId parent) const;

 private:
  std::map<MountId, std::vector<MountId>> children_;
};
/// `top` and all below it, parents before children.
std::vector<MountId> mount_subtree(const World& world, MountId top);
/// All mounts of a namespace, parents before children.
std::vector<MountId> mounts_of_ns(const World& world, NsId ns);
/// The mount attached directly at this place, or none.
MountId mount_at(const World& world, const Location& where);

/// Adds a mount, or puts it in another's place.
void put_mount(World& world, Mount mount);
/// Hangs it elsewhere; without a parent nowhere.
void hang_mount(World& world, MountId id, MountId parent, std::string at);
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
