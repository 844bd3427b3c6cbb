// See paths.h.
#include "sim/kernel/paths.h"

#include "base/text.h"
#include "sim/kernel/walks.h"
#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/standing.h"

namespace cutaway::sim {
namespace {

constexpr std::size_t kPathMax = 4096;  // with the closing NUL (limits.h)
constexpr std::size_t kNameMax = 255;

Walk failed(abi::Errno err) {
  Walk walk;
  walk.err = err;
  return walk;
}

bool name_too_long(std::string_view path) {
  if (path.size() >= kPathMax) return true;
  std::size_t length = 0;
  for (const char c : path) {
    length = c == '/' ? 0 : length + 1;
    if (length > kNameMax) return true;
  }
  return false;
}

/// One's own /proc/PID/fd may always be searched, whoever it belongs to (proc_fd_permission in
/// fs/proc/fd.c).
bool own_descriptors(const Ask& ask, const Location& folder) {
  const Mount* mount = ask.world.mounts.find(folder.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : ask.world.filesystems.find(mount->fs);
  if (fs == nullptr || !fs->is("proc") || !ends_with(folder.path, "/fd")) return false;
  const std::int32_t pid = pid_in(ask.world, ask.task, fs->ns);
  return pid > 0 && starts_with(folder.path, "/" + decimal(pid) + "/");
}

}  // namespace

bool is_removed_folder(const World& world, const OpenFile& file) {
  const Inode* held = world.inodes.find(file.inode);
  return held != nullptr && held->links == 0 &&
         (held->mode & abi::mode::kType) == abi::mode::kDirectory;
}

std::optional<FileEntry> opened_folder(const Ask& ask, const OpenFile& file,
                                       const Location& where) {
  // Something else may stand by now where it was opened.
  const Inode* held = ask.world.inodes.find(file.inode);
  const bool other = held != nullptr && (held->mode & abi::mode::kType) != abi::mode::kDirectory;
  if (other) return std::nullopt;
  if (is_removed_folder(ask.world, file)) return entry_of(*held);
  const std::optional<FileEntry> entry = entry_at(ask.world, ask.task, where);
  return entry && entry->directory() ? entry : std::nullopt;
}

Walk resolve(const Ask& ask, std::int64_t dirfd, std::string_view path, LastLink last) {
  if (path.empty()) return failed(abi::Errno::kENOENT);
  if (name_too_long(path)) return failed(abi::Errno::kENAMETOOLONG);
  const Location* from = nullptr;
  Location opened;
  if (path.front() != '/' && dirfd != abi::at::kFdcwd) {
    const OpenFile* file = file_of(ask.world, ask.task, dirfd);
    if (file == nullptr) return failed(abi::Errno::kEBADF);
    opened = place_of(ask.world, *file);
    // A folder that was removed has no names any more, but its ".." leads to where it was.
    if (!opened_folder(ask, *file, opened)) return failed(abi::Errno::kENOTDIR);
    from = &opened;
  }
  const auto may_search = [&ask](const Location& folder, const Permissions& permissions) {
    return permitted(ask.world, ask.task, permissions, kMayExecute) || own_descriptors(ask, folder);
  };
  Walk found = walk(ask.world, ask.task, path, last, from, may_search);
  // Effects ask nobody's permission.
  const bool refused = found.err == abi::Errno::kEACCES;
  if (ask.walks != nullptr && !refused) ask.walks->note(path, last, from, found);
  return found;
}

NamedPlace resolve_name(const Ask& ask, std::int64_t dirfd, std::string_view path) {
  NamedPlace place;
  std::string_view bare = path;
  while (bare.size() > 1 && bare.back() == '/') bare.remove_suffix(1);
  place.slash = bare.size() < path.size();
  const std::string_view name = bare.substr(bare.rfind('/') + 1);
  if (name == ".") place.last = LastName::Dot;
  if (name == "..") place.last = LastName::DotDot;
  if (bare == "/") place.last = LastName::Root;
  place.walk = resolve(ask, dirfd, bare, LastLink::NoFollow);
  Walk& walk = place.walk;
  if (walk.err != abi::Errno::kOk || place.last != LastName::Normal) return place;
  // The name itself, not what is mounted on it (lookup_one_qstr_excl in fs/namei.c).
  Location itself{walk.parent.mount, join_path(walk.parent.path, walk.name)};
  if (itself == walk.where) return place;
  if (auto entry = entry_at(ask.world, ask.task, itself)) {
    walk.where = std::move(itself);
    walk.entry = std::move(*entry);
  }
  return place;
}

bool in_proc(const Ask& ask, const Location& folder) {
  const Mount* mount = ask.world.mounts.find(folder.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : ask.world.filesystems.find(mount->fs);
  return fs != nullptr && fs->is("proc");
}

bool has_mount_on(const Ask& ask, const Location& folder, const std::string& name) {
  const Mount* on = ask.world.mounts.find(folder.mount);
  if (on == nullptr) return false;
  const std::string path = join_path(folder.path, name);
  for (const MountId shown : mounts_of_filesystem(ask.world, on->fs)) {
    const MountId there = mount_at(ask.world, Location{shown, path});
    if (there && ask.world.mounts.at(there).ns == ask.task.in(NsKind::Mnt)) return true;
  }
  return false;
}

abi::Errno writable_mount(const World& world, MountId id) {
  const Mount* mount = world.mounts.find(id);
  if (mount == nullptr) return abi::Errno::kENOENT;
  const Filesystem* fs = world.filesystems.find(mount->fs);
  const bool read_only = (mount->flags & abi::ms::kRdonly) != 0 ||
                         (fs != nullptr && fs->read_only) ||
                         (fs != nullptr && fs->is("overlay") && !fs->upper.fs);
  return read_only ? abi::Errno::kEROFS : abi::Errno::kOk;
}

namespace {

/// The task's ids mean something on this file system (fsuidgid_has_mapping in fs.h).
bool has_ids_there(const Ask& ask, MountId id) {
  const Mount* mount = ask.world.mounts.find(id);
  const Filesystem* fs = mount == nullptr ? nullptr : ask.world.filesystems.find(mount->fs);
  if (fs == nullptr || !fs->owner) return true;
  const Credentials& who = ask.task.credentials;
  return from_kernel_id(ask.world, fs->owner, IdKind::User, who.fsuid) &&
         from_kernel_id(ask.world, fs->owner, IdKind::Group, who.fsgid);
}

abi::Errno may_change(const Ask& ask, const Location& folder, bool creates) {
  const std::optional<FileEntry> entry = entry_at(ask.world, ask.task, folder);
  // Nothing comes into a folder that was removed (IS_DEADDIR).
  if (!entry || entry->links == 0) return abi::Errno::kENOENT;
  const abi::Errno writable = writable_mount(ask.world, folder.mount);
  if (writable != abi::Errno::kOk) return writable;
  if (creates && !has_ids_there(ask, folder.mount)) return abi::Errno::kEOVERFLOW;
  const bool allowed = permitted(ask.world, ask.task, *entry, kMayWrite | kMayExecute);
  return allowed ? abi::Errno::kOk : abi::Errno::kEACCES;
}

}  // namespace

abi::Errno may_change_folder(const Ask& ask, const Location& folder) {
  return may_change(ask, folder, false);
}
abi::Errno may_create(const Ask& ask, const Location& folder) {
  return may_change(ask, folder, true);
}

abi::Errno may_remove(const Ask& ask, const Location& folder, const FileEntry& victim) {
  const std::optional<FileEntry> entry = entry_at(ask.world, ask.task, folder);
  if (!entry || (entry->mode & abi::mode::kSticky) == 0) return abi::Errno::kOk;
  const std::uint32_t uid = ask.task.credentials.fsuid;
  if (uid == victim.uid || uid == entry->uid) return abi::Errno::kOk;
  const bool capable_here = capable_for(ask.world, ask.task, victim, cap::kFowner);
  return capable_here ? abi::Errno::kOk : abi::Errno::kEPERM;
}

}  // namespace cutaway::sim
