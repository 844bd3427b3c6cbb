#include "trace/world/mount_places.h"

#include <algorithm>

namespace cutaway {

namespace {

/// Slots: as many as a table of two levels has, but for the id 0.
constexpr std::uint32_t kSlots = 1023;

}  // namespace

/// FNV-1a of the path, begun with the parent.
MountPlaces::Slot MountPlaces::slot_of(MountId parent, std::string_view path) {
  std::uint32_t hash = 2166136261U ^ parent.value * 0x9e3779b1U;
  for (const char c : path) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return Slot{hash % kSlots + 1};
}

void MountPlaces::add(const Mount& mount) {
  const Slot slot = slot_of(mount.parent, mount.at);
  const std::vector<MountId>* found = slots_.find(slot);
  std::vector<MountId> ids = found == nullptr ? std::vector<MountId>() : *found;
  ids.insert(std::lower_bound(ids.begin(), ids.end(), mount.id), mount.id);
  slots_.put(slot, std::move(ids));
  ++size_;
}

void MountPlaces::remove(const Mount& mount) {
  const Slot slot = slot_of(mount.parent, mount.at);
  const std::vector<MountId>* found = slots_.find(slot);
  if (found == nullptr) return;
  const auto place = std::lower_bound(found->begin(), found->end(), mount.id);
  if (place == found->end() || *place != mount.id) return;
  --size_;
  if (found->size() == 1) return slots_.erase(slot);
  std::vector<MountId>& ids = slots_.mutate(slot);
  ids.erase(std::lower_bound(ids.begin(), ids.end(), mount.id));
}

MountId MountPlaces::at(const Mounts& mounts, MountId parent, std::string_view path) const {
  const std::vector<MountId>* found = slots_.find(slot_of(parent, path));
  if (found == nullptr) return {};
  for (const MountId id : *found) {
    const Mount* mount = mounts.find(id);
    if (mount != nullptr && mount->parent == parent && mount->at == path) return id;
  }
  return {};
}

}  // namespace cutaway
