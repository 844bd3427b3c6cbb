// Path resolution (path_resolution(7)) as a pure question to a World: mounts, symbolic links,
// overlays and the computed file systems. Permissions are the asker's business.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/abi/abi.h"
#include "trace/world/world.h"

namespace cutaway {

/// What a permission check looks at; `mode` holds the type as well (inode(7)).
struct Permissions {
  std::uint32_t mode = 0;
  std::uint32_t uid = 0, gid = 0;

  bool directory() const { return (mode & abi::mode::kType) == abi::mode::kDirectory; }
  bool symlink() const { return (mode & abi::mode::kType) == abi::mode::kLink; }
  bool regular() const { return (mode & abi::mode::kType) == abi::mode::kRegular; }
};

/// What stands at a place: a real inode, or an entry of a computed file system (proc, sysfs,
/// cgroup).
struct Entry : Permissions {
  std::uint32_t links = 1;
  std::int64_t size = 0;
  std::uint32_t major = 0, minor = 0;
  std::string target;  ///< symbolic links
  InodeId inode;       ///< none: computed
  FilesystemId fs;     ///< of the inode (of an overlay: of the layer that holds it)
  std::string program;
  /// A magic link of /proc (exe, cwd, root, fd/N, ns/X): it leads here, whatever its text says.
  std::optional<Location> jump;
  FileId jump_file;  ///< /proc/PID/fd/N
  NsId jump_ns;      ///< /proc/PID/ns/X
};

enum class LastLink : std::uint8_t { Follow, NoFollow };

/// Outcome of a walk. On ENOENT of the last component alone, `parent` and `name` say where it would
/// be.
struct Walk {
  abi::Errno err = abi::Errno::kOk;
  /// Found: crossing to the topmost mount at that place is done, but as on Linux not for "." and
  /// "/" themselves (umount2, mount and pivot_root's put_old then climb the stack: cross_mounts).
  Location where;
  Entry entry;
  Location parent;   ///< folder that holds (or would hold) the last component
  std::string name;  ///< last component; empty for "/" and the like
  /// ENOENT: the component that is not in `parent` (the last one or another); empty when it is a
  /// link that leads nowhere.
  std::string missing;
  bool slash = false;  ///< the path ended in a slash: only a directory will do
};

/// Asked about each folder on the way, in which a name is looked for. False: EACCES.
using MaySearch = std::function<bool(const Location& folder, const Permissions& permissions)>;

/// Resolves `path` for `task`, relative to `from` (default: its cwd), within its root.
Walk walk(const World& world, const Task& task, std::string_view path,
          LastLink last = LastLink::Follow, const Location* from = nullptr,
          const MaySearch& may_search = {});

/// What stands at a location (no symbolic links are followed), or nothing.
std::optional<Entry> entry_at(const World& world, const Task& viewer, const Location& where);
/// Names in a folder, sorted, without . and ..; of an overlay: merged.
std::vector<std::string> list_directory(const World& world, const Task& viewer,
                                        const Location& where);

/// For a location on an overlay: the place of the layer that holds it, and whether that is the
/// upper one.
struct LayerPlace {
  Place place;
  bool upper = false;
  InodeId inode;
};
std::optional<LayerPlace> overlay_find(const World& world, const Filesystem& overlay,
                                       std::string_view path);

/// An inode of a file system with inodes by its path, without mounts and links.
const Inode* inode_at(const World& world, FilesystemId fs, std::string_view path);

/// What stands at a place of a mount of such a file system, also where the mount's root has no name
/// any more.
const Inode* inode_at(const World& world, const Mount& mount, std::string_view path);

/// Where an open file lies now (on overlays: where it was opened).
Location place_of(const World& world, const OpenFile& file);

/// The file system that is mounted where a location lies, or null.
const Filesystem* filesystem_of(const World& world, const Location& where);

/// The topmost mount attached at `where`, or the mount of `where` itself.
Location cross_mounts(const World& world, Location where);
/// The path of a location as `task` would name it ("/etc/hosts"), or "(unreachable)/…".
std::string path_seen_by(const World& world, const Task& task, const Location& where);

}  // namespace cutaway
