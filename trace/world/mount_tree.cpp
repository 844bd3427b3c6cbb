#include "trace/world/mount_tree.h"

#include "base/text.h"

namespace cutaway {

std::vector<MountId> child_mounts(const World& world, MountId parent) {
  std::vector<MountId> children;
  world.mounts.each([&children, parent](const Mount& mount) {
    if (mount.parent == parent) children.push_back(mount.id);
  });
  return children;
}

MountChildren::MountChildren(const World& world) {
  world.mounts.each([this](const Mount& mount) {
    if (mount.parent) children_[mount.parent].push_back(mount.id);
  });
}

const std::vector<MountId>& MountChildren::of(MountId parent) const {
  static const std::vector<MountId> none;
  const auto found = children_.find(parent);
  return found == children_.end() ? none : found->second;
}

std::vector<MountId> mount_subtree(const World& world, MountId top) {
  std::vector<MountId> all;
  if (!world.mounts.contains(top)) return all;
  all.push_back(top);
  if (child_mounts(world, top).empty()) return all;  // most trees are one mount
  const MountChildren children(world);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::vector<MountId>& below = children.of(all[i]);
    all.insert(all.end(), below.begin(), below.end());
  }
  return all;
}

std::vector<MountId> mounts_of_ns(const World& world, NsId ns) {
  const Namespace* found = world.namespaces.find(ns);
  if (found == nullptr || !world.mounts.contains(found->root_mount)) return {};
  // A machine has thousands of mounts, a namespace tens: looked for once, then put in order.
  std::vector<const Mount*> own;
  world.mounts.each([&own, ns](const Mount& mount) {
    if (mount.ns == ns) own.push_back(&mount);
  });
  std::vector<MountId> all = {found->root_mount};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const Mount* mount : own) {
      if (mount->parent == all[i]) all.push_back(mount->id);
    }
  }
  return all;
}

namespace {

/// A World that was read from a file has mounts, and no index of them yet.
MountPlaces& places_of(World& world) {
  if (world.mount_places.size() == world.mounts.size()) return world.mount_places;
  world.mount_places = MountPlaces();
  world.mounts.each([&world](const Mount& mount) { world.mount_places.add(mount); });
  return world.mount_places;
}

}  // namespace

void put_mount(World& world, Mount mount) {
  MountPlaces& places = places_of(world);
  if (const Mount* before = world.mounts.find(mount.id)) places.remove(*before);
  places.add(mount);
  const MountId id = mount.id;
  world.mounts.put(id, std::move(mount));
}

void hang_mount(World& world, MountId id, MountId parent, std::string at) {
  MountPlaces& places = places_of(world);
  Mount& mount = world.mounts.mutate(id);
  places.remove(mount);
  mount.parent = parent;
  mount.at = std::move(at);
  places.add(mount);
}

void erase_mount(World& world, MountId id) {
  places_of(world).remove(world.mounts.at(id));
  world.mounts.erase(id);
}

MountId mount_at(const World& world, const Location& where) {
  if (world.mount_places.size() == world.mounts.size())
    return world.mount_places.at(world.mounts, where.mount, where.path);
  const Mount* found = world.mounts.first([&where](const Mount& mount) {
    return mount.parent == where.mount && mount.at == where.path;
  });
  return found == nullptr ? MountId{} : found->id;
}

bool is_below(std::string_view path, std::string_view folder) {
  if (folder == "/") return starts_with(path, "/");
  return starts_with(path, folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string join_path(std::string_view folder, std::string_view name) {
  std::string path(folder);
  if (!ends_with(path, "/")) path += '/';
  path += name;
  return path;
}

std::string path_in_mount(const Mount& mount, const std::string& path) {
  if (mount.root == "/" || !is_below(path, mount.root)) return path;
  return path == mount.root ? "/" : path.substr(mount.root.size());
}

std::string path_in_ns(const World& world, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  if (mount == nullptr) return where.path;
  std::string path = path_in_mount(*mount, where.path);
  while (mount->parent) {
    const Mount* parent = world.mounts.find(mount->parent);
    if (parent == nullptr) break;
    const std::string at = path_in_mount(*parent, mount->at);
    if (at != "/") path = path == "/" ? at : at + path;
    mount = parent;
  }
  return path;
}

}  // namespace cutaway
