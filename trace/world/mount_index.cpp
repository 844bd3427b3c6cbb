#include "trace/world/mount_index.h"

#include <algorithm>

namespace cutaway {

namespace {

/// Slots: as many as a table of two levels has, but for the id 0.
constexpr std::uint32_t kSlots = 1023;

}  // namespace

MountIndex::MountIndex(const Mounts& mounts) {
  mounts.each([this](const Mount& mount) { add(mount); });
}

/// FNV-1a of the path's length and end, begun with the parent: a walk asks at each step.
MountIndex::Slot MountIndex::slot_of(MountId parent, std::string_view path) {
  constexpr std::size_t kEnd = 8;
  std::uint32_t hash = 2166136261U ^ parent.value * 0x9e3779b1U;
  hash = (hash ^ static_cast<std::uint32_t>(path.size())) * 16777619U;
  for (const char c : path.substr(path.size() - std::min(path.size(), kEnd)))
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return Slot{hash % kSlots + 1};
}

void MountIndex::add(const Mount& mount) {
  slots_.put(slot_of(mount.parent, mount.at), mount.id);
  children_.put(mount.parent, mount.id);
  peers_.put(Group{mount.peer_group}, mount.id);
  slaves_.put(Group{mount.master_group}, mount.id);
  filesystems_.put(mount.fs, mount.id);
  ++size_;
}

void MountIndex::remove(const Mount& mount) {
  slots_.take(slot_of(mount.parent, mount.at), mount.id);
  children_.take(mount.parent, mount.id);
  peers_.take(Group{mount.peer_group}, mount.id);
  slaves_.take(Group{mount.master_group}, mount.id);
  filesystems_.take(mount.fs, mount.id);
  --size_;
}

MountId MountIndex::at(const Mounts& mounts, MountId parent, std::string_view path) const {
  for (const MountId id : slots_.of(slot_of(parent, path))) {
    const Mount* mount = mounts.find(id);
    if (mount != nullptr && mount->parent == parent && mount->at == path) return id;
  }
  return {};
}

}  // namespace cutaway
