// mount(2): new mounts, binds, moves, remounts, propagation; umount2(2). Who may, and what is
// legal.
#include <algorithm>

#include "base/bits.h"
#include "base/text.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/mount_rules.h"
#include "trace/effects/attach.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway::sim {
namespace {

using namespace abi::ms;

constexpr std::uint64_t kPropagation = kShared | kPrivate | kSlave | kUnbindable;

/// MS_SHARED, MS_PRIVATE, MS_SLAVE, MS_UNBINDABLE: exactly one, with MS_REC at most, on a mount
/// point.
Decision change_propagation(const Ask& ask, const Walk& target, std::uint64_t flags) {
  const std::uint64_t kind = flags & kPropagation;
  const bool one = (kind & (kind - 1)) == 0;
  const bool others = has_any(flags, ~(kPropagation | kRec | kSilent));
  if (!one || others || own_mount(ask, target.where) == nullptr) return refuse(abi::Errno::kEINVAL);
  return answer(0);
}

/// Is a file of this mount, or of its whole file system, open for writing?
bool is_written(const World& world, const Mount& mount, bool everywhere) {
  if ((mount.flags & kRdonly) != 0 && !everywhere) return false;
  return world.files.first([&](const OpenFile& file) {
    const Mount* on = world.mounts.find(file.where.mount);
    const bool here = on != nullptr && (everywhere ? on->fs == mount.fs : on->id == mount.id);
    return here && file.kind == FileKind::Inode && (file.flags & abi::o::kAccmode) != 0;
  }) != nullptr;
}

/// A file without a name is open: that counts as written, since its end will be (sb_prepare_
/// remount_readonly in fs/namespace.c).
bool keeps_removed_files(const World& world, FilesystemId fs) {
  return world.files.first([&](const OpenFile& file) {
    const Inode* inode = world.inodes.find(file.inode);
    return inode != nullptr && inode->fs == fs && inode->links == 0;
  }) != nullptr;
}

/// What a more privileged user namespace forbade stays forbidden, and access times stay as they are
/// (can_change_locked_flags).
bool changes_locked_flags(const Mount& mount, std::uint64_t flags) {
  constexpr std::uint64_t kAccessTimes = kNoatime | kNodiratime | kRelatime;
  const std::uint64_t kept = kept_mount_flags(flags);
  const bool times =
      has_any(flags, kAccessTimes | kStrictatime) && ((kept ^ mount.flags) & kAccessTimes) != 0;
  const bool allows = (mount.locked_flags & (kRdonly | kNosuid | kNodev | kNoexec) & ~flags) != 0;
  return mount.flags_locked && (allows || times);
}

/// Without MS_BIND the file system changes for everyone (do_remount).
Decision remount(const Ask& ask, const Walk& target, std::uint64_t flags) {
  const Mount* mount = own_mount(ask, target.where);
  if (mount == nullptr) return refuse(abi::Errno::kEINVAL);
  if (changes_locked_flags(*mount, flags)) return refuse(abi::Errno::kEPERM);
  const bool may = has_any(flags, kBind) ||
                   capable_over_filesystem(ask.world, ask.task, mount->fs, cap::kSysAdmin);
  if (!may) return refuse(abi::Errno::kEPERM);
  const bool everywhere = !has_any(flags, kBind);
  const bool written = is_written(ask.world, *mount, everywhere) ||
                       (everywhere && keeps_removed_files(ask.world, mount->fs));
  return has_any(flags, kRdonly) && written ? refuse(abi::Errno::kEBUSY) : answer(0);
}

Decision bind(const Ask& ask, const Walk& target) {
  if (ask.text(0).empty()) return refuse(abi::Errno::kEINVAL);
  const Walk source = resolve(ask, ask.text(0));
  if (source.err != abi::Errno::kOk) return refuse(source.err);
  const bool alike = source.entry.directory() == target.entry.directory();
  // A namespace is kept alive by its name (namespaces(7)).
  if (source.entry.jump_ns) return alike ? answer(0) : refuse(abi::Errno::kENOTDIR);
  const Mount* mount = ask.world.mounts.find(source.where.mount);
  const bool own = mount != nullptr && mount->ns == ask.task.in(NsKind::Mnt);
  if (is_removed(ask.world, target.where)) return refuse(abi::Errno::kENOENT);
  if (!own || mount->unbindable) return refuse(abi::Errno::kEINVAL);
  // What lies below a locked mount must stay hidden, so no part alone may be bound
  // (mount_namespaces(7)).
  if (!has_any(ask.bits(3), kRec) && has_locked_children(ask.world, *mount, source.where.path))
    return refuse(abi::Errno::kEINVAL);
  if (!alike) return refuse(abi::Errno::kENOTDIR);  // graft_tree comes last
  return is_removed(ask.world, source.where) ? refuse(abi::Errno::kENOENT) : answer(0);
}

Decision move(const Ask& ask, const Walk& target) {
  const Walk source = resolve(ask, ask.text(0));
  if (source.err != abi::Errno::kOk) return refuse(source.err);
  if (is_removed(ask.world, target.where)) return refuse(abi::Errno::kENOENT);
  const Mount* mount = own_mount(ask, source.where);
  if (mount == nullptr || !mount->parent || mount->locked) return refuse(abi::Errno::kEINVAL);
  if (source.entry.directory() != target.entry.directory()) return refuse(abi::Errno::kEINVAL);
  const Mount* parent = ask.world.mounts.find(mount->parent);
  if (parent != nullptr && parent->peer_group != 0) return refuse(abi::Errno::kEINVAL);
  for (const Mount* at = ask.world.mounts.find(target.where.mount); at != nullptr;
       at = ask.world.mounts.find(at->parent)) {
    if (at->id == mount->id) return refuse(abi::Errno::kELOOP);
  }
  return is_removed(ask.world, source.where) ? refuse(abi::Errno::kENOENT) : answer(0);
}

}  // namespace

