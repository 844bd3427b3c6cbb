// close(2), dup(2), pipe2(2), lseek(2), fcntl(2), ioctl(2).
#include <algorithm>

#include "base/text.h"
#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/rights.h"
#include "sim/kernel/terminal_rules.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

Decision duplicate_to(const Ask& ask, std::int64_t from, std::int64_t to) {
  if (file_of(ask.world, ask.task, from) == nullptr) return refuse(abi::Errno::kEBADF);
  if (to < 0 || to >= max_descriptors(ask.task)) return refuse(abi::Errno::kEBADF);
  return answer(to);
}

Decision duplicate_lowest(const Ask& ask, std::int64_t from, std::int64_t least) {
  if (file_of(ask.world, ask.task, from) == nullptr) return refuse(abi::Errno::kEBADF);
  if (least < 0 || least >= max_descriptors(ask.task)) return refuse(abi::Errno::kEINVAL);
  const std::int32_t fd = lowest_free_fd(ask.world, ask.task, static_cast<std::int32_t>(least));
  return fd < max_descriptors(ask.task) ? answer(fd) : refuse(abi::Errno::kEMFILE);
}

// fcntl commands and ioctl requests that are answered (fcntl.h, asm-generic/ioctls.h,
// linux/sockios.h).
constexpr std::int64_t kDupfd = 0, kGetfd = 1, kSetfd = 2, kGetfl = 3, kSetfl = 4,
                       kDupfdCloexec = 1030, kGetpipeSz = 1032;
constexpr std::uint64_t kFionread = 0x541b, kSiocsifflags = 0x8914, kSiocgifflags = 0x8913;

/// What a descriptor was opened with, without what only mattered then. open(2) of a 64-bit program
/// adds O_LARGEFILE (fs/open.c, force_o_largefile); pipes and sockets are not opened.
std::int64_t status_flags(const OpenFile& file) {
  constexpr std::uint64_t kLargefile = 0100000, kOnce = abi::o::kCreat | abi::o::kExcl |
                                                        abi::o::kNoctty | abi::o::kTrunc |
                                                        abi::o::kCloexec;
  const bool pathless = file.kind == FileKind::PipeRead || file.kind == FileKind::PipeWrite ||
                        file.kind == FileKind::Socket || starts_with(file.is, "anon_inode:");
  const bool opened = !pathless || static_cast<bool>(file.where.mount);
  const bool only_path = (file.flags & abi::o::kPath) != 0;
  return static_cast<std::int64_t>((file.flags & ~kOnce) | (opened && !only_path ? kLargefile : 0));
}

/// Interfaces go up and down with CAP_NET_ADMIN over the network namespace (netdevice(7)).
Decision interface_ioctl(const Ask& ask, std::uint64_t code) {
  const NsId net = ask.task.in(NsKind::Net);
  const Namespace* ns = ask.world.namespaces.find(net);
  std::string name(ask.text(2));
  if (ask.request.args.size() > 2) {
    const Arg& request = ask.request.args[2];
    for (std::size_t i = 0; i < request.keys.size() && i < request.items.size(); ++i) {
      if (request.keys[i] == "ifr_name") name = request.items[i].text;
    }
  }
  const bool known =
      ns != nullptr && std::any_of(ns->links.begin(), ns->links.end(),
                                   [&](const Interface& link) { return link.name == name; });
  if (code == kSiocsifflags && !capable_over(ask.world, ask.task, net, cap::kNetAdmin)) {
    return refuse(abi::Errno::kEPERM);
  }
  return known ? answer(0) : refuse(abi::Errno::kENODEV);
}

}  // namespace

Decision decide_close(const Ask& ask) {
  return file_of(ask.world, ask.task, ask.integer(0)) == nullptr ? refuse(abi::Errno::kEBADF)
                                                                 : answer(0);
}
Decision decide_close_range(const Ask& ask) {
  constexpr std::uint64_t kUnshare = 2, kCloexec = 4;
  const bool known = (ask.bits(2) & ~(kUnshare | kCloexec)) == 0;
  return known && ask.word(0) <= ask.word(1) ? answer(0) : refuse(abi::Errno::kEINVAL);
}
Decision decide_dup(const Ask& ask) { return duplicate_lowest(ask, ask.integer(0), 0); }
Decision decide_dup2(const Ask& ask) { return duplicate_to(ask, ask.integer(0), ask.integer(1)); }
Decision decide_dup3(const Ask& ask) {
  if ((ask.bits(2) & ~abi::o::kCloexec) != 0) return refuse(abi::Errno::kEINVAL);
  if (ask.integer(0) == ask.integer(1)) return refuse(abi::Errno::kEINVAL);
  return duplicate_to(ask, ask.integer(0), ask.integer(1));
}

