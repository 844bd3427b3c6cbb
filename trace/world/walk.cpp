// path_resolution(7), as fs/namei.c does it: component by component, across mounts and symbolic
// links.
#include "trace/world/walk.h"

#include <utility>

#include "base/text.h"
#include "trace/world/mount_tree.h"
#include "trace/world/overlay.h"
#include "trace/world/path_names.h"
#include "trace/world/virtual_fs.h"

namespace cutaway {
namespace {

using abi::Errno;

constexpr int kLinksMax = 40;           // MAXSYMLINKS
constexpr std::size_t kPathMax = 4096;  // with the terminating zero
constexpr std::size_t kNameMax = 255;

std::string parent_path(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

class Walker {
 public:
  Walker(const World& world, const Task& task, LastLink last)
      : world_(world), task_(task), last_(last) {
    if (const FsContext* fs = world.fs_contexts.find(task.fs)) {
      root_ = fs->root;
      cwd_ = fs->cwd;
    }
  }

  Walk run(std::string_view path, const Location* from) {
    if (path.empty()) return failed(Errno::kENOENT);
    if (path.size() >= kPathMax) return failed(Errno::kENAMETOOLONG);
    stand_at(path.front() == '/' ? root_ : from != nullptr ? *from : cwd_);
    walk_.slash = path.back() == '/' || ends_with(path, "/.");
    push(path);
    while (!todo_.empty()) {
      const std::string name = std::move(todo_.back());
      todo_.pop_back();
      const Errno err = name == ".." ? up() : name == "." ? search_here() : down(name);
      if (err != Errno::kOk) return failed(err);
    }
    return found();
  }

 private:
  /// A path's components, the first on top.
  void push(std::string_view path) {
    const std::vector<std::string> names = split(path, '/');
    // Who names "." looks into that folder, and must be allowed to.
    if (!names.empty() && names.back() == ".") todo_.push_back(".");
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
      if (!name->empty() && *name != ".") todo_.push_back(*name);
    }
  }
  void stand_at(const Location& where) {
    here_ = where;
    const std::optional<Entry> entry = entry_at(world_, task_, where);
    exists_ = entry.has_value();
    entry_ = entry.value_or(Entry{});
  }
  void stand_at_topmost(const Location& where) { stand_at(cross_mounts(world_, where)); }

  Walk failed(Errno err) {
    walk_.err = err;
    return std::move(walk_);
  }
  Walk found() {
    if (!exists_) return failed(Errno::kENOENT);
    if (walk_.slash && !entry_.directory()) return failed(Errno::kENOTDIR);
    walk_.where = here_;
    walk_.entry = std::move(entry_);
    return std::move(walk_);
  }
  Errno search_here() {
    if (!exists_) return Errno::kENOENT;
    if (!entry_.directory()) return Errno::kENOTDIR;
    walk_.passed.push_back(here_);
    return Errno::kOk;
  }

  /// "..": never above the root; from a mount's root to the folder that holds the mount point
  /// (follow_dotdot).
  Errno up() {
    const Errno err = search_here();
    if (err != Errno::kOk) return err;
    walk_.name.clear();
    Location at = here_;
    bool stays = at == root_;
    while (!stays) {
      const Mount* mount = world_.mounts.find(at.mount);
      if (mount == nullptr || at.path != mount->root) break;
      if (!mount->parent)
        stays = true;
      else
        at = Location{mount->parent, mount->at};
      if (at == root_) stays = true;
    }
    if (stays)
      at = here_;
    else
      at.path = parent_path(at.path);
    stand_at_topmost(at);
    return Errno::kOk;
  }

  Errno down(const std::string& name) {
    const Errno err = search_here();
    if (err != Errno::kOk) return err;
    if (name.size() > kNameMax) return Errno::kENAMETOOLONG;
    const Location folder = here_;
    const bool last = todo_.empty();
    walk_.parent = folder;
    walk_.name = last ? name : std::string{};
    Location child{folder.mount, join_path(folder.path, name)};
    std::optional<Entry> entry = child_entry(child, name);
    if (!entry) {
      walk_.missing = name;
      return Errno::kENOENT;
    }
    if (entry->symlink() && (!last || last_ == LastLink::Follow || walk_.slash))
      return follow(*entry, folder);
    if (mount_at(world_, child)) {
      stand_at_topmost(child);
      return Errno::kOk;
    }
    here_ = std::move(child);
    entry_ = std::move(*entry);
    exists_ = true;
    return Errno::kOk;
  }

  std::optional<Entry> child_entry(const Location& child, const std::string& name) const;

  Errno follow(const Entry& link, const Location& folder) {
    if (++links_ > kLinksMax) return Errno::kELOOP;
    if (link.jump_file || link.jump_ns) {
      jump_to_object(link);
      return Errno::kOk;
    }
    if (link.jump) {
      stand_at(*link.jump);
      return Errno::kOk;
    }
    if (link.target.empty()) return Errno::kENOENT;
    if (link.target.back() == '/' && todo_.empty()) walk_.slash = true;
    push(link.target);
    if (link.target.front() == '/')
      stand_at(root_);
    else
      stand_at(folder);
    return Errno::kOk;
  }

  /// /proc/PID/fd/N of a pipe, or /proc/PID/ns/X: the thing itself, which has no place.
  void jump_to_object(const Entry& link) {
    const OpenFile* file = world_.files.find(link.jump_file);
    const bool placed = file != nullptr && file->where.mount;
    if (placed) stand_at(file->where);
    if (!placed || !exists_) {
      exists_ = true;
      entry_ = link;
      entry_.target.clear();
      entry_.mode = link.jump_ns ? abi::mode::kRegular | 0444 : mode_of_file(file);
    }
    entry_.jump_file = link.jump_file;
    entry_.jump_ns = link.jump_ns;
  }
  std::uint32_t mode_of_file(const OpenFile* file) const {
    if (file == nullptr) return abi::mode::kRegular;
    if (const Inode* inode = world_.inodes.find(file->inode)) return inode->mode;
    if (file->kind == FileKind::Socket) return abi::mode::kSocket | 0777;
    if (file->kind == FileKind::PipeRead || file->kind == FileKind::PipeWrite)
      return abi::mode::kFifo | 0600;
    return file->kind == FileKind::Namespace ? abi::mode::kRegular | 0444 : abi::mode::kChar | 0666;
  }

  const World& world_;
  const Task& task_;
  LastLink last_;
  Location root_, cwd_, here_;
  Entry entry_;
  bool exists_ = false;
  int links_ = 0;
  std::vector<std::string> todo_;  // what remains, the next one last
  Walk walk_;
};

Entry entry_of(const Inode& inode) {
  Entry entry;
  entry.mode = inode.mode;
  entry.uid = inode.uid;
  entry.gid = inode.gid;
  entry.links = inode.links;
  entry.size = inode.size;
  entry.major = inode.major;
  entry.minor = inode.minor;
  entry.target = inode.target;
  entry.inode = inode.id;
  entry.fs = inode.fs;
  entry.program = inode.program;
  return entry;
}

/// A bound /proc/PID/ns/X: its mount shows the namespace itself.
Entry entry_of_namespace(NsId ns) {
  Entry entry;
  entry.mode = abi::mode::kRegular | 0444;
  entry.jump_ns = ns;
  return entry;
}

/// In a file system with inodes the folder at hand knows the name; others are asked for the whole
/// path.
std::optional<Entry> Walker::child_entry(const Location& child, const std::string& name) const {
  const Inode* folder = world_.inodes.find(entry_.inode);
  const Mount* mount = world_.mounts.find(child.mount);
  if (folder == nullptr || mount == nullptr || folder->fs != mount->fs)
    return entry_at(world_, task_, child);
  const auto found = folder->entries.find(name);
  const Inode* inode = found == folder->entries.end() ? nullptr : world_.inodes.find(found->second);
  return inode == nullptr ? std::optional<Entry>{} : entry_of(*inode);
}

}  // namespace

Walk walk(const World& world, const Task& task, std::string_view path, LastLink last,
          const Location* from) {
  return Walker(world, task, last).run(path, from);
}

const Inode* inode_at(const World& world, FilesystemId fs, std::string_view path) {
  const Filesystem* found = world.filesystems.find(fs);
  if (found == nullptr) return nullptr;
  if (found->type == "overlay") {
    const std::optional<LayerPlace> place = overlay_find(world, *found, path);
    return place ? world.inodes.find(place->inode) : nullptr;
  }
  const Inode* inode = world.inodes.find(found->root);
  for (PathNames names(path); inode != nullptr && names.next();) {
    const auto entry = inode->entries.find(names.name());
    inode = entry == inode->entries.end() ? nullptr : world.inodes.find(entry->second);
  }
  return inode;
}

std::optional<Entry> entry_at(const World& world, const Task& viewer, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  if (fs == nullptr) return std::nullopt;
  if (fs->type == "nsfs") return entry_of_namespace(fs->ns);
  if (is_virtual(*fs)) return virtual_entry(world, viewer, *fs, where.path);
  const Inode* inode = inode_at(world, fs->id, where.path);
  if (inode == nullptr) return std::nullopt;
  return entry_of(*inode);
}

std::vector<std::string> list_directory(const World& world, const Task& viewer,
                                        const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  if (fs == nullptr) return {};
  if (fs->type == "overlay") return overlay_list(world, *fs, where.path);
  if (is_virtual(*fs)) return virtual_list(world, viewer, *fs, where.path);
  std::vector<std::string> names;
  if (const Inode* inode = inode_at(world, fs->id, where.path)) {
    for (const auto& entry : inode->entries) names.push_back(entry.first);
  }
  return names;
}

}  // namespace cutaway
