#include "real/observe/host_mounts.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>

#include "base/text.h"
#include "real/observe/proc_files.h"
#include "trace/effects/new_filesystem.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway::real {
namespace {

/// A layer that stands for all layers of an overlay.
constexpr const char* kUnseenLayer = "layers";

InodeId put_inode(World& world, FilesystemId fs, InodeId parent, const std::string& name,
                  Inode inode) {
  inode.id = InodeId{++world.counters.inode};
  inode.fs = fs;
  const bool folder = (inode.mode & abi::mode::kType) == abi::mode::kDirectory;
  inode.links = folder ? 2 : 1;
  const InodeId id = inode.id;
  world.inodes.put(id, std::move(inode));
  if (parent) {
    Inode& above = world.inodes.mutate(parent);
    above.entries[name] = id;
    if (folder) ++above.links;
  }
  return id;
}

Inode plain_folder() {
  Inode inode;
  inode.mode = abi::mode::kDirectory | 0755;
  return inode;
}

/// The inodes that lead to `path` of a file system that is seen at `seen_at` from `shown` on.
void ensure_path(World& world, FilesystemId fs, const std::string& path, const std::string& shown,
                 const std::string& seen_at) {
  InodeId here = world.filesystems.at(fs).root;
  if (!here) return;
  std::string at;
  for (const std::string& name : split(path, '/')) {
    if (name.empty()) continue;
    at += "/" + name;
    const Inode& folder = world.inodes.at(here);
    const auto entry = folder.entries.find(name);
    if (entry != folder.entries.end()) {
      here = entry->second;
      continue;
    }
    Inode inode;
    const bool visible = is_below(at, shown);
    const std::string rest = shown == "/" ? at : at.substr(std::min(at.size(), shown.size()));
    if (!visible || !stat_inode(seen_at == "/" ? rest : seen_at + rest, inode))
      inode = plain_folder();
    here = put_inode(world, fs, here, name, std::move(inode));
  }
}

/// The hierarchy that a cgroup file system shows, and its root as mounted.
void find_hierarchy(const World& world, const MountLine& line, Filesystem& fs) {
  const std::vector<std::string> words = split(line.options, ',');
  const Hierarchy* hierarchy = world.hierarchies.first([&](const Hierarchy& each) {
    if (line.type == "cgroup2" || each.version == 2)
      return line.type == "cgroup2" && each.version == 2;
    for (const std::string& word : words) {
      const auto& all = each.controllers;
      if (std::find(all.begin(), all.end(), word) != all.end()) return true;
    }
    return false;
  });
  if (hierarchy == nullptr) return;
  fs.hierarchy = hierarchy->id;
  fs.cgroup = hierarchy->root;
}

NsId ns_shown(const World& world, const std::string& type) {
  NsKind kind = NsKind::Pid;
  if (type == "sysfs") kind = NsKind::Net;
  if (type == "mqueue") kind = NsKind::Ipc;
  if (type == "cgroup" || type == "cgroup2") kind = NsKind::Cgroup;
  if (kind == NsKind::Pid && type != "proc") return NsId{};
  // The first of each kind is this process's own.
  const Namespace* own =
      world.namespaces.first([kind](const Namespace& ns) { return ns.type == kind; });
  return own == nullptr ? NsId{} : own->id;
}

const MountLine* line_by_id(const std::vector<MountLine>& lines, std::int64_t id) {
  for (const MountLine& line : lines) {
    if (line.id == id) return &line;
  }
  return nullptr;
}

/// Where the line's mount hangs on its parent's file system.
std::string place_on_parent(const MountLine& line, const MountLine& parent) {
  std::string rest = parent.target == "/"
                         ? line.target
                         : line.target.substr(std::min(line.target.size(), parent.target.size()));
  if (line.target == parent.target || rest.empty()) rest = "/";
  if (parent.root == "/") return rest;
  return rest == "/" ? parent.root : parent.root + rest;
}

/// A path of the table as this process finds it.
std::string seen_at(const MountView& view, const std::string& path) {
  return path == "/" && !view.root.empty() ? view.root : view.root + path;
}

}  // namespace

bool computed_filesystem(const std::string& type) {
  for (const char* computed : {"proc", "sysfs", "mqueue", "cgroup", "cgroup2", "devpts"}) {
    if (type == computed) return true;
  }
  return false;
}

bool stat_inode(const std::string& path, Inode& inode) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) return false;
  inode.mode = found.st_mode;
  inode.uid = found.st_uid;
  inode.gid = found.st_gid;
  inode.size = S_ISDIR(found.st_mode) ? 0 : found.st_size;
  if (S_ISCHR(found.st_mode) || S_ISBLK(found.st_mode)) {
    inode.major = major(found.st_rdev);
    inode.minor = minor(found.st_rdev);
  }
  if (S_ISLNK(found.st_mode)) inode.target = link_target(path);
  return true;
}

FilesystemId filesystem_of_line(World& world, const MountLine& line,
                                std::map<std::string, FilesystemId>& by_device,
                                const std::string& root_path) {
  const auto known = by_device.find(line.device);
  if (known != by_device.end()) return known->second;
  Filesystem fs;
  fs.id = FilesystemId{++world.counters.filesystem};
  fs.type = line.type;
  fs.source = line.source;
  fs.read_only = line.read_only;
  fs.options = line.options;
  fs.ns = ns_shown(world, line.type);
  if (starts_with(line.type, "cgroup")) find_hierarchy(world, line, fs);
  if (!computed_filesystem(line.type) && line.type != "overlay" && line.type != "nsfs") {
    Inode root = plain_folder();
    if (line.root == "/") stat_inode(root_path + line.target, root);
    fs.root = put_inode(world, fs.id, InodeId{}, {}, std::move(root));
  }
  by_device[line.device] = fs.id;
  const FilesystemId id = fs.id;
  world.filesystems.put(id, std::move(fs));
  return id;
}

