// write(2), pwrite64(2), writev(2), sendto(2), sendfile(2), truncate(2).
#include <algorithm>

#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/inet_rules.h"
#include "sim/kernel/paths.h"
#include "sim/kernel/special.h"
#include "sim/kernel/terminal_rules.h"
#include "sim/kernel/virtual_write.h"
#include "trace/world/charges.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

constexpr std::int64_t kPipeBuf = 4096;  // writes up to this size are atomic (pipe(7))

std::string_view rest_of(const Ask& ask) {
  return std::string_view(ask.request.data).substr(static_cast<std::size_t>(ask.progress));
}

/// All of the data is written now.
Decision put_all(const Ask& ask) {
  Decision decision = answer(static_cast<std::int64_t>(ask.request.data.size()));
  decision.moved = std::string(rest_of(ask));
  return decision;
}

Decision write_pipe(const Ask& ask, const OpenFile& file, PipeId id) {
  if (ask.request.data.empty() && file.kind != FileKind::Socket) return answer(0);
  const Pipe* pipe = ask.world.pipes.find(id);
  const bool unread =
      pipe == nullptr || (pipe->readers == 0 && openers_of(ask.fifos, pipe->fifo).readers == 0);
  if (unread) return refuse(abi::Errno::kEPIPE);
  const std::string_view rest = rest_of(ask);
  const auto size = static_cast<std::int64_t>(rest.size());
  const std::int64_t room = std::max<std::int64_t>(0, pipe->capacity - pipe->bytes);
  if (size <= room) return put_all(ask);
  const bool atomic = static_cast<std::int64_t>(ask.request.data.size()) <= kPipeBuf;
  const auto part = static_cast<std::size_t>(atomic ? 0 : room);
  if ((file.flags & abi::o::kNonblock) != 0) {
    if (part == 0) return refuse(abi::Errno::kEAGAIN);
    Decision decision = answer(static_cast<std::int64_t>(part));
    decision.moved = std::string(rest.substr(0, part));
    return decision;
  }
  Decision decision = wait_for(file.is, WaitKey{WaitKind::Pipe, id.value});
  if (part > 0) decision.moved = std::string(rest.substr(0, part));
  return decision;
}

Decision write_socket(const Ask& ask, const OpenFile& file) {
  const Socket* socket = ask.world.sockets.find(file.socket);
  if (socket == nullptr) return refuse(abi::Errno::kEBADF);
  if (keeps_messages_apart(*socket)) return send_message(ask, file, *socket);
  const bool named = ask.request.sys == abi::Sys::sendto && !ask.null(4);
  if (named && socket->family == "AF_UNIX")
    return refuse(socket->state == SocketState::Connected ? abi::Errno::kEISCONN
                                                          : abi::Errno::kEOPNOTSUPP);
  if (ask.remotes.find(file.socket) != ask.remotes.end()) {
    Decision decision = put_all(ask);
    decision.ask_remote = ask.request.data;
    return decision;
  }
  if (socket->state != SocketState::Connected) {
    // tcp_sendmsg: there is no pipe to write to (and SIGPIPE comes).
    return refuse(socket->family == "AF_INET" ? abi::Errno::kEPIPE : abi::Errno::kENOTCONN);
  }
  return write_pipe(ask, file, socket->outgoing);
}

Decision write_device(const Ask& ask, const Inode& inode) {
  if (inode.major == 1 && inode.minor == 7) return refuse(abi::Errno::kENOSPC);  // full(4)
  if (inode.major == 1) return put_all(ask);  // null(4), random(4)
  return refuse(abi::Errno::kENXIO);
}

/// Is there no room left for more of this file? Only a disk is full: memory is another matter.
bool no_room(const Ask& ask, const Inode& inode) {
  const Filesystem* fs = ask.world.filesystems.find(inode.fs);
  return ask.disk_full && fs != nullptr && fs->is("ext4");
}

/// A file's content with `bytes` at `offset`. A hole at its end stays one; one between must not be
/// too large (EFBIG).
void replace_content(Decision& decision, const Ask& ask, const Inode& inode, std::int64_t offset,
                     std::string_view bytes) {
  const std::string_view stored = stored_bytes(ask.blobs, inode);
  if (offset > static_cast<std::int64_t>(stored.size()) + kLargestHole) {
    decision = refuse(abi::Errno::kEFBIG);
    return;
  }
  decision.content = spliced(std::string(stored), offset, bytes);
  decision.content_size = std::max(inode.size, static_cast<std::int64_t>(decision.content->size()));
}

