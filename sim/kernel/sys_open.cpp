// open(2), openat(2), creat(2).
#include "base/bits.h"
#include "base/text.h"
#include "sim/kernel/device_rules.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/paths.h"
#include "trace/world/lookup.h"
#include "trace/world/virtual_content.h"

namespace cutaway::sim {

Decision new_descriptor(const Ask& ask) {
  const std::int32_t fd = lowest_free_fd(ask.world, ask.task);
  return fd < max_descriptors(ask.task) ? answer(fd) : refuse(abi::Errno::kEMFILE);
}

namespace {

bool writes(std::uint64_t flags) { return (flags & abi::o::kAccmode) != 0; }
bool reads(std::uint64_t flags) { return (flags & abi::o::kAccmode) != abi::o::kWronly; }

/// Folders that have no way to make a file (lookup_open in fs/namei.c: EACCES); those of proc say
/// before that, that there is none of that name.
bool in_kernfs(const Ask& ask, const Location& where) {
  const Mount* mount = ask.world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : ask.world.filesystems.find(mount->fs);
  return fs != nullptr && (fs->is("sysfs") || starts_with(fs->type, "cgroup"));
}

Decision create(const Ask& ask, const Walk& walk, std::string_view path, std::uint64_t flags) {
  if (has_all(flags, abi::o::kDirectory)) return refuse(abi::Errno::kEINVAL);
  if (path.back() == '/') return refuse(abi::Errno::kEISDIR);
  const abi::Errno err = may_create(ask, walk.parent);
  if (err != abi::Errno::kOk) return refuse(err);
  // A name whose folder is computed (proc, sysfs): nothing can be made there.
  const std::optional<FileEntry> folder = entry_at(ask.world, ask.task, walk.parent);
  if (folder && !folder->inode)
    return refuse(in_kernfs(ask, walk.parent) ? abi::Errno::kEACCES : abi::Errno::kENOENT);
  return new_descriptor(ask);
}

/// A FIFO opens when both ends are there (fifo(7)).
Decision open_fifo(const Ask& ask, const FileEntry& entry, std::uint64_t flags) {
  if (writes(flags) && reads(flags)) return new_descriptor(ask);
  const bool writer = writes(flags);
  const std::string name = "fifo:[" + std::to_string(entry.inode.value) + "]";
  const Pipe* pipe = ask.world.pipes.first([&](const Pipe& p) { return p.fifo == entry.inode; });
  bool other_end = pipe != nullptr && (writer ? pipe->readers : pipe->writers) > 0;
  const FifoWaiters waiting = openers_of(ask.fifos, entry.inode);
  other_end = other_end || (writer ? waiting.readers : waiting.writers) > 0;
  if (other_end || ask.woken) return new_descriptor(ask);
  if (has_all(flags, abi::o::kNonblock)) {
    return writer ? refuse(abi::Errno::kENXIO) : new_descriptor(ask);
  }
  Decision decision = wait_for(name, WaitKey{WaitKind::Fifo, entry.inode.value});
  decision.fifo = entry.inode;
  decision.fifo_writes = writer;
  return decision;
}

/// What a user namespace has mounted holds no devices (SB_I_NODEV, alloc_super in fs/super.c).
bool is_without_devices(const World& world, const Mount& mount) {
  const Filesystem* fs = world.filesystems.find(mount.fs);
  return fs != nullptr && fs->owner;
}

abi::Errno device_verdict(const Ask& ask, const Walk& walk) {
  const Mount* mount = ask.world.mounts.find(walk.where.mount);
  if (mount != nullptr && (mount->flags & abi::ms::kNodev) != 0) return abi::Errno::kEACCES;
  if (mount != nullptr && is_without_devices(ask.world, *mount)) return abi::Errno::kEACCES;
  const FileEntry& entry = walk.entry;
  if (entry.major == 5 && entry.minor == 0 && !ask.task.terminal) return abi::Errno::kENXIO;
  const bool known = entry.major == 1 || entry.major == 5 || entry.major == 136;
  return known ? abi::Errno::kOk : abi::Errno::kENXIO;
}

abi::Errno access_verdict(const Ask& ask, const Walk& walk, std::uint64_t flags) {
  const FileEntry& entry = walk.entry;
  const bool changes = writes(flags) || has_all(flags, abi::o::kTrunc);
  const bool device = (entry.mode & abi::mode::kType) == abi::mode::kChar ||
                      (entry.mode & abi::mode::kType) == abi::mode::kBlock;
  const bool fifo = (entry.mode & abi::mode::kType) == abi::mode::kFifo;
  if (entry.directory() && (changes || has_all(flags, abi::o::kCreat))) return abi::Errno::kEISDIR;
  std::uint32_t mask = 0;
  if (reads(flags)) mask |= kMayRead;
  if (changes) mask |= kMayWrite;
  // What is behind a device or FIFO is not on the file system (may_open, sb_permission in
  // fs/namei.c).
  if (changes && !device && !fifo) {
    const abi::Errno writable = writable_mount(ask.world, walk.where.mount);
    if (writable != abi::Errno::kOk) return writable;
  }
  if (device && device_verdict(ask, walk) == abi::Errno::kEACCES) return abi::Errno::kEACCES;
  if (!permitted(ask.world, ask.task, entry, mask)) return abi::Errno::kEACCES;
  if (!device) return abi::Errno::kOk;
  const std::string_view access = !changes ? "r" : reads(flags) ? "rw" : "w";
  const abi::Errno allowed = device_cgroup_verdict(ask.world, ask.task, entry, access);
  return allowed == abi::Errno::kOk ? device_verdict(ask, walk) : allowed;
}

/// proc_setgroups_open in fs/proc/base.c.
bool may_write_setgroups(const Ask& ask, const Walk& walk) {
  if (!in_proc(ask, walk.where) || walk.where.path.find("/setgroups") == std::string::npos)
    return true;
  return capable(ask.world, ask.task, cap::kSysAdmin);
}

/// /proc/PID files: who may look (ptrace(2), "Ptrace access mode checking", simplified).
Decision open_existing(const Ask& ask, const Walk& walk, std::uint64_t flags) {
  const FileEntry& entry = walk.entry;
  if (has_all(flags, abi::o::kCreat | abi::o::kExcl)) return refuse(abi::Errno::kEEXIST);
  if (entry.symlink() && !entry.jump && !entry.jump_file && !has_all(flags, abi::o::kPath)) {
    return refuse(abi::Errno::kELOOP);
  }
  if (has_all(flags, abi::o::kDirectory) && !entry.directory()) return refuse(abi::Errno::kENOTDIR);
  if (has_all(flags, abi::o::kPath)) return new_descriptor(ask);
  if (writes(flags) && !may_write_setgroups(ask, walk)) return refuse(abi::Errno::kEACCES);
  const abi::Errno err = access_verdict(ask, walk, flags);
  if (err != abi::Errno::kOk) return refuse(err);
  const std::uint32_t type = entry.mode & abi::mode::kType;
  if (type == abi::mode::kSocket) return refuse(abi::Errno::kENXIO);
  if (type == abi::mode::kFifo && !entry.jump_file) return open_fifo(ask, entry, flags);
  Decision decision = new_descriptor(ask);
  if (!entry.inode && entry.regular()) {
    // proc(5): the file is written down when it is opened. (Linux does so at the first read.)
    decision.content = virtual_content(ask.world, ask.task, walk.where);
    decision.content_size = static_cast<std::int64_t>(decision.content->size());
  }
  return decision;
}

/// A link of the path's end led to a name with a slash behind it (open_last_lookups in fs/namei.c).
bool names_a_folder(const Walk& walk) {
  if (!walk.slash) return false;
  const bool last = !walk.name.empty();
  return only_last_missing(walk) || (walk.err == abi::Errno::kENOTDIR && last) ||
         (walk.err == abi::Errno::kELOOP && last);
}

Decision open_path(const Ask& ask, std::int64_t dirfd, std::string_view path, std::uint64_t flags) {
  // build_open_flags in fs/open.c, since Linux 6.4
  if (has_all(flags, abi::o::kCreat | abi::o::kDirectory) && !has_all(flags, abi::o::kPath))
    return refuse(abi::Errno::kEINVAL);
  const bool creates = has_all(flags, abi::o::kCreat) && !has_all(flags, abi::o::kPath);
  if (creates) {
    const NamedPlace place = resolve_name(ask, dirfd, path);
    const bool named = place.last == LastName::Normal && folder_error(place) == abi::Errno::kOk;
    if (named && place.slash) return refuse(abi::Errno::kEISDIR);
    if (named && place.walk.err != abi::Errno::kOk && in_proc(ask, place.walk.parent))
      return refuse(abi::Errno::kENOENT);
  }
  const bool follow =
      !has_all(flags, abi::o::kNofollow) && !has_all(flags, abi::o::kCreat | abi::o::kExcl);
  const Walk walk = resolve(ask, dirfd, path, follow ? LastLink::Follow : LastLink::NoFollow);
  if (walk.err == abi::Errno::kOk) return open_existing(ask, walk, flags);
  if (creates && names_a_folder(walk)) return refuse(abi::Errno::kEISDIR);
  if (only_last_missing(walk) && has_all(flags, abi::o::kCreat))
    return create(ask, walk, path, flags);
  return refuse(walk.err);
}

}  // namespace

Decision decide_open(const Ask& ask) {
  return open_path(ask, abi::at::kFdcwd, ask.text(0), ask.bits(1));
}
Decision decide_openat(const Ask& ask) {
  return open_path(ask, ask.integer(0), ask.text(1), ask.bits(2));
}
Decision decide_creat(const Ask& ask) {
  return open_path(ask, abi::at::kFdcwd, ask.text(0),
                   abi::o::kCreat | abi::o::kWronly | abi::o::kTrunc);
}

}  // namespace cutaway::sim
