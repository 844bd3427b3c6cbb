// What is asked of the mount table again and again, without going through all of it: which mounts
// lie at a place (mount_hashtable in fs/namespace.c), hang on a mount (mnt_mounts), are of a file
// system (s_mounts), are peers or slaves of a group (mnt_share, mnt_slave_list). With structural
// sharing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "trace/ids.h"
#include "trace/world/filesystem.h"

namespace cutaway {

class MountIndex {
 public:
  using Mounts = Table<MountId, Mount>;
  /// In the order in which they came.
  using Ids = std::vector<MountId>;

  MountIndex() = default;
  explicit MountIndex(const Mounts& mounts);

  void add(const Mount& mount);
  void remove(const Mount& mount);
  /// How many mounts it knows; another number than there are: it is of other mounts.
  std::size_t size() const { return size_; }

  /// The first of `mounts` at this place, or none.
  MountId at(const Mounts& mounts, MountId parent, std::string_view path) const;
  const Ids& children(MountId parent) const { return of(children_, parent); }
  const Ids& peers(std::uint32_t group) const { return of(peers_, Group{group}); }
  const Ids& slaves(std::uint32_t group) const { return of(slaves_, Group{group}); }
  const Ids& of_filesystem(FilesystemId fs) const { return of(filesystems_, fs); }

 private:
  using Slot = Id<struct SlotTag>;
  using Group = Id<struct PeerGroupTag>;
  template <class Key>
  using Lists = Table<Key, Ids>;

  template <class Key>
  static void put_in(Lists<Key>& lists, Key key, MountId id);
  template <class Key>
  static void take_out(Lists<Key>& lists, Key key, MountId id);
  template <class Key>
  static const Ids& of(const Lists<Key>& lists, Key key) {
    static const Ids none;
    const Ids* found = lists.find(key);
    return found == nullptr ? none : *found;
  }
  static Slot slot_of(MountId parent, std::string_view path);

  Lists<Slot> slots_;
  Lists<MountId> children_;
  Lists<Group> peers_, slaves_;
  Lists<FilesystemId> filesystems_;
  std::size_t size_ = 0;
};

}  // namespace cutaway
