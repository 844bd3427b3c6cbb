// chmod(2), chown(2): on an overlay the file is copied up first, whole.
#include "trace/effects/families.h"
#include "trace/world/id_map.h"

namespace cutaway {
namespace {

bool keeps_group_bit(const Call& call, const Inode& inode) {
  constexpr int kFsetid = 4;  // CAP_FSETID
  const Credentials& who = call.task().credentials;
  if (who.fsgid == inode.gid) return true;
  for (const std::uint32_t group : who.groups) {
    if (group == inode.gid) return true;
  }
  const NsId user = call.task().in(NsKind::User);
  return (who.effective >> kFsetid & 1U) != 0 &&
         from_kernel_id(call.world(), user, IdKind::User, inode.uid).has_value() &&
         from_kernel_id(call.world(), user, IdKind::Group, inode.gid).has_value();
}

void change_mode(const Call& call, InodeId id, std::uint64_t mode) {
  const Inode* inode = call.world().inodes.find(id);
  if (inode == nullptr) return;
  std::uint32_t bits = static_cast<std::uint32_t>(mode) & 07777;
  // chmod(2): who is not in the file's group cannot give away its rights.
  if (!keeps_group_bit(call, *inode)) bits &= ~abi::mode::kSetgid;
  call.emit(FileAttributesSet{id, bits, inode->uid, inode->gid});
}

void change_owner(const Call& call, InodeId id, std::size_t owner_argument) {
  const Inode* inode = call.world().inodes.find(id);
  if (inode == nullptr) return;
  constexpr std::uint32_t kUnchanged = 0xffffffff, kGroupExecute = 010;
  const NsId user = call.task().in(NsKind::User);
  const auto given = [&](std::size_t argument, IdKind kind, std::uint32_t otherwise) {
    const auto value = static_cast<std::uint32_t>(call.bits(argument));
    return value == kUnchanged ? otherwise
                               : to_kernel_id(call.world(), user, kind, value).value_or(otherwise);
  };
  FileAttributesSet set{id, inode->mode & 07777, given(owner_argument, IdKind::User, inode->uid),
                        given(owner_argument + 1, IdKind::Group, inode->gid)};
  // A file that changes hands loses its set-user-ID and set-group-ID bits (chown(2)).
  if ((inode->mode & abi::mode::kType) == abi::mode::kRegular) {
    set.mode &= ~abi::mode::kSetuid;
    if ((set.mode & kGroupExecute) != 0) set.mode &= ~abi::mode::kSetgid;
  }
  call.emit(set);
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
  if (fs == nullptr || fs->type != "overlay") return file->inode;
  Filesystem below = *fs;
  below.upper = Place{};
  const std::optional<LayerPlace> lower = overlay_find(world, below, file->where.path);
  if (!lower || lower->inode != file->inode) return file->inode;
  const std::optional<LayerPlace> found = overlay_find(world, *fs, file->where.path);
  const bool named = found && found->inode == file->inode;
  return named ? writable_inode(call, file->where) : InodeId{};
}

LastLink last_link(std::uint64_t flags) {
  return (flags & abi::at::kSymlinkNofollow) != 0 ? LastLink::NoFollow : LastLink::Follow;
}

}  // namespace

void effect_chmod(const Call& call) {
  change_mode(call, of_walk(call, call.find(0)), call.bits(1));
}
void effect_fchmod(const Call& call) { change_mode(call, of_fd(call), call.bits(1)); }
void effect_fchmodat(const Call& call) {
  change_mode(call, of_walk(call, call.find_at(0, 1)), call.bits(2));
}
void effect_chown(const Call& call) { change_owner(call, of_walk(call, call.find(0)), 1); }
void effect_lchown(const Call& call) {
  change_owner(call, of_walk(call, call.find(0, LastLink::NoFollow)), 1);
}
void effect_fchown(const Call& call) { change_owner(call, of_fd(call), 1); }
void effect_fchownat(const Call& call) {
  change_owner(call, of_walk(call, call.find_at_or_fd(0, 1, call.bits(4), last_link(call.bits(4)))),
               2);
}

}  // namespace cutaway
