// What happens to mounts and file systems.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"
#include "trace/world/filesystem.h"

namespace cutaway {

struct MountAttached {
  NsId ns;
  MountId id;
  MountId parent;      ///< none: the root of that namespace's tree
  std::string target;  ///< as seen from the namespace's root
  std::string at;      ///< where on the parent's file system
  std::string source, fstype;
  std::uint64_t flags = 0;  ///< MS_RDONLY, MS_NOSUID …: of this mount
  FilesystemId fs;
  std::string root;  ///< which folder of the file system is its root ("/" unless a bind)
  std::uint32_t peer_group = 0, master_group = 0;
  bool unbindable = false;
  bool locked = false, flags_locked = false;
  std::uint64_t locked_flags = 0;
  InodeId removed;  ///< what it shows has no name any more
  FIELDS(ns, id, parent, target, at, source, fstype, flags, fs, root, peer_group, master_group,
         unbindable, locked, flags_locked, locked_flags, removed)
};

/// The mount hangs elsewhere now (MS_MOVE, pivot_root).
struct MountMoved {
  NsId ns;
  MountId id;
  MountId parent;
  std::string target, at;
  FIELDS(ns, id, parent, target, at)
};
struct MountRemounted {
  NsId ns;
  MountId id;
  std::string target;
  std::uint64_t flags = 0;
  bool superblock = false;  ///< without MS_BIND the file system itself changes, for everyone
  FIELDS(ns, id, target, flags, superblock)
};
struct MountDetached {
  NsId ns;
  MountId id;
  std::string target;
  FIELDS(ns, id, target)
};
struct MountPropagationSet {
  NsId ns;
  MountId id;
  std::uint32_t peer_group = 0, master_group = 0;
  bool unbindable = false;
  FIELDS(ns, id, peer_group, master_group, unbindable)
};
/// What the mount shows was renamed, or lost its name: then it is `removed` from now on.
struct MountRootMoved {
  NsId ns;
  MountId id;
  std::string target, root;
  InodeId removed;
  FIELDS(ns, id, target, root, removed)
};
struct MountCopiedUp {
  FilesystemId fs;  ///< the overlay
  std::string path;
  FIELDS(fs, path)
};

/// A file system instance (superblock) came to be.
struct FilesystemMade {
  Filesystem filesystem;
  FIELDS(filesystem)
};

}  // namespace cutaway
