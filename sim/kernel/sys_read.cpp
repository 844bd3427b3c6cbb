// read(2), pread64(2), recvfrom(2), getdents64(2).
#include <algorithm>

#include "base/prng.h"
#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/inet_rules.h"
#include "sim/kernel/paths.h"
#include "sim/kernel/socket_rules.h"
#include "sim/kernel/special.h"
#include "sim/kernel/terminal_rules.h"
#include "trace/world/lookup.h"
#include "trace/world/virtual_content.h"

namespace cutaway::sim {
namespace {

Decision got(std::string bytes) {
  Decision decision = answer(static_cast<std::int64_t>(bytes.size()));
  decision.filled.emplace_back(1, captured(bytes));
  decision.reply.data = bytes;
  decision.extra_cost = decision.ret / 8;  // copying: 8 bytes a nanosecond
  decision.moved = std::move(bytes);
  return decision;
}

std::int64_t wanted(const Ask& ask) {
  constexpr std::uint64_t most = 0x7ffff000;  // read(2), NOTES
  return static_cast<std::int64_t>(std::min(ask.request.count, most));
}

Decision read_pipe(const Ask& ask, const OpenFile& file, PipeId id, WaitKey key) {
  const Pipe* pipe = ask.world.pipes.find(id);
  if (pipe == nullptr || wanted(ask) == 0) return got({});
  if (pipe->bytes > 0) return got(front_of(ask.blobs, *pipe, std::min(wanted(ask), pipe->bytes)));
  // End of file: nobody can write any more (pipe(7)). Who is about to open a FIFO can.
  if (pipe->writers == 0 && openers_of(ask.fifos, pipe->fifo).writers == 0) return got({});
  if ((file.flags & abi::o::kNonblock) != 0) return refuse(abi::Errno::kEAGAIN);
  return wait_for(file.is, key);
}

/// From the Internet: waits until the buffer is full or the answer has ended.
Decision read_remote(const Ask& ask, const OpenFile& file, const RemoteEnd& end) {
  const std::int64_t left = end.size - end.taken;
  if (left == 0) {
    if (end.cut) return refuse(abi::Errno::kECONNRESET);
    return got({});  // the other end has said all it was asked for
  }
  const std::int64_t count = std::min(wanted(ask), left);
  const std::int64_t arrived = end.arrival(end.taken + count);
  if (arrived > ask.now) {
    return wait_for(file.is, WaitKey{WaitKind::Socket, file.socket.value}, arrived);
  }
  std::string bytes;
  const auto held = static_cast<std::int64_t>(end.bytes.size());
  if (end.taken < held) {
    bytes = end.bytes.substr(static_cast<std::size_t>(end.taken), static_cast<std::size_t>(count));
  }
  Decision decision = got(std::move(bytes));
  decision.ret = count;  // bytes without content count, but nobody keeps zeros
  decision.take_remote = count;
  return decision;
}

Decision read_socket(const Ask& ask, const OpenFile& file) {
  const Socket* socket = ask.world.sockets.find(file.socket);
  if (socket == nullptr) return refuse(abi::Errno::kEBADF);
  if (keeps_messages_apart(*socket)) {
    const bool has_flags = ask.request.sys == abi::Sys::recvfrom;
    return receive_message(ask, file, *socket, has_flags ? ask.bits(3) : 0);
  }
  // sock_read_iter: to read nothing is no error (recv(2) asks all the same).
  if (wanted(ask) == 0 && ask.request.sys != abi::Sys::recvfrom) return got({});
  const auto remote = ask.remotes.find(file.socket);
  if (remote != ask.remotes.end()) return read_remote(ask, file, remote->second);
  if (socket->state != SocketState::Connected) {
    return refuse(socket->family == "AF_UNIX" ? abi::Errno::kEINVAL : abi::Errno::kENOTCONN);
  }
  if (was_reset(ask, *socket)) return refuse(abi::Errno::kECONNRESET);
  return read_pipe(ask, file, socket->incoming, WaitKey{WaitKind::Pipe, socket->incoming.value});
}

/// Device nodes, by their numbers (Documentation/admin-guide/devices.txt, "memory devices").
Decision read_device(const Ask& ask, const Inode& inode) {
  const bool memory = inode.major == 1;
  if (memory && inode.minor == 3) return got({});
  if (memory && (inode.minor == 5 || inode.minor == 7)) {
    return got(std::string(static_cast<std::size_t>(wanted(ask)), '\0'));
  }
  if (memory && (inode.minor == 8 || inode.minor == 9)) {
    Prng prng(ask.random);
    std::string bytes;
    while (static_cast<std::int64_t>(bytes.size()) < wanted(ask)) {
      bytes.push_back(static_cast<char>(prng.below(256)));
    }
    return got(std::move(bytes));
  }
  return refuse(abi::Errno::kENXIO);
}

Decision read_content(const Ask& ask, BlobId content, std::int64_t size, std::int64_t from) {
  const std::int64_t left = std::max<std::int64_t>(0, size - from);
  return got(bytes_of(ask.blobs, content, from, std::min({wanted(ask), left, kLargestMove})));
}

std::string part_of(const std::string& text, std::int64_t from, std::int64_t count) {
  const auto begin = static_cast<std::size_t>(from);
  return begin >= text.size() ? "" : text.substr(begin, static_cast<std::size_t>(count));
}

Decision read_inode(const Ask& ask, const OpenFile& file, std::int64_t from) {
  const Inode* inode = ask.world.inodes.find(file.inode);
  if (inode == nullptr) return got({});
  const std::uint32_t type = inode->mode & abi::mode::kType;
  if (type == abi::mode::kDirectory) return refuse(abi::Errno::kEISDIR);
  if (type == abi::mode::kChar) return read_device(ask, *inode);
  if (type != abi::mode::kRegular) return refuse(abi::Errno::kEINVAL);
  return read_content(ask, inode->content, inode->size, from);
}

Decision read_from(const Ask& ask, const OpenFile& file, std::int64_t from) {
  switch (file.kind) {
    case FileKind::PipeRead:
    case FileKind::PipeWrite:
      return read_pipe(ask, file, file.pipe, WaitKey{WaitKind::Pipe, file.pipe.value});
    case FileKind::Socket:
      return read_socket(ask, file);
    case FileKind::Terminal:
    case FileKind::TerminalMaster:
      return read_terminal(ask, file);
    case FileKind::Null:
      return got({});
    case FileKind::Virtual: {
      const std::optional<FileEntry> entry = entry_at(ask.world, ask.task, file.where);
      if (entry && entry->directory()) return refuse(abi::Errno::kEISDIR);
      // What is open for writing, too, tells what has become of it.
      if ((file.flags & abi::o::kAccmode) != 0)
        return got(part_of(virtual_content(ask.world, ask.task, file.where), from, wanted(ask)));
      const auto size = static_cast<std::int64_t>(ask.blobs.get(file.content).size());
      return read_content(ask, file.content, size, from);
    }
    case FileKind::Inode:
    case FileKind::Other:
      if (const SpecialFile* special = special_of(ask, file))
        return read_special(ask, file, *special);
      return read_inode(ask, file, from);
    case FileKind::Namespace:
      break;
  }
  return refuse(abi::Errno::kEINVAL);
}

char type_letter(std::uint32_t mode) {
  switch (mode & abi::mode::kType) {
    case abi::mode::kDirectory:
      return 'd';
    case abi::mode::kLink:
      return 'l';
    case abi::mode::kChar:
      return 'c';
    case abi::mode::kBlock:
      return 'b';
    case abi::mode::kFifo:
      return 'p';
    case abi::mode::kSocket:
      return 's';
    default:
      return '-';
  }
}

Location below(const Location& folder, const std::string& name) {
  Location where = folder;
  where.path += (folder.path == "/" ? "" : "/") + name;
  return where;
}

}  // namespace

Decision read_open(const Ask& ask, const OpenFile& file) {
  if ((file.flags & abi::o::kAccmode) == abi::o::kWronly) return refuse(abi::Errno::kEBADF);
  return read_from(ask, file, file.offset);
}

Decision decide_read(const Ask& ask) {
  const Descriptor found = readable(ask, ask.integer(0));
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  return read_from(ask, *found.file, found.file->offset);
}

Decision decide_pread64(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (ask.integer(3) < 0) return refuse(abi::Errno::kEINVAL);
  if (file != nullptr && !is_seekable(*file)) return refuse(abi::Errno::kESPIPE);
  const Descriptor found = readable(ask, ask.integer(0));
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  return read_from(ask, *found.file, ask.integer(3));
}

Decision decide_recvfrom(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  if (file->kind != FileKind::Socket) return refuse(abi::Errno::kENOTSOCK);
  return read_socket(ask, *file);
}

/// All names at the first call, none at the second. (Linux fills the buffer piece by piece; the
/// names come in the file system's own order, here sorted.)
Decision decide_getdents64(const Ask& ask) {
  const OpenFile* file = io_file(ask, ask.integer(0));
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  const Location where = place_of(ask.world, *file);
  if (!opened_folder(ask, *file, where)) return refuse(abi::Errno::kENOTDIR);
  if (is_removed_folder(ask.world, *file)) return refuse(abi::Errno::kENOENT);
  if (file->offset != 0) return answer(0);
  Decision decision;
  decision.reply.data = "d .\nd ..\n";
  decision.ret = 24 + 24;
  for (const std::string& name : list_directory(ask.world, ask.task, where)) {
    const std::optional<FileEntry> entry = entry_at(ask.world, ask.task, below(where, name));
    decision.reply.data += type_letter(entry ? entry->mode : 0);
    decision.reply.data += " " + name + "\n";
    // struct linux_dirent64: 19 bytes, the name, a NUL, rounded up to 8 (getdents(2)).
    decision.ret += (19 + static_cast<std::int64_t>(name.size()) + 1 + 7) / 8 * 8;
  }
  return decision;
}

}  // namespace cutaway::sim