void read_mounts(World& world, NsId ns, const std::vector<MountLine>& lines,
                 std::map<std::string, FilesystemId>& by_device, const MountView& view) {
  std::map<std::int64_t, MountId> ids;
  for (const MountLine& line : lines) ids[line.id] = MountId{++world.counters.mount};
  for (const MountLine& line : lines) {
    Mount mount;
    mount.id = ids[line.id];
    mount.ns = ns;
    mount.target = line.target;
    mount.fs = filesystem_of_line(world, line, by_device, view.root);
    mount.root = line.root;
    mount.source = line.source;
    mount.flags = line.flags;
    mount.peer_group = line.shared;
    mount.master_group = line.master;
    mount.unbindable = line.unbindable;
    world.counters.peer_group = std::max({world.counters.peer_group, line.shared, line.master});
    const MountLine* parent = line_by_id(lines, line.parent);
    if (parent != nullptr && parent != &line) {
      mount.parent = ids[line.parent];
      mount.at = place_on_parent(line, *parent);
    } else if (!world.namespaces.at(ns).root_mount) {
      world.namespaces.mutate(ns).root_mount = mount.id;
      mount.at = "/";
    }
    ensure_path(world, mount.fs, line.root, line.root, seen_at(view, line.target));
    put_mount(world, std::move(mount));
  }
  // Only now every parent has its file system.
  for (const MountLine& line : lines) {
    const MountLine* parent = line_by_id(lines, line.parent);
    if (parent == nullptr || parent == &line) continue;
    ensure_path(world, world.mounts.at(ids[line.parent]).fs, place_on_parent(line, *parent),
                parent->root, seen_at(view, parent->target));
  }
  for (const MountLine& line : lines) {
    if (line.type != "overlay") continue;
    const FilesystemId fs = world.mounts.at(ids[line.id]).fs;
    const Filesystem& overlay = world.filesystems.at(fs);
    if (overlay.lower.empty() && !overlay.upper.fs)
      find_layers(world, view.shows_layers ? view.shows_layers : ns, fs);
  }
}

Location locate(const World& world, NsId mount_ns, const std::string& path) {
  const Namespace* ns = world.namespaces.find(mount_ns);
  const Mount* root = ns == nullptr ? nullptr : world.mounts.find(ns->root_mount);
  if (root == nullptr) return Location{};
  Location here = cross_mounts(world, Location{root->id, root->root});
  for (const std::string& name : split(path, '/')) {
    if (name.empty()) continue;
    here = cross_mounts(world, Location{here.mount, join_path(here.path, name)});
  }
  return here;
}

std::string path_of_place(const World& world, NsId mount_ns, const Place& place) {
  for (const MountId id : mounts_of_ns(world, mount_ns)) {
    const Mount& mount = world.mounts.at(id);
    if (mount.fs != place.fs || !is_below(place.path, mount.root)) continue;
    const std::string path = path_in_ns(world, Location{id, place.path});
    if (locate(world, mount_ns, path) == Location{id, place.path}) return path;
  }
  return {};
}

void find_layers(World& world, NsId mount_ns, FilesystemId overlay) {
  Filesystem fs = world.filesystems.at(overlay);
  fs.lower.clear();
  bool whole = true;
  const auto place_of = [&](const std::string& path) {
    const Location found = starts_with(path, "/") ? locate(world, mount_ns, path) : Location{};
    const Mount* mount = world.mounts.find(found.mount);
    Inode folder;
    // Paths of options are those of who mounted it; here they may lead elsewhere, or nowhere.
    if (mount == nullptr || mount->fs == overlay || !stat_inode(path, folder)) {
      whole = false;
      return Place{};
    }
    return Place{mount->fs, found.path, {}};
  };
  for (const std::string& folder : split(mount_option(fs.options, "lowerdir"), ':'))
    fs.lower.push_back(place_of(folder));
  const std::string upper = mount_option(fs.options, "upperdir");
  const std::string work = mount_option(fs.options, "workdir");
  if (!upper.empty()) fs.upper = place_of(upper);
  if (!work.empty()) fs.work = place_of(work);
  if (!whole) {
    Filesystem layer;
    layer.id = FilesystemId{++world.counters.filesystem};
    layer.type = kUnseenLayer;
    layer.source = fs.source;
    layer.root = put_inode(world, layer.id, InodeId{}, {}, plain_folder());
    fs.lower.clear();
    fs.upper = Place{layer.id, "/", {}};
    fs.work = Place{};
    const FilesystemId id = layer.id;
    world.filesystems.put(id, std::move(layer));
  }
  world.filesystems.put(overlay, std::move(fs));
}

FilesystemId overlay_over(const World& world, FilesystemId layer) {
  const Filesystem* found = world.filesystems.find(layer);
  if (found == nullptr || found->type != kUnseenLayer) return FilesystemId{};
  const Filesystem* over = world.filesystems.first(
      [layer](const Filesystem& fs) { return fs.is("overlay") && fs.upper.fs == layer; });
  return over == nullptr ? FilesystemId{} : over->id;
}

}  // namespace cutaway::real
