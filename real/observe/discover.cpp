#include "real/observe/discover.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <algorithm>

#include "base/text.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "trace/effects/call.h"
#include "trace/effects/new_filesystem.h"
#include "trace/event/shape.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/new_id.h"
#include "trace/world/overlay.h"
#include "trace/world/virtual_fs.h"
#include "trace/world/virtual_tables.h"

namespace cutaway::real {
namespace {

constexpr int kStepsMax = 512;   // components of one path, with those of its links
constexpr int kUpperDepth = 16;  // of an upper layer's tree
constexpr std::size_t kUpperNames = 4096;

bool is_folder(const Inode& inode) {
  return (inode.mode & abi::mode::kType) == abi::mode::kDirectory;
}

/// Text that looks like a path by its shape and is none: a new link's target, the source of a mount
/// that is no bind.
bool is_looked_up(const SeenCall& call, std::size_t argument) {
  if (argument != 0) return true;
  if (call.sys == abi::Sys::symlink || call.sys == abi::Sys::symlinkat) return false;
  if (call.sys != abi::Sys::mount || call.args.size() < 4) return true;
  const auto flags = static_cast<std::uint64_t>(call.args[3].value);
  return (flags & (abi::ms::kBind | abi::ms::kMove)) != 0;
}

bool opaque(const std::string& folder) {
  char value = 0;
  return ::lgetxattr(folder.c_str(), "trusted.overlay.opaque", &value, 1) == 1 && value == 'y';
}

}  // namespace

void Discoverer::call(const SeenCall& call, TaskId task, EffectSink& sink) {
  const SyscallShape& shape = syscall_shape(call.sys);
  for (std::size_t i = 0; i < shape.args.size() && i < call.args.size(); ++i) {
    const Arg& arg = call.args[i];
    const std::string unix_path =
        shape.args[i].kind == ArgKind::Struct ? field_text(arg, "sun_path") : std::string{};
    if (!unix_path.empty() && unix_path[0] != '\0') path(call.tid, task, unix_path, sink);
    if (shape.args[i].kind != ArgKind::Path || arg.text.empty() || !is_looked_up(call, i)) continue;
    const bool at = i > 0 && shape.args[i - 1].kind == ArgKind::DirFd &&
                    call.args[i - 1].value != abi::at::kFdcwd;
    if (!at || arg.text[0] == '/') {
      path(call.tid, task, arg.text, sink);
      continue;
    }
    const Task* who = sink.world().tasks.find(task);
    const OpenFile* folder =
        who == nullptr ? nullptr : file_of(sink.world(), *who, call.args[i - 1].value);
    if (folder == nullptr) continue;
    const Location from = folder->where;
    path(call.tid, task, arg.text, sink, &from);
  }
  const bool overlay =
      call.sys == abi::Sys::mount && call.args.size() > 4 && call.args[2].text == "overlay";
  if (overlay) overlay_options(At{call.tid, task, sink}, call.args[4].text);
}

/// The folders of an overlay's layers are looked up by mount(2) as well.
void Discoverer::overlay_options(const At& at, const std::string& data) {
  std::vector<std::string> folders = split(mount_option(data, "lowerdir"), ':');
  folders.push_back(mount_option(data, "upperdir"));
  folders.push_back(mount_option(data, "workdir"));
  for (const std::string& folder : folders) {
    if (!folder.empty()) path(at.tid, at.task, folder, at.sink);
  }
}

void Discoverer::path(int tid, TaskId task, const std::string& path, EffectSink& sink,
                      const Location* from) {
  const At at{tid, task, sink};
  for (int step = 0; step < kStepsMax; ++step) {
    const Task* who = sink.world().tasks.find(task);
    if (who == nullptr) return;
    std::vector<Location> passed;
    const Walk found = walk(sink.world(), *who, path, LastLink::Follow, from,
                            [&passed](const Location& folder, const Permissions&) {
                              passed.push_back(folder);
                              return true;
                            });
    if (found.err == abi::Errno::kOk) passed.push_back(found.where);
    if (complete_layers(at, passed)) continue;
    if (found.err != abi::Errno::kENOENT || found.missing.empty()) return;
    if (!look(at, found.parent, found.missing)) return;
  }
}

void Discoverer::place(int tid, TaskId task, const Location& where, EffectSink& sink) {
  const At at{tid, task, sink};
  std::string here = "/";
  for (const std::string& name : split(where.path, '/')) {
    if (name.empty()) continue;
    const Filesystem* fs = filesystem_of(sink.world(), where);
    if (fs == nullptr || is_virtual(*fs)) return;
    const std::string next = join_path(here, name);
    if (inode_at(sink.world(), fs->id, next) == nullptr &&
        !look(at, Location{where.mount, here}, name))
      return;
    here = next;
  }
}

bool Discoverer::look(const At& at, const Location& folder, const std::string& name) {
  const World& world = at.sink.world();
  const Filesystem* fs = filesystem_of(world, folder);
  if (fs != nullptr && starts_with(fs->type, "cgroup")) return look_for_cgroup(at, folder, name);
  if (fs == nullptr || is_virtual(*fs)) return false;
  if (fs->is("overlay")) return look_in_layers(at, *fs, folder.path, name);
  const Inode* inode = inode_at(world, fs->id, folder.path);
  const std::string real = real_path(at, folder);
  return inode != nullptr && !real.empty() && add(at, inode->id, name, join_path(real, name));
}

/// A cgroup that was there before, or that somebody made who is not traced.
bool Discoverer::look_for_cgroup(const At& at, const Location& folder, const std::string& name) {
  const World& world = at.sink.world();
  const Filesystem* fs = filesystem_of(world, folder);
  const std::optional<CgroupPlace> place = cgroup_place(world, *fs, folder.path);
  Inode found;
  const std::string real = real_path(at, folder);
  if (!place || !place->file.empty() || real.empty() || !stat_inode(join_path(real, name), found) ||
      !is_folder(found))
    return false;
  const Hierarchy& hierarchy = world.hierarchies.at(place->cgroup->hierarchy);
  CgroupCreated made;
  made.id = next_cgroup(world);
  made.parent = place->cgroup->id;
  made.hierarchy = hierarchy.id;
  made.path = join_path(place->cgroup->path, name);
  made.controller = hierarchy.version == 2 ? "unified" : join(hierarchy.controllers, ",");
  emit_body(at.sink, at.task, std::move(made));
  return true;
}

/// As a look-up goes: from the topmost layer on, until a file or a whiteout ends it.
bool Discoverer::look_in_layers(const At& at, const Filesystem& overlay, const std::string& folder,
                                const std::string& name) {
  bool added = false;
  const std::vector<LayerPlace> layers = overlay_merged(at.sink.world(), overlay, folder);
  for (const LayerPlace& layer : layers) {
    const Inode* inode = at.sink.world().inodes.find(layer.inode);
    if (inode == nullptr) continue;
    if (inode->entries.count(name) == 0 && looked_.emplace(layer.inode.value, name).second) {
      const std::string real = real_path_of_place(at, layer.place);
      if (!real.empty() && add(at, layer.inode, name, join_path(real, name))) added = true;
    }
    inode = at.sink.world().inodes.find(layer.inode);
    const auto entry = inode->entries.find(name);
    const Inode* child =
        entry == inode->entries.end() ? nullptr : at.sink.world().inodes.find(entry->second);
    if (child != nullptr && (!is_folder(*child) || child->opaque)) break;
  }
  return added;
}

/// A walk that went well may have found a file in a lower layer that another container made known,
/// while an upper layer has one nobody looked at. True: something was added.
bool Discoverer::complete_layers(const At& at, const std::vector<Location>& passed) {
  bool added = false;
  for (const Location& where : passed) added = complete_layers_of(at, where) || added;
  return added;
}

bool Discoverer::complete_layers_of(const At& at, const Location& where) {
  const Filesystem* fs = filesystem_of(at.sink.world(), where);
  if (fs == nullptr || !fs->is("overlay") || !complete_.emplace(fs->id.value, where.path).second)
    return false;
  const Filesystem overlay = *fs;
  bool added = false;
  std::string here = "/";
  for (const std::string& name : split(where.path, '/')) {
    if (name.empty()) continue;
    added = look_in_layers(at, overlay, here, name) || added;
    here = join_path(here, name);
  }
  return added;
}

bool Discoverer::add(const At& at, InodeId folder, const std::string& name,
                     const std::string& real) {
  struct stat found {};
  Inode inode;
  const Inode* above = at.sink.world().inodes.find(folder);
  if (above == nullptr || !is_folder(*above) || above->entries.count(name) != 0) return false;
  if (!stat_inode(real, inode) || ::lstat(real.c_str(), &found) != 0) return false;
  inode.fs = above->fs;
  inode.id = next_inode(at.sink.world());
  if (is_folder(inode)) {
    inode.opaque = opaque(real);
  } else if (found.st_nlink > 1) {
    InodeId& same = linked_[{inode.fs.value, found.st_ino}];
    const Inode* known = at.sink.world().inodes.find(same);
    if (known != nullptr && known->mode == inode.mode)
      inode = *known;
    else
      same = inode.id;
  }
  emit_body(at.sink, at.task, FileFound{std::move(inode), folder, name});
  return true;
}

void Discoverer::upper_layer(int tid, TaskId task, FilesystemId overlay, EffectSink& sink) {
  const At at{tid, task, sink};
  const Filesystem* fs = sink.world().filesystems.find(overlay);
  if (fs == nullptr || !fs->upper.fs) return;
  const Place upper = fs->upper;
  const Inode* root = inode_at(sink.world(), upper.fs, upper.path);
  const std::string real = real_path_of_place(at, upper);
  if (root != nullptr && !real.empty()) add_tree(at, root->id, real, kUpperDepth);
}

void Discoverer::add_tree(const At& at, InodeId folder, const std::string& real, int depth) {
  DIR* dir = depth > 0 ? ::opendir(real.c_str()) : nullptr;
  if (dir == nullptr) return;
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(dir)) {
    const std::string name = entry->d_name;
    if (name != "." && name != ".." && names.size() < kUpperNames) names.push_back(name);
  }
  ::closedir(dir);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    add(at, folder, name, join_path(real, name));
    const Inode* above = at.sink.world().inodes.find(folder);
    const auto entry = above->entries.find(name);
    if (entry != above->entries.end())
      add_tree(at, entry->second, join_path(real, name), depth - 1);
  }
}

