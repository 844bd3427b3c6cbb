// link(2), rename(2), chmod(2), chown(2), umask(2).
#include "sim/kernel/handlers.h"
#include "sim/kernel/paths.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway::sim {
namespace {

const Filesystem* filesystem_of(const World& world, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  return mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
}

Decision link_path(const Ask& ask, std::int64_t old_dir, std::string_view old_path,
                   std::int64_t new_dir, std::string_view new_path, LastLink last) {
  const Walk from = resolve(ask, old_dir, old_path, last);
  if (from.err != abi::Errno::kOk) return refuse(from.err);
  const Walk to = resolve(ask, new_dir, new_path, LastLink::NoFollow);
  if (to.err == abi::Errno::kOk) return refuse(abi::Errno::kEEXIST);
  if (!only_last_missing(to)) return refuse(to.err);
  if (from.where.mount != to.parent.mount) return refuse(abi::Errno::kEXDEV);
  const abi::Errno err = may_change_folder(ask, to.parent);
  if (err != abi::Errno::kOk) return refuse(err);
  if (from.entry.directory() || !from.entry.inode) return refuse(abi::Errno::kEPERM);
  return answer(0);
}

/// May `from` take the place of what stands at `to`?
abi::Errno may_replace(const Ask& ask, const Walk& from, const Walk& to) {
  if (to.entry.directory() && !from.entry.directory()) return abi::Errno::kEISDIR;
  if (!to.entry.directory() && from.entry.directory()) return abi::Errno::kENOTDIR;
  if (to.where.path == "/" || to.where.mount != to.parent.mount) return abi::Errno::kEBUSY;
  if (to.entry.directory() && !list_directory(ask.world, ask.task, to.where).empty()) {
    return abi::Errno::kENOTEMPTY;
  }
  return may_remove(ask, to.parent, to.entry);
}

/// Overlay: a folder that a lower layer has cannot be renamed (overlayfs.rst, "Renaming
/// directories").
bool lower_folder(const Ask& ask, const Walk& from) {
  const Filesystem* fs = filesystem_of(ask.world, from.where);
  if (fs == nullptr || fs->type != "overlay" || !from.entry.directory()) return false;
  const auto place = overlay_find(ask.world, *fs, from.where.path);
  if (!place || !place->upper) return true;
  for (const Place& lower : fs->lower) {
    const std::string path = (lower.path == "/" ? "" : lower.path) + from.where.path;
    if (inode_at(ask.world, lower.fs, path) != nullptr) return true;
  }
  return false;
}

Decision rename_path(const Ask& ask, std::int64_t old_dir, std::string_view old_path,
                     std::int64_t new_dir, std::string_view new_path) {
  const Walk from = resolve(ask, old_dir, old_path, LastLink::NoFollow);
  if (from.err != abi::Errno::kOk) return refuse(from.err);
  const Walk to = resolve(ask, new_dir, new_path, LastLink::NoFollow);
  const bool replaces = to.err == abi::Errno::kOk;
  if (!replaces && !only_last_missing(to)) return refuse(to.err);
  if (from.name.empty() || to.name.empty()) return refuse(abi::Errno::kEBUSY);
  if (from.parent.mount != to.parent.mount) return refuse(abi::Errno::kEXDEV);
  for (const Location& folder : {from.parent, to.parent}) {
    const abi::Errno err = may_change_folder(ask, folder);
    if (err != abi::Errno::kOk) return refuse(err);
  }
  if (from.where.mount != from.parent.mount) return refuse(abi::Errno::kEBUSY);  // a mount point
  const abi::Errno sticky = may_remove(ask, from.parent, from.entry);
  if (sticky != abi::Errno::kOk) return refuse(sticky);
  if (from.entry.directory() && is_below(to.parent.path, from.where.path))
    return refuse(abi::Errno::kEINVAL);
  if (lower_folder(ask, from)) return refuse(abi::Errno::kEXDEV);
  if (!replaces) return from.entry.inode ? answer(0) : refuse(abi::Errno::kEPERM);
  const abi::Errno err = may_replace(ask, from, to);
  return err == abi::Errno::kOk ? answer(0) : refuse(err);
}

Decision change_mode(const Ask& ask, const FileEntry& entry, const Location& where) {
  const abi::Errno writable = writable_mount(ask.world, where.mount);
  if (writable != abi::Errno::kOk) return refuse(writable);
  return owns(ask.world, ask.task, entry) ? answer(0) : refuse(abi::Errno::kEPERM);
}

/// chown(2): the owner only with CAP_CHOWN; the group by the owner, to one of the task's own
/// groups.
Decision change_owner(const Ask& ask, const FileEntry& entry, const Location& where,
                      std::int64_t uid, std::int64_t gid) {
  const abi::Errno writable = writable_mount(ask.world, where.mount);
  if (writable != abi::Errno::kOk) return refuse(writable);
  const NsId user_ns = ask.task.in(NsKind::User);
  const bool privileged = capable(ask.world, ask.task, cap::kChown);
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
  if (!keeps_gid && kgid != entry.gid && (!owner || !in_group(ask.task, kgid))) {
    return refuse(abi::Errno::kEPERM);
  }
  return answer(0);
}

Decision chown_path(const Ask& ask, LastLink last) {
  const Walk walk = resolve(ask, abi::at::kFdcwd, ask.text(0), last);
  if (walk.err != abi::Errno::kOk) return refuse(walk.err);
  return change_owner(ask, walk.entry, walk.where, ask.integer(1), ask.integer(2));
}

/// What an open descriptor stands for.
struct Opened {
  abi::Errno err = abi::Errno::kOk;
  FileEntry entry;
  Location where;
};
Opened opened(const Ask& ask) {
  Opened found;
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (file == nullptr) {
    found.err = abi::Errno::kEBADF;
    return found;
  }
  found.where = file->where;
  if (const auto entry = entry_at(ask.world, ask.task, file->where)) found.entry = *entry;
  return found;
}

}  // namespace

