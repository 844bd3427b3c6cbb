// Which mounts lie where: what path resolution asks for each name on its way. As in Linux a hash of
// parent and place (mount_hashtable in fs/namespace.c), here with structural sharing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "trace/ids.h"
#include "trace/world/filesystem.h"

namespace cutaway {

class MountPlaces {
 public:
  using Mounts = Table<MountId, Mount>;

  void add(const Mount& mount);
  void remove(const Mount& mount);
  /// How many mounts it knows; another number than there are: it is of other mounts.
  std::size_t size() const { return size_; }
  /// The first of `mounts` at this place, or none.
  MountId at(const Mounts& mounts, MountId parent, std::string_view path) const;

 private:
  struct SlotTag;
  using Slot = Id<SlotTag>;
  static Slot slot_of(MountId parent, std::string_view path);

  Table<Slot, std::vector<MountId>> slots_;
  std::size_t size_ = 0;
};

}  // namespace cutaway