Decision decide_mount(const Ask& ask) {
  const NsId ns = ask.task.in(NsKind::Mnt);
  const std::uint64_t flags = ask.bits(3);
  const Walk target = resolve(ask, ask.text(1));
  if (target.err != abi::Errno::kOk) return refuse(target.err);
  if (!capable_over(ask.world, ask.task, ns, cap::kSysAdmin)) return refuse(abi::Errno::kEPERM);
  if (own_ns(ask, target.where) == nullptr) return refuse(abi::Errno::kEINVAL);
  // In this order (do_mount in fs/namespace.c).
  if (has_any(flags, kRemount)) return remount(ask, target, flags);
  if (has_any(flags, kBind)) return bind(ask, target);
  if (has_any(flags, kPropagation)) return change_propagation(ask, target, flags);
  if (has_any(flags, kMove)) return move(ask, target);
  const Decision made = may_mount_new(ask, target);
  const bool nowhere = made.err == abi::Errno::kOk && is_removed(ask.world, target.where);
  return nowhere ? refuse(abi::Errno::kENOENT) : made;
}

Decision decide_umount2(const Ask& ask) {
  using namespace abi::mnt;
  const std::uint64_t flags = ask.bits(1);
  if ((flags & ~(kForce | kDetach | kExpire | kNofollow)) != 0) return refuse(abi::Errno::kEINVAL);
  const LastLink last = has_any(flags, kNofollow) ? LastLink::NoFollow : LastLink::Follow;
  const Walk target = resolve(ask, abi::at::kFdcwd, ask.text(0), last);
  if (target.err != abi::Errno::kOk) return refuse(target.err);
  if (!capable_over(ask.world, ask.task, ask.task.in(NsKind::Mnt), cap::kSysAdmin)) {
    return refuse(abi::Errno::kEPERM);
  }
  // Also for "." and "/" the topmost mount of the stack (LOOKUP_MOUNTPOINT): after
  // pivot_root(".", ".") that is the old root.
  const Mount* mount = own_mount(ask, cross_mounts(ask.world, target.where));
  if (mount == nullptr || mount->locked) return refuse(abi::Errno::kEINVAL);
  if (has_any(flags, kDetach)) return mount->parent ? answer(0) : refuse(abi::Errno::kEINVAL);
  if (!mount->parent || mount_busy(ask.world, *mount)) return refuse(abi::Errno::kEBUSY);
  return answer(0);
}

}  // namespace cutaway::sim