Decision decide_link(const Ask& ask) {
  return link_path(ask, abi::at::kFdcwd, ask.text(0), abi::at::kFdcwd, ask.text(1),
                   LastLink::NoFollow);
}
Decision decide_linkat(const Ask& ask) {
  const bool follow = (ask.bits(4) & abi::at::kSymlinkFollow) != 0;
  return link_path(ask, ask.integer(0), ask.text(1), ask.integer(2), ask.text(3),
                   follow ? LastLink::Follow : LastLink::NoFollow);
}
Decision decide_rename(const Ask& ask) {
  return rename_path(ask, abi::at::kFdcwd, ask.text(0), abi::at::kFdcwd, ask.text(1));
}
Decision decide_renameat(const Ask& ask) {
  return rename_path(ask, ask.integer(0), ask.text(1), ask.integer(2), ask.text(3));
}
Decision decide_chmod(const Ask& ask) {
  const Walk walk = resolve(ask, ask.text(0));
  return walk.err == abi::Errno::kOk ? change_mode(ask, walk.entry, walk.where) : refuse(walk.err);
}
Decision decide_fchmod(const Ask& ask) {
  const Opened found = opened(ask);
  return found.err == abi::Errno::kOk ? change_mode(ask, found.entry, found.where)
                                      : refuse(found.err);
}
Decision decide_chown(const Ask& ask) { return chown_path(ask, LastLink::Follow); }
Decision decide_lchown(const Ask& ask) { return chown_path(ask, LastLink::NoFollow); }
Decision decide_fchown(const Ask& ask) {
  const Opened found = opened(ask);
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  return change_owner(ask, found.entry, found.where, ask.integer(1), ask.integer(2));
}
Decision decide_umask(const Ask& ask) {
  const FsContext* fs = ask.world.fs_contexts.find(ask.task.fs);
  return answer(fs == nullptr ? 0 : fs->umask);
}

}  // namespace cutaway::sim
