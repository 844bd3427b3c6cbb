// link(2), rename(2), chmod(2), chown(2), umask(2).
#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/overlay_rules.h"
#include "sim/kernel/paths.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway::sim {
namespace {

/// fs.protected_hardlinks, which distributions turn on: others' files get no more names, unless
/// they could be read and written (safe_hardlink_source in fs/namei.c).
bool may_link(const Ask& ask, const FileEntry& entry) {
  constexpr std::uint32_t kGroupExecute = 010;
  const bool set_group =
      (entry.mode & abi::mode::kSetgid) != 0 && (entry.mode & kGroupExecute) != 0;
  const bool safe = entry.regular() && (entry.mode & abi::mode::kSetuid) == 0 && !set_group &&
                    permitted(ask.world, ask.task, entry, kMayRead | kMayWrite);
  return safe || owns(ask.world, ask.task, entry);
}

Decision link_path(const Ask& ask, const Walk& from, const NamedPlace& place) {
  if (from.err != abi::Errno::kOk) return refuse(from.err);
  const Walk& to = place.walk;
  if (folder_error(place) != abi::Errno::kOk) return refuse(to.err);
  if (place.last != LastName::Normal || to.err == abi::Errno::kOk)
    return refuse(abi::Errno::kEEXIST);
  if (place.slash || in_proc(ask, to.parent)) return refuse(abi::Errno::kENOENT);
  const abi::Errno writable = writable_mount(ask.world, to.parent.mount);
  if (writable != abi::Errno::kOk) return refuse(writable);
  if (from.where.mount != to.parent.mount) return refuse(abi::Errno::kEXDEV);
  if (!may_link(ask, from.entry)) return refuse(abi::Errno::kEPERM);
  const abi::Errno err = may_create(ask, to.parent);
  if (err != abi::Errno::kOk) return refuse(err);
  if (from.entry.directory() || !from.entry.inode) return refuse(abi::Errno::kEPERM);
  return answer(0);
}

constexpr std::uint64_t kNoReplace = 1;  // RENAME_NOREPLACE

/// What is wrong with the names themselves (do_renameat2 in fs/namei.c).
abi::Errno names_verdict(const Ask& ask, const NamedPlace& old, const NamedPlace& now,
                         std::uint64_t flags) {
  const Walk &from = old.walk, &to = now.walk;
  for (const NamedPlace* place : {&old, &now}) {
    if (folder_error(*place) != abi::Errno::kOk) return place->walk.err;
  }
  const bool keeps = (flags & kNoReplace) != 0;
  const Location& from_folder = old.last == LastName::Normal ? from.parent : from.where;
  const Location& to_folder = now.last == LastName::Normal ? to.parent : to.where;
  if (from_folder.mount != to_folder.mount) return abi::Errno::kEXDEV;
  if (old.last != LastName::Normal) return abi::Errno::kEBUSY;
  if (now.last != LastName::Normal) return keeps ? abi::Errno::kEEXIST : abi::Errno::kEBUSY;
  const abi::Errno writable = writable_mount(ask.world, from.parent.mount);
  if (writable != abi::Errno::kOk) return writable;
  if (from.err != abi::Errno::kOk) return from.err;
  if (keeps && to.err == abi::Errno::kOk) return abi::Errno::kEEXIST;
  if (!from.entry.directory() && (old.slash || now.slash)) return abi::Errno::kENOTDIR;
  if (from.entry.directory() && is_below(to.parent.path, join_path(from.parent.path, from.name)))
    return abi::Errno::kEINVAL;
  if (to.err == abi::Errno::kOk && is_below(from.parent.path, join_path(to.parent.path, to.name)))
    return abi::Errno::kENOTEMPTY;
  return abi::Errno::kOk;
}

/// Who asks, and what stands there (may_delete, may_create in fs/namei.c).
abi::Errno rename_rights(const Ask& ask, const Walk& from, const Walk& to) {
  const bool replaces = to.err == abi::Errno::kOk;
  abi::Errno err = may_change_folder(ask, from.parent);
  if (err == abi::Errno::kOk) err = may_remove(ask, from.parent, from.entry);
  if (err == abi::Errno::kOk)
    err = replaces ? may_change_folder(ask, to.parent) : may_create(ask, to.parent);
  if (err == abi::Errno::kOk && replaces) err = may_remove(ask, to.parent, to.entry);
  if (err != abi::Errno::kOk) return err;
  if (replaces && from.entry.directory() && !to.entry.directory()) return abi::Errno::kENOTDIR;
  if (replaces && !from.entry.directory() && to.entry.directory()) return abi::Errno::kEISDIR;
  // Its "..", which changes, is in the folder itself.
  const bool moves = from.entry.directory() && from.parent.path != to.parent.path;
  if (moves && !permitted(ask.world, ask.task, from.entry, kMayWrite)) return abi::Errno::kEACCES;
  return abi::Errno::kOk;
}

bool is_mounted(const Ask& ask, const Walk& walk) {
  return walk.err == abi::Errno::kOk && has_mount_on(ask, walk.parent, walk.name);
}

Decision rename_path(const Ask& ask, std::int64_t old_dir, std::string_view old_path,
                     std::int64_t new_dir, std::string_view new_path, std::uint64_t flags) {
  const NamedPlace old = resolve_name(ask, old_dir, old_path);
  const NamedPlace now = resolve_name(ask, new_dir, new_path);
  abi::Errno err = names_verdict(ask, old, now, flags);
  if (err != abi::Errno::kOk) return refuse(err);
  const Walk &from = old.walk, &to = now.walk;
  const bool replaces = to.err == abi::Errno::kOk;
  if (replaces && from.entry.inode && from.entry.inode == to.entry.inode) return answer(0);
  err = rename_rights(ask, from, to);
  if (err != abi::Errno::kOk) return refuse(err);
  if (is_mounted(ask, from) || is_mounted(ask, to)) return refuse(abi::Errno::kEBUSY);
  if (!from.entry.inode) return refuse(abi::Errno::kEPERM);
  if (overlay_is_below(ask, from)) return refuse(abi::Errno::kEXDEV);
  if (replaces && to.entry.directory() && !list_directory(ask.world, ask.task, to.where).empty())
    return refuse(abi::Errno::kENOTEMPTY);
  if (replaces && to.entry.directory()) err = overlay_may_clear(ask, to.where);
  if (err == abi::Errno::kOk) err = overlay_may_rename(ask, from, to);
  return err == abi::Errno::kOk ? answer(0) : refuse(err);
}

Decision chmod_entry(const Ask& ask, const FileEntry& entry, const Location& where) {
  const abi::Errno writable = writable_mount(ask.world, where.mount);
  if (writable != abi::Errno::kOk) return refuse(writable);
  return owns(ask.world, ask.task, entry) ? answer(0) : refuse(abi::Errno::kEPERM);
}

/// chown(2): the owner only with CAP_CHOWN; the group by the owner, to one of the task's own
/// groups.
Decision chown_entry(const Ask& ask, const FileEntry& entry, const Location& where,
                     std::int64_t uid, std::int64_t gid) {
  const abi::Errno writable = writable_mount(ask.world, where.mount);
  if (writable != abi::Errno::kOk) return refuse(writable);
  const NsId user_ns = ask.task.in(NsKind::User);
  const bool privileged = capable_for(ask.world, ask.task, entry, cap::kChown);
  const bool keeps_uid = static_cast<std::int32_t>(uid) == -1;
  const bool keeps_gid = static_cast<std::int32_t>(gid) == -1;
  std::uint32_t kuid = entry.uid, kgid = entry.gid;
  if (!keeps_uid && !kernel_uid(ask.world, user_ns, static_cast<std::uint32_t>(uid), kuid)) {
    return refuse(abi::Errno::kEINVAL);
  }
  if (!keeps_gid && !kernel_gid(ask.world, user_ns, static_cast<std::uint32_t>(gid), kgid)) {
    return refuse(abi::Errno::kEINVAL);
  }
  if (privileged) return answer(0);
  const bool owner = ask.task.credentials.fsuid == entry.uid;
  if (!keeps_uid && (kuid != entry.uid || !owner)) return refuse(abi::Errno::kEPERM);
  if (!keeps_gid && (!owner || (kgid != entry.gid && !in_group(ask.task, kgid)))) {
    return refuse(abi::Errno::kEPERM);
  }
  return answer(0);
}

Decision chown_path(const Ask& ask, LastLink last) {
  const Walk walk = resolve(ask, abi::at::kFdcwd, ask.text(0), last);
  if (walk.err != abi::Errno::kOk) return refuse(walk.err);
  return chown_entry(ask, walk.entry, walk.where, ask.integer(1), ask.integer(2));
}

/// What an open descriptor stands for.
struct Opened {
  abi::Errno err = abi::Errno::kOk;
  FileEntry entry;
  Location where;
};
Opened opened(const Ask& ask) {
  Opened found;
  const OpenFile* file = io_file(ask, ask.integer(0));
  if (file == nullptr) {
    found.err = abi::Errno::kEBADF;
    return found;
  }
  found.where = place_of(ask.world, *file);
  if (const auto entry = entry_at(ask.world, ask.task, found.where)) found.entry = *entry;
  // What was removed, or has another name now, is still the file that was opened.
  if (const Inode* inode = ask.world.inodes.find(file->inode)) {
    found.entry.inode = inode->id;
    found.entry.mode = inode->mode;
    found.entry.uid = inode->uid;
    found.entry.gid = inode->gid;
  }
  return found;
}

}  // namespace

