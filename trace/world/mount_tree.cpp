#include "trace/world/mount_tree.h"

#include "base/text.h"

namespace cutaway {

namespace {

bool mounts_are_indexed(const World& world) {
  return world.mount_index.size() == world.mounts.size();
}

/// For whoever may not make one; `own` is where it lies then.
const MountIndex& index_of(const World& world, MountIndex& own) {
  if (mounts_are_indexed(world)) return world.mount_index;
  own = MountIndex(world.mounts);
  return own;
}

}  // namespace

std::vector<MountId> child_mounts(const World& world, MountId parent) {
  MountIndex own;
  return index_of(world, own).children(parent);
}

std::vector<MountId> mount_subtree(const World& world, MountId top) {
  std::vector<MountId> all;
  if (!world.mounts.contains(top)) return all;
  MountIndex own;
  const MountIndex& index = index_of(world, own);
  all.push_back(top);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::vector<MountId>& below = index.children(all[i]);
    all.insert(all.end(), below.begin(), below.end());
  }
  return all;
}

std::vector<MountId> mounts_of_ns(const World& world, NsId ns) {
  const Namespace* found = world.namespaces.find(ns);
  return found == nullptr ? std::vector<MountId>() : mount_subtree(world, found->root_mount);
}

std::vector<MountId> mounts_of_filesystem(const World& world, FilesystemId fs) {
  MountIndex own;
  return index_of(world, own).of_filesystem(fs);
}

std::vector<MountId> group_peers(const World& world, std::uint32_t group) {
  MountIndex own;
  return index_of(world, own).peers(group);
}

std::vector<MountId> group_slaves(const World& world, std::uint32_t group) {
  MountIndex own;
  return index_of(world, own).slaves(group);
}

const MountIndex& index_mounts(World& world) {
  if (!mounts_are_indexed(world)) world.mount_index = MountIndex(world.mounts);
  return world.mount_index;
}

void put_mount(World& world, Mount mount) {
  index_mounts(world);
  if (const Mount* before = world.mounts.find(mount.id)) world.mount_index.remove(*before);
  world.mount_index.add(mount);
  const MountId id = mount.id;
  world.mounts.put(id, std::move(mount));
}

void hang_mount(World& world, MountId id, MountId parent, std::string at) {
  Mount mount = world.mounts.at(id);
  mount.parent = parent;
  mount.at = std::move(at);
  put_mount(world, std::move(mount));
}

void group_mount(World& world, MountId id, std::uint32_t peers, std::uint32_t master) {
  Mount mount = world.mounts.at(id);
  mount.peer_group = peers;
  mount.master_group = master;
  put_mount(world, std::move(mount));
}

void erase_mount(World& world, MountId id) {
  index_mounts(world);
  world.mount_index.remove(world.mounts.at(id));
  world.mounts.erase(id);
}

MountId mount_at(const World& world, const Location& where) {
  if (mounts_are_indexed(world)) return world.mount_index.at(world.mounts, where.mount, where.path);
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