Decision decide_pipe2(const Ask& ask) {
  constexpr std::uint64_t direct = 040000;
  if ((ask.bits(1) & ~(abi::o::kCloexec | abi::o::kNonblock | direct)) != 0) {
    return refuse(abi::Errno::kEINVAL);
  }
  const std::int32_t read_end = lowest_free_fd(ask.world, ask.task);
  const std::int32_t write_end = lowest_free_fd(ask.world, ask.task, read_end + 1);
  if (write_end >= max_descriptors(ask.task)) return refuse(abi::Errno::kEMFILE);
  Decision decision = answer(0);
  decision.reply.out = {read_end, write_end};
  Arg ends;
  ends.tag = ArgTag::List;
  ends.items = {Arg::integer(read_end), Arg::integer(write_end)};
  decision.filled.emplace_back(0, ends);
  return decision;
}

Decision decide_lseek(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  if ((file->flags & abi::o::kPath) != 0) return refuse(abi::Errno::kEBADF);
  if (!is_seekable(*file)) return refuse(abi::Errno::kESPIPE);
  if (file->kind == FileKind::Null) return answer(0);  // null_lseek in drivers/char/mem.c
  const Inode* inode = ask.world.inodes.find(file->inode);
  std::int64_t size = inode == nullptr ? 0 : inode->size;
  if (file->kind == FileKind::Virtual) {
    size = static_cast<std::int64_t>(ask.blobs.get(file->content).size());
  }
  const std::int64_t whence = ask.integer(2);
  const bool folder = inode != nullptr && (inode->mode & abi::mode::kType) == abi::mode::kDirectory;
  // A folder has no end that one could go to (offset_dir_llseek in fs/libfs.c).
  if (whence < 0 || whence > (folder ? 1 : 2)) return refuse(abi::Errno::kEINVAL);
  const std::int64_t bases[] = {0, file->offset, size};
  std::int64_t to = 0;
  const bool too_far = __builtin_add_overflow(bases[whence], ask.integer(1), &to);
  return too_far || to < 0 ? refuse(abi::Errno::kEINVAL) : answer(to);
}

/// Pipes and sockets have nothing that could be written down (fsync(2)).
Decision decide_fsync(const Ask& ask) {
  const OpenFile* file = io_file(ask, ask.integer(0));
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  const bool kept = file->kind == FileKind::Inode;
  return kept ? answer(0) : refuse(abi::Errno::kEINVAL);
}

Decision decide_fcntl(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  const FdTable& table = ask.world.fd_tables.at(ask.task.fds);
  switch (ask.integer(1)) {
    case kDupfd:
    case kDupfdCloexec:
      return duplicate_lowest(ask, ask.integer(0), ask.integer(2));
    case kGetfd:
      return answer(table.fds.at(static_cast<std::int32_t>(ask.integer(0))).cloexec ? 1 : 0);
    case kGetfl:
      return answer(status_flags(*file));
    case kSetfd:
      return answer(0);
    case kSetfl:
      return io_file(ask, ask.integer(0)) == nullptr ? refuse(abi::Errno::kEBADF) : answer(0);
    case kGetpipeSz: {
      const Pipe* pipe = ask.world.pipes.find(file->pipe);
      return pipe == nullptr ? refuse(abi::Errno::kEBADF) : answer(pipe->capacity);
    }
    default:
      return refuse(abi::Errno::kEINVAL);
  }
}

Decision decide_ioctl(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  const std::uint64_t code = ask.bits(1);
  if (is_terminal_request(code)) return terminal_ioctl(ask, *file, code);
  switch (code) {
    case kSiocsifflags:
    case kSiocgifflags:
      return file->kind == FileKind::Socket ? interface_ioctl(ask, code)
                                            : refuse(abi::Errno::kENOTTY);
    case kFionread: {
      const Inode* inode = ask.world.inodes.find(file->inode);
      const bool regular =
          inode != nullptr && (inode->mode & abi::mode::kType) == abi::mode::kRegular;
      if (regular) {
        Decision left = answer(0);
        left.reply.out = {inode->size - file->offset};
        return left;
      }
      const Pipe* pipe = ask.world.pipes.find(file->pipe);
      Decision decision = answer(0);
      decision.reply.out = {pipe == nullptr ? 0 : pipe->bytes};
      return pipe == nullptr ? refuse(abi::Errno::kENOTTY) : decision;
    }
    default:
      return refuse(abi::Errno::kENOTTY);
  }
}

}  // namespace cutaway::sim