/// How far a file may reach: a tmpfs's pages are memory, charged to the cgroup of whoever wrote the
/// first (shmem_get_folio in mm/shmem.c).
MemoryRoom room_for(const Ask& ask, const Inode& inode) {
  const Filesystem* fs = ask.world.filesystems.find(inode.fs);
  if (fs == nullptr || !fs->is("tmpfs")) return {};
  MemoryRoom room = memory_room(
      ask.world, inode.charged_to ? inode.charged_to : memory_cgroup(ask.world, ask.task));
  if (room.cgroup) room.pages += pages_of_size(inode.size);
  return room;
}

Decision write_regular(const Ask& ask, const OpenFile& file, const Inode& inode, std::int64_t at) {
  if (no_room(ask, inode)) return refuse(abi::Errno::kENOSPC);
  if ((file.flags & abi::o::kAppend) != 0) at = inode.size;
  std::string_view data = ask.request.data;
  const MemoryRoom room = room_for(ask, inode);
  const std::int64_t wanted = pages_of_size(at + static_cast<std::int64_t>(data.size()));
  if (wanted <= room.pages) {
    Decision decision = put_all(ask);
    replace_content(decision, ask, inode, at, data);
    return decision;
  }
  // What finds room is written, and somebody of the cgroup ends (mm/memcontrol.c, charge_memcg).
  const std::int64_t part = std::max<std::int64_t>(0, room.pages * kPageBytes - at);
  Decision decision = part > 0 ? answer(part) : refuse(abi::Errno::kENOMEM);
  if (part > 0) {
    data = data.substr(0, static_cast<std::size_t>(part));
    decision.moved = std::string(data);
    replace_content(decision, ask, inode, at, data);
  }
  decision.memory_full = room.cgroup;
  return decision;
}

Decision write_inode(const Ask& ask, const OpenFile& file, std::int64_t at) {
  const Inode* inode = ask.world.inodes.find(file.inode);
  if (inode == nullptr) return refuse(abi::Errno::kEBADF);
  const std::uint32_t type = inode->mode & abi::mode::kType;
  if (type == abi::mode::kChar) return write_device(ask, *inode);
  if (type != abi::mode::kRegular) return refuse(abi::Errno::kEINVAL);
  return write_regular(ask, file, *inode, at);
}

Decision write_to(const Ask& ask, const OpenFile& file, std::int64_t at) {
  switch (file.kind) {
    case FileKind::PipeRead:
    case FileKind::PipeWrite:
      return write_pipe(ask, file, file.pipe);
    case FileKind::Socket:
      return write_socket(ask, file);
    case FileKind::Terminal:
    case FileKind::TerminalMaster:
      return write_terminal(ask, file);
    case FileKind::Null:
      return put_all(ask);
    case FileKind::Virtual: {
      OpenFile there = file;
      there.offset = at;
      const abi::Errno err = virtual_write_verdict(ask, there);
      return err == abi::Errno::kOk ? put_all(ask) : refuse(err);
    }
    case FileKind::Inode:
    case FileKind::Other:
      if (const SpecialFile* special = special_of(ask, file))
        return write_special(ask, file, *special);
      return write_inode(ask, file, at);
    case FileKind::Namespace:
      break;
  }
  return refuse(abi::Errno::kEINVAL);
}

/// How much a descriptor takes now: what a pipe has room for; −1 when nobody reads it.
std::int64_t room_in(const Ask& ask, const OpenFile& file, std::int64_t wanted) {
  PipeId id = file.pipe;
  if (const Socket* socket = ask.world.sockets.find(file.socket)) id = socket->outgoing;
  const Pipe* pipe = ask.world.pipes.find(id);
  if (pipe == nullptr) return wanted;
  if (pipe->readers == 0) return -1;
  return std::min(wanted, std::max<std::int64_t>(0, pipe->capacity - pipe->bytes));
}

Decision truncate_inode(const Ask& ask, const Inode& inode, std::int64_t length) {
  constexpr std::int64_t kExt4Most = (std::int64_t{1} << 44) - 4096;  // blocks of 4 KiB, 32 bits
  if (length > kExt4Most) return refuse(abi::Errno::kEFBIG);
  Decision decision = answer(0);
  // What is added is a hole: only the size tells of it.
  const auto most = static_cast<std::size_t>(length);
  decision.content = std::string(stored_bytes(ask.blobs, inode).substr(0, most));
  decision.content_size = length;
  return decision;
}

}  // namespace

Decision decide_write(const Ask& ask) {
  const Descriptor found = writable(ask, ask.integer(0));
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  return write_to(ask, *found.file, found.file->offset);
}

Decision decide_pwrite64(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (ask.integer(3) < 0) return refuse(abi::Errno::kEINVAL);
  if (file != nullptr && !is_seekable(*file)) return refuse(abi::Errno::kESPIPE);
  // seq_open in fs/seq_file.c takes FMODE_PWRITE away.
  if (file != nullptr && file->kind == FileKind::Virtual && in_proc(ask, file->where))
    return refuse(abi::Errno::kESPIPE);
  const Descriptor found = writable(ask, ask.integer(0));
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  return write_to(ask, *found.file, ask.integer(3));
}

