// What is asked of the mount table again and again, without going through all of it: which mounts
// lie at a place (mount_hashtable in fs/namespace.c), hang on a mount (mnt_mounts), are of a file
// system (s_mounts), are peers or slaves of a group (mnt_share, mnt_slave_list). With structural
// sharing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "trace/ids.h"
#include "trace/world/filesystem.h"
#include "trace/world/id_lists.h"

namespace cutaway {

class MountIndex {
 public:
  using Mounts = Table<MountId, Mount>;
  /// In the order in which they came.
  using Ids = IdLists<MountId, MountId>::Ids;

  MountIndex() = default;
  explicit MountIndex(const Mounts& mounts);

  void add(const Mount& mount);
  void remove(const Mount& mount);
  /// How many mounts it knows; another number than there are: it is of other mounts.
  std::size_t size() const { return size_; }

  /// The first of `mounts` at this place, or none.
  MountId at(const Mounts& mounts, MountId parent, std::string_view path) const;
  const Ids& children(MountId parent) const { return children_.of(parent); }
  const Ids& peers(std::uint32_t group) const { return peers_.of(Group{group}); }
  const Ids& slaves(std::uint32_t group) const { return slaves_.of(Group{group}); }
  const Ids& of_filesystem(FilesystemId fs) const { return filesystems_.of(fs); }

 private:
  using Slot = Id<struct SlotTag>;
  using Group = Id<struct PeerGroupTag>;
  template <class Key>
  using Lists = IdLists<Key, MountId>;

  static Slot slot_of(MountId parent, std::string_view path);

  Lists<Slot> slots_;
  Lists<MountId> children_;
  Lists<Group> peers_, slaves_;
  Lists<FilesystemId> filesystems_;
  std::size_t size_ = 0;
};

}  // namespace cutaway