/// Through the task's own eyes; what it cannot reach, through this process's.
std::string Discoverer::real_path(const At& at, const Location& where) const {
  const World& world = at.sink.world();
  const Mount* mount = world.mounts.find(where.mount);
  const Task* task = world.tasks.find(at.task);
  if (mount == nullptr || task == nullptr) return {};
  const std::string seen = path_seen_by(world, *task, where);
  if (seen[0] == '/') {
    const std::string root = proc_path(at.tid, "root");
    return seen == "/" ? root : root + seen;
  }
  return real_path_of_place(at, Place{mount->fs, where.path, {}});
}

std::string Discoverer::real_path_of_place(const At& at, const Place& seen_place) const {
  const World& world = at.sink.world();
  const FilesystemId over = overlay_over(world, seen_place.fs);
  const Place place = over ? Place{over, seen_place.path, {}} : seen_place;
  const Task* host = world.tasks.find(host_);
  if (host != nullptr) {
    std::string path = path_of_place(world, host->in(NsKind::Mnt), place);
    if (!path.empty()) return path;
  }
  const Task* task = world.tasks.find(at.task);
  if (task == nullptr) return {};
  for (const MountId id : mounts_of_ns(world, task->in(NsKind::Mnt))) {
    const Mount& mount = world.mounts.at(id);
    if (mount.fs != place.fs || !is_below(place.path, mount.root)) continue;
    const std::string seen = path_seen_by(world, *task, Location{id, place.path});
    if (seen[0] != '/') continue;
    return seen == "/" ? proc_path(at.tid, "root") : proc_path(at.tid, "root") + seen;
  }
  return {};
}

}  // namespace cutaway::real
