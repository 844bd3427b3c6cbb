// stat(2), access(2), readlink(2).
#include "base/text.h"
#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/paths.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

/// Inode numbers of computed files, from their paths (FNV-1a): the same in every run.
std::uint64_t inode_number(const Location& where) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : where.path) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return (hash >> 33U) + 1;
}

std::string type_name(std::uint32_t mode) {
  switch (mode & abi::mode::kType) {
    case abi::mode::kDirectory:
      return "S_IFDIR";
    case abi::mode::kLink:
      return "S_IFLNK";
    case abi::mode::kChar:
      return "S_IFCHR";
    case abi::mode::kBlock:
      return "S_IFBLK";
    case abi::mode::kFifo:
      return "S_IFIFO";
    case abi::mode::kSocket:
      return "S_IFSOCK";
    default:
      return "S_IFREG";
  }
}

Decision described(const Ask& ask, const Stat& stat, std::size_t buffer) {
  Decision decision = answer(0);
  decision.reply.stat = stat;
  Arg out;
  out.tag = ArgTag::Struct;
  const bool extended = ask.request.sys == abi::Sys::statx;
  out.keys = extended ? std::vector<std::string>{"stx_mode", "stx_size"}
                      : std::vector<std::string>{"st_mode", "st_size"};
  out.items.push_back(Arg::bytes(type_name(stat.mode) + "|0" + octal(stat.mode & 07777)));
  out.items.push_back(Arg::integer(stat.size));
  decision.filled.emplace_back(buffer, std::move(out));
  return decision;
}

/// ext4 gives a folder a block; tmpfs counts 20 bytes a name, . and .. too (mm/shmem.c,
/// BOGO_DIRENT_SIZE); what is computed has none.
std::int64_t folder_size(const World& world, const Filesystem& fs, const FileEntry& entry) {
  if (fs.is("ext4") || fs.is("overlay")) return 4096;
  const Inode* inode = world.inodes.find(entry.inode);
  if (!fs.is("tmpfs") || inode == nullptr) return entry.size;
  return 20 * (static_cast<std::int64_t>(inode->entries.size()) + 2);
}

Stat stat_of(const Ask& ask, const FileEntry& entry, const Location& where) {
  const NsId user_ns = ask.task.in(NsKind::User);
  Stat stat;
  stat.mode = entry.mode;
  stat.uid = shown_uid(ask.world, user_ns, entry.uid);
  stat.gid = shown_gid(ask.world, user_ns, entry.gid);
  stat.links = entry.links;
  stat.size = entry.size;
  stat.major = entry.major;
  stat.minor = entry.minor;
  stat.inode = entry.inode ? entry.inode.value : inode_number(where);
  const Mount* mount = ask.world.mounts.find(where.mount);
  if (mount == nullptr) return stat;
  stat.device = mount->fs.value;
  const Filesystem* fs = ask.world.filesystems.find(mount->fs);
  if (fs != nullptr && (stat.mode & abi::mode::kType) == abi::mode::kDirectory)
    stat.size = folder_size(ask.world, *fs, entry);
  return stat;
}

Decision stat_path(const Ask& ask, std::int64_t dirfd, std::string_view path, LastLink last,
                   std::size_t buffer) {
  const Walk walk = resolve(ask, dirfd, path, last);
  if (walk.err != abi::Errno::kOk) return refuse(walk.err);
  return described(ask, stat_of(ask, walk.entry, walk.where), buffer);
}

std::uint32_t mode_without_inode(const OpenFile& file) {
  switch (file.kind) {
    case FileKind::PipeRead:
    case FileKind::PipeWrite:
      return abi::mode::kFifo | 0600U;
    case FileKind::Socket:
      return abi::mode::kSocket | 0777U;
    case FileKind::Terminal:
    case FileKind::TerminalMaster:
      return abi::mode::kChar | 0620U;
    case FileKind::Null:
      return abi::mode::kChar | 0666U;
    default:
      return abi::mode::kRegular | 0444U;
  }
}

Decision stat_descriptor(const Ask& ask, std::int64_t fd, std::size_t buffer) {
  const OpenFile* file = file_of(ask.world, ask.task, fd);
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  if (const Inode* inode = ask.world.inodes.find(file->inode)) {
    FileEntry entry;
    entry.mode = inode->mode;
    entry.uid = inode->uid;
    entry.gid = inode->gid;
    entry.links = inode->links;
    entry.size = inode->size;
    entry.major = inode->major;
    entry.minor = inode->minor;
    entry.inode = inode->id;
    return described(ask, stat_of(ask, entry, file->where), buffer);
  }
  if (file->kind == FileKind::Virtual) {
    if (const auto entry = entry_at(ask.world, ask.task, file->where)) {
      return described(ask, stat_of(ask, *entry, file->where), buffer);
    }
  }
  Stat stat;
  stat.mode = mode_without_inode(*file);
  const Terminal* terminal = ask.world.terminals.find(file->terminal);
  if (file->kind == FileKind::Terminal && terminal != nullptr && terminal->tty)
    stat.major = 136;  // a pty (devices.txt)
  stat.links = 1;
  stat.inode = file->id.value;
  return described(ask, stat, buffer);
}

