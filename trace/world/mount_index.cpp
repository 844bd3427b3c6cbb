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

template <class Key>
void MountIndex::put_in(Lists<Key>& lists, Key key, MountId id) {
  if (!key) return;
  if (!lists.contains(key)) return lists.put(key, Ids{id});
  Ids& ids = lists.mutate(key);
  ids.insert(std::lower_bound(ids.begin(), ids.end(), id), id);
}

template <class Key>
void MountIndex::take_out(Lists<Key>& lists, Key key, MountId id) {
  if (!lists.contains(key)) return;
  Ids& ids = lists.mutate(key);
  ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end());
  if (ids.empty()) lists.erase(key);
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
  put_in(slots_, slot_of(mount.parent, mount.at), mount.id);
  put_in(children_, mount.parent, mount.id);
  put_in(peers_, Group{mount.peer_group}, mount.id);
  put_in(slaves_, Group{mount.master_group}, mount.id);
  put_in(filesystems_, mount.fs, mount.id);
  ++size_;
}

void MountIndex::remove(const Mount& mount) {
  take_out(slots_, slot_of(mount.parent, mount.at), mount.id);
  take_out(children_, mount.parent, mount.id);
  take_out(peers_, Group{mount.peer_group}, mount.id);
  take_out(slaves_, Group{mount.master_group}, mount.id);
  take_out(filesystems_, mount.fs, mount.id);
  --size_;
}

MountId MountIndex::at(const Mounts& mounts, MountId parent, std::string_view path) const {
  for (const MountId id : of(slots_, slot_of(parent, path))) {
    const Mount* mount = mounts.find(id);
    if (mount != nullptr && mount->parent == parent && mount->at == path) return id;
  }
  return {};
}

}  // namespace cutaway
