// path_resolution(7), as fs/namei.c does it: component by component, across mounts and symbolic
// links.
#include "trace/world/walk.h"

#include <forward_list>
#include <utility>

#include "base/text.h"
#include "trace/world/mount_tree.h"
#include "trace/world/overlay.h"
#include "trace/world/path_names.h"
#include "trace/world/standing.h"
#include "trace/world/virtual_fs.h"

namespace cutaway {
namespace {

using abi::Errno;

constexpr int kLinksMax = 40;           // MAXSYMLINKS
constexpr std::size_t kPathMax = 4096;  // with the terminating zero
constexpr std::size_t kNameMax = 255;
constexpr std::size_t kUsual = 12;  // components

std::string parent_path(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

const Location& nowhere() {
  static const Location none;
  return none;
}

class Walker {
 public:
  Walker(const World& world, const Task& task, LastLink last, const MaySearch& may_search)
      : world_(world), last_(last), may_search_(may_search), at_(world, task) {
    const FsContext* fs = world.fs_contexts.find(task.fs);
    root_ = fs == nullptr ? &nowhere() : &fs->root;
    cwd_ = fs == nullptr ? &nowhere() : &fs->cwd;
  }

  Walk run(std::string_view path, const Location* from) {
    if (path.empty()) return failed(Errno::kENOENT);
    if (path.size() >= kPathMax) return failed(Errno::kENAMETOOLONG);
    at_.go(path.front() == '/' ? *root_ : from != nullptr ? *from : *cwd_);
    walk_.slash = path.back() == '/' || ends_with(path, "/.");
    todo_.reserve(kUsual);
    push(path);
    while (!todo_.empty()) {
      const std::string_view name = todo_.back();
      todo_.pop_back();
      const Errno err = name == ".." ? up() : name == "." ? search_here() : down(name);
      if (err != Errno::kOk) return failed(err);
    }
    return found();
  }

 private:
  /// A path's components, the first on top; `path` stays where it is.
  void push(std::string_view path) {
    for (bool last = true;; last = false) {
      const std::size_t slash = path.rfind('/');
      const std::string_view name = path.substr(slash == path.npos ? 0 : slash + 1);
      // Who names "." at the end looks into that folder, and must be allowed to.
      if (!name.empty() && (last || name != ".")) todo_.push_back(name);
      if (slash == path.npos) return;
      path = path.substr(0, slash);
    }
  }

  Walk failed(Errno err) {
    walk_.err = err;
    return std::move(walk_);
  }
  Walk found() {
    if (!at_.here().exists()) return failed(Errno::kENOENT);
    if (walk_.slash && !at_.here().permissions().directory()) return failed(Errno::kENOTDIR);
    walk_.where = at_.where();
    walk_.entry = at_.here().entry();
    return std::move(walk_);
  }
  Errno search_here() {
    if (!at_.here().exists()) return Errno::kENOENT;
    const Permissions permissions = at_.here().permissions();
    if (!permissions.directory()) return Errno::kENOTDIR;
    const bool may = !may_search_ || may_search_(at_.where(), permissions);
    return may ? Errno::kOk : Errno::kEACCES;
  }

  /// "..": never above the root; from a mount's root to the folder that holds the mount point
  /// (follow_dotdot). A folder that was removed leads to where it was: its dentry has its parent.
  Errno up() {
    const Errno err = at_.here().exists() ? search_here() : Errno::kOk;
    if (err != Errno::kOk) return err;
    walk_.name.clear();
    Location at = at_.where();
    bool stays = at == *root_;
    while (!stays) {
      const Mount* mount = world_.mounts.find(at.mount);
      if (mount == nullptr || at.path != mount->root) break;
      if (!mount->parent)
        stays = true;
      else
        at = Location{mount->parent, mount->at};
      if (at == *root_) stays = true;
    }
    if (stays)
      at = at_.where();
    else
      at.path = parent_path(at.path);
    at_.go(cross_mounts(world_, std::move(at)));
    return Errno::kOk;
  }

  Errno down(std::string_view name) {
    const Errno err = search_here();
    if (err != Errno::kOk) return err;
    if (name.size() > kNameMax) return Errno::kENAMETOOLONG;
    const bool last = todo_.empty();
    walk_.parent = at_.where();
    walk_.name = name;
    if (!last) walk_.name.clear();
    if (!at_.look(name)) {
      walk_.missing = name;
      return Errno::kENOENT;
    }
    const bool follows = !last || last_ == LastLink::Follow || walk_.slash;
    if (follows && at_.seen().symlink()) return follow(at_.seen().entry());
    if (mount_at(world_, at_.seen_where()))
      at_.go(cross_mounts(world_, at_.seen_where()));
    else
      at_.enter();
    return Errno::kOk;
  }

  /// From the folder that holds the link.
  Errno follow(Entry link) {
    if (++links_ > kLinksMax) return Errno::kELOOP;
    if (link.jump_file || link.jump_ns) {
      jump_to_object(link);
      return Errno::kOk;
    }
    if (link.jump) {
      at_.go(*link.jump);
      return Errno::kOk;
    }
    if (link.target.empty()) return Errno::kENOENT;
    targets_.push_front(std::move(link.target));
    const std::string& target = targets_.front();
    if (target.back() == '/' && todo_.empty()) walk_.slash = true;
    push(target);
    if (target.front() == '/') at_.go(*root_);
    return Errno::kOk;
  }

  /// /proc/PID/fd/N of a pipe, or /proc/PID/ns/X: the thing itself, which has no place.
  void jump_to_object(const Entry& link) {
    const OpenFile* file = world_.files.find(link.jump_file);
    const bool placed = file != nullptr && file->where.mount;
    if (placed) at_.go(file->where);
    Entry thing = placed && at_.here().exists() ? at_.here().entry() : object(link, file);
    thing.jump_file = link.jump_file;
    thing.jump_ns = link.jump_ns;
    at_.become(std::move(thing));
  }
  Entry object(const Entry& link, const OpenFile* file) const {
    Entry thing = link;
    thing.target.clear();
    thing.mode = link.jump_ns ? abi::mode::kRegular | 0444 : mode_of_file(file);
    return thing;
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
  LastLink last_;
  const MaySearch& may_search_;
  const Location *root_, *cwd_;
  Standing at_;
  int links_ = 0;
  std::vector<std::string_view> todo_;      // what remains, the next one last
  std::forward_list<std::string> targets_;  // of links: what remains may lie in them
  Walk walk_;
};

/// A bound /proc/PID/ns/X: its mount shows the namespace itself.
Entry entry_of_namespace(NsId ns) {
  Entry entry;
  entry.mode = abi::mode::kRegular | 0444;
  entry.jump_ns = ns;
  return entry;
}

}  // namespace

Walk walk(const World& world, const Task& task, std::string_view path, LastLink last,
          const Location* from, const MaySearch& may_search) {
  return Walker(world, task, last, may_search).run(path, from);
}

const Inode* inode_at(const World& world, FilesystemId fs, std::string_view path) {
  const Filesystem* found = world.filesystems.find(fs);
  if (found == nullptr) return nullptr;
  if (found->is("overlay")) {
    const std::vector<LayerFolder> folders = overlay_folders(world, *found, path);
    return folders.empty() ? nullptr : folders.front().inode;
  }
  const Inode* inode = world.inodes.find(found->root);
  for (PathNames names(path); inode != nullptr && names.next();) {
    const auto entry = inode->entries.find(names.name());
    inode = entry == inode->entries.end() ? nullptr : world.inodes.find(entry->second);
  }
  return inode;
}

const Inode* inode_at(const World& world, const Mount& mount, std::string_view path) {
  if (!mount.removed) return inode_at(world, mount.fs, path);
  return path == mount.root ? world.inodes.find(mount.removed) : nullptr;
}

const Filesystem* filesystem_of(const World& world, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  return mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
}

std::optional<Entry> entry_at(const World& world, const Task& viewer, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  if (fs == nullptr) return std::nullopt;
  if (fs->is("nsfs")) return entry_of_namespace(fs->ns);
  if (is_virtual(*fs)) return virtual_entry(world, viewer, *fs, where.path);
  const Inode* inode = inode_at(world, *mount, where.path);
  if (inode == nullptr) return std::nullopt;
  return entry_of(*inode);
}

std::vector<std::string> list_directory(const World& world, const Task& viewer,
                                        const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  if (fs == nullptr || mount->removed) return {};
  if (fs->is("overlay")) return overlay_list(world, *fs, where.path);
  if (is_virtual(*fs)) return virtual_list(world, viewer, *fs, where.path);
  std::vector<std::string> names;
  if (const Inode* inode = inode_at(world, *mount, where.path)) {
    for (const auto& entry : inode->entries) names.push_back(entry.first);
  }
  return names;
}

}  // namespace cutaway
