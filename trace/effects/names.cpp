// Names in folders: mkdir(2), mknod(2), symlink(2), link(2), unlink(2), rmdir(2), rename(2).
#include "trace/effects/families.h"
#include "trace/effects/mount_places.h"
#include "trace/world/charges.h"
#include "trace/world/id_map.h"
#include "trace/world/mount_tree.h"
#include "trace/world/new_id.h"
#include "trace/world/overlay.h"

namespace cutaway {
namespace {

std::uint32_t masked(const Call& call, std::uint64_t mode) {
  const FsContext* fs = call.world().fs_contexts.find(call.task().fs);
  return static_cast<std::uint32_t>(mode) & 07777 & ~(fs == nullptr ? 0U : fs->umask);
}

bool missing(const Walk& found) { return found.err == abi::Errno::kENOENT && !found.name.empty(); }

void make_folder(const Call& call, const Walk& found, std::uint64_t mode) {
  if (call.ret() < 0 || !missing(found)) return;
  const Filesystem* fs = filesystem_of(call.world(), found.parent);
  if (fs != nullptr && (fs->is("cgroup") || fs->is("cgroup2"))) {
    cgroup_mkdir(call, found.parent, found.name);
    return;
  }
  Inode inode;
  inode.mode = abi::mode::kDirectory | (masked(call, mode) & 01777);  // vfs_mkdir in fs/namei.c
  create_name(call, found.parent, found.name, inode);
}

void make_node(const Call& call, const Walk& found, std::uint64_t mode, std::uint64_t device) {
  if (call.ret() < 0 || !missing(found)) return;
  Inode inode;
  const std::uint32_t type = static_cast<std::uint32_t>(mode) & abi::mode::kType;
  inode.mode = (type == 0 ? abi::mode::kRegular : type) | masked(call, mode);
  if (type == abi::mode::kChar || type == abi::mode::kBlock) {  // makedev(3)
    inode.major = static_cast<std::uint32_t>(device >> 8 & 0xfff);
    inode.minor = static_cast<std::uint32_t>((device & 0xff) | (device >> 12 & 0xfff00));
  }
  create_name(call, found.parent, found.name, inode);
}

void make_symlink(const Call& call, const std::string& target, const Walk& found) {
  if (call.ret() < 0 || !missing(found)) return;
  Inode inode;
  inode.mode = abi::mode::kLink | 0777;
  inode.target = target;
  inode.size = static_cast<std::int64_t>(target.size());
  create_name(call, found.parent, found.name, inode);
}

void make_link(const Call& call, const Walk& old, const Walk& found) {
  if (call.ret() < 0 || old.err != abi::Errno::kOk || !missing(found)) return;
  const InodeId id = writable_inode(call, old.where);
  const Folder folder = writable_folder(call, found.parent);
  const Inode* inode = call.world().inodes.find(id);
  if (inode != nullptr && folder.inode)
    call.emit(FileCreated{*inode, folder.inode, found.name, true});
}

/// Do the layers below the upper one have this name?
bool in_lower(const World& world, const Filesystem& overlay, const std::string& path) {
  Filesystem lower = overlay;
  lower.upper = Place{};
  return overlay_find(world, lower, path).has_value();
}

/// The upper layer hides what is below: a character device 0:0 of that name (overlayfs.rst,
/// "whiteouts").
void put_whiteout(const Call& call, const Filesystem& overlay, const Folder& folder,
                  const std::string& name) {
  Inode whiteout;
  // Whoever mounted the overlay makes it: root of the user namespace that its mounts belong to.
  const std::vector<MountId> shown = mounts_of_filesystem(call.world(), overlay.id);
  const Mount* mount = shown.empty() ? nullptr : call.world().mounts.find(shown.front());
  const Namespace* mounts = mount == nullptr ? nullptr : call.world().namespaces.find(mount->ns);
  if (mounts != nullptr) {
    const NsId user = mounts->owner;
    whiteout.uid = to_kernel_id(call.world(), user, IdKind::User, 0).value_or(0);
    whiteout.gid = to_kernel_id(call.world(), user, IdKind::Group, 0).value_or(0);
  }
  whiteout.id = next_inode(call.world());
  whiteout.fs = folder.fs;
  whiteout.mode = abi::mode::kChar;
  call.emit(FileCreated{whiteout, folder.inode, name, false});
}

struct Charged {
  InodeId inode;
  MemoryCharge charge;
};
Charged charged(const World& world, InodeId id) {
  const Inode* inode = world.inodes.find(id);
  if (inode == nullptr || !inode->charged_to) return Charged{};
  return Charged{id, MemoryCharge{inode->charged_to, pages_of_size(inode->size)}};
}
void give_back(const Call& call, const Charged& file) {
  if (file.charge.cgroup && !call.world().inodes.contains(file.inode))
    count_usage(call.self(), file.charge.cgroup, "memory", -file.charge.pages * kPageBytes,
                call.sink());
}

/// An upper folder that looks empty may hold whiteouts: they go first.
void remove_whiteouts(const Call& call, InodeId id) {
  const Inode* folder = call.world().inodes.find(id);
  if (folder == nullptr) return;
  const Names entries = folder->entries;
  const FilesystemId fs = folder->fs;
  for (const auto& entry : entries) call.emit(FileRemoved{fs, id, entry.first});
}

void remove_name(const Call& call, const Walk& found) {
  if (call.ret() < 0 || found.err != abi::Errno::kOk || found.name.empty()) return;
  const Filesystem* fs = filesystem_of(call.world(), found.parent);
  if (fs == nullptr) return;
  if (fs->is("cgroup") || fs->is("cgroup2")) {
    cgroup_rmdir(call, found.where);
    return;
  }
  const Filesystem overlay_fs = *fs;
  const bool overlay = fs->is("overlay");
  const std::string path = join_path(found.parent.path, found.name);
  const bool below = overlay && in_lower(call.world(), *fs, path);
  mounts_lose_name(call, overlay_fs.id, path, found.entry.inode);
  const Folder folder = writable_folder(call, found.parent);
  const Inode* parent = call.world().inodes.find(folder.inode);
  if (parent == nullptr) return;
  const auto entry = parent->entries.find(found.name);
  if (entry != parent->entries.end()) {
    const InodeId id = entry->second;
    const Charged file = charged(call.world(), id);
    if (overlay && found.entry.directory()) remove_whiteouts(call, id);
    call.emit(FileRemoved{folder.fs, folder.inode, found.name});
    give_back(call, file);
  }
  if (below) put_whiteout(call, overlay_fs, folder, found.name);
}

/// Who stands in a renamed folder goes with it: places are paths here.
void move_who_stands_below(const Call& call, const Location& from, const Location& to) {
  struct Move {
    TaskId task;
    bool root;
    std::string path;
  };
  std::vector<Move> moves;
  const Mount* mount = call.world().mounts.find(from.mount);
  if (mount == nullptr) return;
  call.world().tasks.each([&](const Task& task) {
    const FsContext* fs = call.world().fs_contexts.find(task.fs);
    if (fs == nullptr) return;
    const auto note = [&](const Location& place, bool root) {
      const Mount* on = call.world().mounts.find(place.mount);
      if (on != nullptr && on->fs == mount->fs && is_below(place.path, from.path))
        moves.push_back(Move{task.id, root, to.path + place.path.substr(from.path.size())});
    };
    note(fs->cwd, false);
    note(fs->root, true);
  });
  for (const Move& move : moves) {
    const FsContext* fs = call.world().fs_contexts.find(call.world().tasks.at(move.task).fs);
    const Location& now = move.root ? fs->root : fs->cwd;
    if (now.path != move.path)
      call.emit_for(move.task, TaskMoved{move.root ? "root" : "cwd", now.mount, move.path});
  }
}

void rename_name(const Call& call, const Walk& old, const Walk& now) {
  const bool replaces = now.err == abi::Errno::kOk;
  if (call.ret() < 0 || old.err != abi::Errno::kOk || old.name.empty() ||
      (!replaces && !missing(now)))
    return;
  // Two names of one file: nothing is done (rename(2)).
  if (replaces &&
      (old.where == now.where || (old.entry.inode && old.entry.inode == now.entry.inode)))
    return;
  const Filesystem* found = filesystem_of(call.world(), old.parent);
  if (found == nullptr) return;
  const Filesystem fs = *found;
  const std::string old_path = join_path(old.parent.path, old.name);
  const bool below = fs.is("overlay") && in_lower(call.world(), fs, old_path);
  if (fs.is("overlay")) writable_inode(call, old.where);
  const Folder from = writable_folder(call, old.parent), to = writable_folder(call, now.parent);
  if (!from.inode || !to.inode) return;
  const Charged file = replaces ? charged(call.world(), now.entry.inode) : Charged{};
  if (replaces && fs.is("overlay") && now.entry.directory())
    remove_whiteouts(call, now.entry.inode);
  const std::string new_path = join_path(now.parent.path, now.name);
  if (replaces) mounts_lose_name(call, fs.id, new_path, now.entry.inode);
  call.emit(FileRenamed{from.fs, from.inode, old.name, to.inode, now.name});
  mounts_follow_rename(call, fs.id, old_path, new_path);
  give_back(call, file);
  if (below) put_whiteout(call, fs, from, old.name);
  if (old.entry.directory())
    move_who_stands_below(call, old.where, Location{now.parent.mount, new_path});
}

constexpr LastLink kItself = LastLink::NoFollow;

}  // namespace

void effect_mkdir(const Call& call) { make_folder(call, call.find(0, kItself), call.bits(1)); }
void effect_mkdirat(const Call& call) {
  make_folder(call, call.find_at(0, 1, kItself), call.bits(2));
}
void effect_mknod(const Call& call) {
  make_node(call, call.find(0, kItself), call.bits(1), call.bits(2));
}
void effect_mknodat(const Call& call) {
  make_node(call, call.find_at(0, 1, kItself), call.bits(2), call.bits(3));
}
void effect_symlink(const Call& call) { make_symlink(call, call.text(0), call.find(1, kItself)); }
void effect_symlinkat(const Call& call) {
  make_symlink(call, call.text(0), call.find_at(1, 2, kItself));
}
void effect_link(const Call& call) {
  make_link(call, call.find(0, kItself), call.find(1, kItself));
}
void effect_linkat(const Call& call) {
  const LastLink last = (call.bits(4) & abi::at::kSymlinkFollow) != 0 ? LastLink::Follow : kItself;
  make_link(call, call.find_at_or_fd(0, 1, call.bits(4), last), call.find_at(2, 3, kItself));
}
void effect_unlink(const Call& call) { remove_name(call, call.find(0, kItself)); }
void effect_unlinkat(const Call& call) { remove_name(call, call.find_at(0, 1, kItself)); }
void effect_rmdir(const Call& call) { remove_name(call, call.find(0, kItself)); }
void effect_rename(const Call& call) {
  rename_name(call, call.find(0, kItself), call.find(1, kItself));
}
void effect_renameat(const Call& call) {
  rename_name(call, call.find_at(0, 1, kItself), call.find_at(2, 3, kItself));
}

}  // namespace cutaway
