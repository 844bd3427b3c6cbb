// chmod(2), chown(2): on an overlay the file is copied up first, whole. Those of a cgroup change
// hands when it is delegated.
#include "trace/effects/families.h"
#include "trace/world/id_map.h"
#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

bool keeps_group_bit(const Call& call, const Permissions& file) {
  constexpr int kFsetid = 4;  // CAP_FSETID
  const Credentials& who = call.task().credentials;
  if (who.fsgid == file.gid) return true;
  for (const std::uint32_t group : who.groups) {
    if (group == file.gid) return true;
  }
  const NsId user = call.task().in(NsKind::User);
  return (who.effective >> kFsetid & 1U) != 0 &&
         from_kernel_id(call.world(), user, IdKind::User, file.uid).has_value() &&
         from_kernel_id(call.world(), user, IdKind::Group, file.gid).has_value();
}

Permissions with_mode(const Call& call, Permissions file, std::uint64_t mode) {
  file.mode = (file.mode & abi::mode::kType) | (static_cast<std::uint32_t>(mode) & 07777);
  // chmod(2): who is not in the file's group cannot give away its rights.
  if (!keeps_group_bit(call, file)) file.mode &= ~abi::mode::kSetgid;
  return file;
}

Permissions with_owner(const Call& call, Permissions file, std::size_t owner_argument) {
  constexpr std::uint32_t kGroupExecute = 010;
  const NsId user = call.task().in(NsKind::User);
  const auto given = [&](std::size_t argument, IdKind kind, std::uint32_t otherwise) {
    const auto value = static_cast<std::uint32_t>(call.bits(argument));
    return value == kUnchanged ? otherwise
                               : to_kernel_id(call.world(), user, kind, value).value_or(otherwise);
  };
  file.uid = given(owner_argument, IdKind::User, file.uid);
  file.gid = given(owner_argument + 1, IdKind::Group, file.gid);
  // A file that changes hands loses its set-user-ID and set-group-ID bits (chown(2)).
  if (file.regular()) {
    file.mode &= ~abi::mode::kSetuid;
    if ((file.mode & kGroupExecute) != 0) file.mode &= ~abi::mode::kSetgid;
  }
  return file;
}

void change_mode(const Call& call, InodeId id, std::uint64_t mode) {
  const Inode* inode = call.world().inodes.find(id);
  if (inode == nullptr) return;
  const Permissions set = with_mode(call, {inode->mode, inode->uid, inode->gid}, mode);
  call.emit(FileAttributesSet{id, set.mode & 07777, set.uid, set.gid});
}

void change_owner(const Call& call, InodeId id, std::size_t owner_argument) {
  const Inode* inode = call.world().inodes.find(id);
  if (inode == nullptr) return;
  const Permissions set = with_owner(call, {inode->mode, inode->uid, inode->gid}, owner_argument);
  call.emit(FileAttributesSet{id, set.mode & 07777, set.uid, set.gid});
}

/// A folder or file of a cgroup: `change` says what becomes of it. False: it is none.
template <class Change>
bool change_cgroup(const Call& call, const Location& where, Change change) {
  const Mount* mount = call.world().mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : call.world().filesystems.find(mount->fs);
  if (fs == nullptr || !fs->hierarchy) return false;
  const auto place = cgroup_place(call.world(), *fs, where.path);
  const auto entry = entry_at(call.world(), call.task(), where);
  if (!place || !entry) return true;
  const Permissions set = change(*entry);
  call.emit(CgroupAttributesSet{place->cgroup->id, place->cgroup->path,
                                hierarchy_name(call.world(), *place->cgroup), place->file,
                                set.mode & 07777, set.uid, set.gid});
  return true;
}

InodeId of_walk(const Call& call, const Walk& found) {
  return call.ret() < 0 || found.err != abi::Errno::kOk ? InodeId{}
                                                        : writable_inode(call, found.where);
}

/// The file itself, whatever its names are now. One of an overlay's lower layers is copied up by
/// the name that it was opened by; without that name it stays as it is.
InodeId of_fd(const Call& call) {
  const OpenFile* file = call.file(call.number(0));
  if (call.ret() < 0 || file == nullptr) return InodeId{};
  const World& world = call.world();
  const Mount* mount = world.mounts.find(file->where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  if (fs == nullptr || !fs->is("overlay")) return file->inode;
  Filesystem below = *fs;
  below.upper = Place{};
  const std::optional<LayerPlace> lower = overlay_find(world, below, file->where.path);
  if (!lower || lower->inode != file->inode) return file->inode;
  const std::optional<LayerPlace> found = overlay_find(world, *fs, file->where.path);
  const bool named = found && found->inode == file->inode;
  return named ? writable_inode(call, file->where) : InodeId{};
}

LastLink last_at(std::uint64_t flags) {
  return (flags & abi::at::kSymlinkNofollow) != 0 ? LastLink::NoFollow : LastLink::Follow;
}

void chmod_at(const Call& call, const Location& where, InodeId id, std::uint64_t mode) {
  const auto change = [&](const Permissions& file) { return with_mode(call, file, mode); };
  if (!change_cgroup(call, where, change)) change_mode(call, id, mode);
}

void chown_at(const Call& call, const Location& where, InodeId id, std::size_t owner_argument) {
  const auto change = [&](const Permissions& file) {
    return with_owner(call, file, owner_argument);
  };
  if (!change_cgroup(call, where, change)) change_owner(call, id, owner_argument);
}

void chmod_path(const Call& call, const Walk& found, std::uint64_t mode) {
  if (call.ret() >= 0 && found.err == abi::Errno::kOk)
    chmod_at(call, found.where, of_walk(call, found), mode);
}
void chown_path(const Call& call, const Walk& found, std::size_t owner_argument) {
  if (call.ret() >= 0 && found.err == abi::Errno::kOk)
    chown_at(call, found.where, of_walk(call, found), owner_argument);
}

}  // namespace

void effect_chmod(const Call& call) { chmod_path(call, call.find(0), call.bits(1)); }
void effect_fchmod(const Call& call) {
  const OpenFile* file = call.file(call.number(0));
  if (call.ret() >= 0 && file != nullptr) chmod_at(call, file->where, of_fd(call), call.bits(1));
}
void effect_fchmodat(const Call& call) { chmod_path(call, call.find_at(0, 1), call.bits(2)); }
void effect_chown(const Call& call) { chown_path(call, call.find(0), 1); }
void effect_lchown(const Call& call) { chown_path(call, call.find(0, LastLink::NoFollow), 1); }
void effect_fchown(const Call& call) {
  const OpenFile* file = call.file(call.number(0));
  if (call.ret() >= 0 && file != nullptr) chown_at(call, file->where, of_fd(call), 1);
}
void effect_fchownat(const Call& call) {
  chown_path(call, call.find_at_or_fd(0, 1, call.bits(4), last_at(call.bits(4))), 2);
}

}  // namespace cutaway