/// newfstatat and statx: by name, or with AT_EMPTY_PATH the descriptor itself.
Decision stat_at(const Ask& ask, std::uint64_t flags, std::size_t buffer) {
  const std::int64_t dirfd = ask.integer(0);
  const std::string_view path = ask.text(1);
  const bool itself = path.empty() && (flags & abi::at::kEmptyPath) != 0;
  if (itself && dirfd == abi::at::kFdcwd)
    return stat_path(ask, abi::at::kFdcwd, ".", LastLink::Follow, buffer);
  if (itself) return stat_descriptor(ask, dirfd, buffer);
  const bool follow = (flags & abi::at::kSymlinkNofollow) == 0;
  return stat_path(ask, dirfd, path, follow ? LastLink::Follow : LastLink::NoFollow, buffer);
}

Decision may_access(const Ask& as_itself, std::int64_t dirfd, std::string_view path,
                    std::uint32_t mode) {
  if ((mode & ~7U) != 0) return refuse(abi::Errno::kEINVAL);
  const Task real = with_real_ids(as_itself.world, as_itself.task);
  const Ask ask{
      as_itself.world,   real,          as_itself.request, as_itself.blobs, as_itself.programs,
      as_itself.remotes, as_itself.now, as_itself.entered};
  const Walk walk = resolve(ask, dirfd, path);
  if (walk.err != abi::Errno::kOk) return refuse(walk.err);
  const std::uint32_t type = walk.entry.mode & abi::mode::kType;
  const bool on_disk = type == abi::mode::kRegular || type == abi::mode::kDirectory;
  if ((mode & kMayWrite) != 0 && on_disk) {
    const abi::Errno writable = writable_mount(ask.world, walk.where.mount);
    if (writable != abi::Errno::kOk) return refuse(writable);
  }
  if (mode != 0 && !permitted(ask.world, ask.task, walk.entry, mode)) {
    return refuse(abi::Errno::kEACCES);
  }
  return answer(0);
}

/// `buffer`: which argument the text goes to; the size stands behind it.
Decision read_link(const Ask& ask, std::int64_t dirfd, std::string_view path, std::size_t buffer) {
  if (ask.integer(buffer + 1) <= 0) return refuse(abi::Errno::kEINVAL);
  const bool by_fd = path.empty() && dirfd != abi::at::kFdcwd;
  if (by_fd && file_of(ask.world, ask.task, dirfd) == nullptr) return refuse(abi::Errno::kEBADF);
  const Walk walk = resolve(ask, dirfd, path, LastLink::NoFollow);
  if (walk.err != abi::Errno::kOk) return refuse(walk.err);
  if (!walk.entry.symlink()) return refuse(abi::Errno::kEINVAL);
  const auto size = static_cast<std::size_t>(ask.integer(buffer + 1));
  const std::string target = walk.entry.target.substr(0, size);
  Decision decision = answer(static_cast<std::int64_t>(target.size()));
  decision.reply.data = target;
  decision.filled.emplace_back(buffer, captured(target));
  return decision;
}

}  // namespace

Decision decide_stat(const Ask& ask) {
  return stat_path(ask, abi::at::kFdcwd, ask.text(0), LastLink::Follow, 1);
}
Decision decide_lstat(const Ask& ask) {
  return stat_path(ask, abi::at::kFdcwd, ask.text(0), LastLink::NoFollow, 1);
}
Decision decide_fstat(const Ask& ask) { return stat_descriptor(ask, ask.integer(0), 1); }
Decision decide_newfstatat(const Ask& ask) { return stat_at(ask, ask.bits(3), 2); }

/// What is not asked for may be told all the same (statx(2)).
Decision decide_statx(const Ask& ask) {
  constexpr std::uint64_t kNoAutomount = 0x800, kSync = 0x6000, kReserved = 0x80000000;
  constexpr std::uint64_t kKnown =
      abi::at::kSymlinkNofollow | abi::at::kEmptyPath | kNoAutomount | kSync;
  const std::uint64_t flags = ask.bits(2);
  if ((ask.bits(3) & kReserved) != 0 || (flags & kSync) == kSync || (flags & ~kKnown) != 0)
    return refuse(abi::Errno::kEINVAL);
  return stat_at(ask, flags, 4);
}

Decision decide_access(const Ask& ask) {
  return may_access(ask, abi::at::kFdcwd, ask.text(0), ask.word(1));
}
Decision decide_faccessat(const Ask& ask) {
  return may_access(ask, ask.integer(0), ask.text(1), ask.word(2));
}
Decision decide_readlink(const Ask& ask) { return read_link(ask, abi::at::kFdcwd, ask.text(0), 1); }
Decision decide_readlinkat(const Ask& ask) {
  return read_link(ask, ask.integer(0), ask.text(1), 2);
}

}  // namespace cutaway::sim