/// Request.data holds all parts in a row.
Decision decide_writev(const Ask& ask) { return decide_write(ask); }

Decision decide_sendto(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  if (file->kind != FileKind::Socket) return refuse(abi::Errno::kENOTSOCK);
  return write_socket(ask, *file);
}

/// Of a file that is sent into itself its pages are read while they are written: what was written
/// is read again (splice_direct_to_actor in fs/splice.c keeps no copy), byte by byte as `rep movsb`
/// does. A processor without ERMS copies eight bytes at a time (arch/x86/lib/memcpy_64.S).
std::string sent_into_itself(const Ask& ask, const Inode& inode, std::int64_t from, std::int64_t to,
                             std::int64_t count) {
  std::string bytes(stored_bytes(ask.blobs, inode));
  bytes.resize(static_cast<std::size_t>(std::max(inode.size, to + count)));
  std::string moved;
  for (std::int64_t i = 0; i < count; ++i) {
    const char byte = bytes[static_cast<std::size_t>(from + i)];
    bytes[static_cast<std::size_t>(to + i)] = byte;
    moved += byte;
  }
  return moved;
}

/// From a regular file to anything; a pipe as the source is EINVAL (sendfile(2)).
Decision decide_sendfile(const Ask& ask) {
  const Descriptor out = writable(ask, ask.integer(0)), in = readable(ask, ask.integer(1));
  if (out.err != abi::Errno::kOk || in.err != abi::Errno::kOk) return refuse(abi::Errno::kEBADF);
  const Inode* inode = ask.world.inodes.find(in.file->inode);
  const bool regular = inode != nullptr && (inode->mode & abi::mode::kType) == abi::mode::kRegular;
  if ((out.file->flags & abi::o::kAppend) != 0) return refuse(abi::Errno::kEINVAL);
  if (ask.integer(3) == 0) return answer(0);
  if (!regular) return refuse(abi::Errno::kEINVAL);
  const std::int64_t left = std::max<std::int64_t>(0, inode->size - in.file->offset);
  const std::int64_t most = std::min({left, ask.integer(3), kLargestMove});
  const std::int64_t count = room_in(ask, *out.file, most);
  if (count < 0) return refuse(abi::Errno::kEPIPE);
  if (count == 0 && left > 0)
    return wait_for(out.file->is, WaitKey{WaitKind::Pipe, out.file->pipe.value});
  Decision decision = answer(count);
  decision.moved = bytes_of(ask.blobs, inode->content, in.file->offset, count);
  const Inode* target =
      out.file->kind == FileKind::Inode ? ask.world.inodes.find(out.file->inode) : nullptr;
  constexpr std::int64_t kMostLookedAt = 1 << 16;  // a pipe's room: more goes in several rounds
  if (target == inode && std::max(inode->size, out.file->offset + count) <= kMostLookedAt)
    decision.moved = sent_into_itself(ask, *inode, in.file->offset, out.file->offset, count);
  if (target != nullptr) {
    const std::string moved = *decision.moved;
    replace_content(decision, ask, *target, out.file->offset, moved);
  }
  return decision;
}

Decision decide_ftruncate(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (ask.integer(1) < 0) return refuse(abi::Errno::kEINVAL);
  if (file == nullptr || (file->flags & abi::o::kPath) != 0) return refuse(abi::Errno::kEBADF);
  const bool writes = (file->flags & abi::o::kAccmode) != 0;
  const Inode* inode = ask.world.inodes.find(file->inode);
  const bool regular = inode != nullptr && (inode->mode & abi::mode::kType) == abi::mode::kRegular;
  if (!writes || !regular) return refuse(abi::Errno::kEINVAL);
  return truncate_inode(ask, *inode, ask.integer(1));
}

Decision decide_truncate(const Ask& ask) {
  if (ask.integer(1) < 0) return refuse(abi::Errno::kEINVAL);
  const Walk walk = resolve(ask, ask.text(0));
  if (walk.err != abi::Errno::kOk) return refuse(walk.err);
  if (walk.entry.directory()) return refuse(abi::Errno::kEISDIR);
  if (!walk.entry.regular()) return refuse(abi::Errno::kEINVAL);
  const abi::Errno writable_here = writable_mount(ask.world, walk.where.mount);
  if (writable_here != abi::Errno::kOk) return refuse(writable_here);
  if (!permitted(ask.world, ask.task, walk.entry, kMayWrite)) return refuse(abi::Errno::kEACCES);
  const Inode* inode = ask.world.inodes.find(walk.entry.inode);
  return inode == nullptr ? refuse(abi::Errno::kEPERM)
                          : truncate_inode(ask, *inode, ask.integer(1));
}

}  // namespace cutaway::sim