Decision decide_link(const Ask& ask) {
  return link_path(ask, resolve(ask, ask.text(0), LastLink::NoFollow),
                   resolve_name(ask, abi::at::kFdcwd, ask.text(1)));
}
Decision decide_linkat(const Ask& ask) {
  const bool follow = (ask.bits(4) & abi::at::kSymlinkFollow) != 0;
  const LastLink last = follow ? LastLink::Follow : LastLink::NoFollow;
  return link_path(ask, resolve(ask, ask.integer(0), ask.text(1), last),
                   resolve_name(ask, ask.integer(2), ask.text(3)));
}
Decision decide_rename(const Ask& ask) {
  return rename_path(ask, abi::at::kFdcwd, ask.text(0), abi::at::kFdcwd, ask.text(1), 0);
}
Decision decide_renameat(const Ask& ask) {
  return rename_path(ask, ask.integer(0), ask.text(1), ask.integer(2), ask.text(3), 0);
}
Decision decide_renameat2(const Ask& ask) {
  if ((ask.bits(4) & ~kNoReplace) != 0) return refuse(abi::Errno::kEINVAL);
  return rename_path(ask, ask.integer(0), ask.text(1), ask.integer(2), ask.text(3), ask.bits(4));
}
Decision decide_chmod(const Ask& ask) {
  const Walk walk = resolve(ask, ask.text(0));
  return walk.err == abi::Errno::kOk ? chmod_entry(ask, walk.entry, walk.where) : refuse(walk.err);
}
Decision decide_fchmod(const Ask& ask) {
  const Opened found = opened(ask);
  return found.err == abi::Errno::kOk ? chmod_entry(ask, found.entry, found.where)
                                      : refuse(found.err);
}
Decision decide_chown(const Ask& ask) { return chown_path(ask, LastLink::Follow); }
Decision decide_lchown(const Ask& ask) { return chown_path(ask, LastLink::NoFollow); }
Decision decide_fchown(const Ask& ask) {
  const Opened found = opened(ask);
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  return chown_entry(ask, found.entry, found.where, ask.integer(1), ask.integer(2));
}
Decision decide_umask(const Ask& ask) {
  const FsContext* fs = ask.world.fs_contexts.find(ask.task.fs);
  return answer(fs == nullptr ? 0 : fs->umask);
}

}  // namespace cutaway::sim
