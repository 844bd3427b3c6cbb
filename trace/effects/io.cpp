// Bytes that move: read(2), write(2), pread(2), sendfile(2), send(2), recv(2); sizes: truncate(2).
#include "trace/effects/families.h"
#include "trace/effects/packets.h"
#include "trace/effects/socket_parts.h"
#include "trace/world/charges.h"
#include "trace/world/cut_off.h"
#include "trace/world/lookup.h"

namespace cutaway {
namespace {

ChannelKind channel_of(const World& world, const OpenFile& file) {
  switch (file.kind) {
    case FileKind::PipeRead:
    case FileKind::PipeWrite:
      return ChannelKind::Pipe;
    case FileKind::Socket:
      return ChannelKind::Socket;
    case FileKind::Null:
      return ChannelKind::Null;
    case FileKind::TerminalMaster:
      return ChannelKind::Pty;
    case FileKind::Terminal: {
      // What only captures stdout and stderr is no terminal for who writes.
      const Terminal* terminal = world.terminals.find(file.terminal);
      return terminal == nullptr || terminal->tty ? ChannelKind::Pty : ChannelKind::Pipe;
    }
    case FileKind::Inode:
    case FileKind::Virtual:
    case FileKind::Namespace:
    case FileKind::Other:
      break;
  }
  return ChannelKind::File;
}

struct Transfer {
  std::int64_t fd = 0;
  Direction dir = Direction::In;
  std::string text;      ///< the buffer, or its first bytes
  std::int64_t at = -1;  ///< pread, pwrite
};

void move_bytes(const Call& call, const Transfer& transfer) {
  const OpenFile* file = call.file(transfer.fd);
  if (file == nullptr || call.ret() <= 0) return;
  BytesMoved moved;
  moved.fd = static_cast<std::int32_t>(transfer.fd);
  moved.dir = transfer.dir;
  moved.bytes = call.ret();
  moved.is = channel_of(call.world(), *file);
  moved.file = file->id;
  moved.data = call.done().data;
  moved.text = transfer.text.substr(0, static_cast<std::size_t>(call.ret()));
  moved.at = transfer.at;
  call.emit(std::move(moved));
}

/// The whole content afterwards, as far as it is known: the real side sees only what was written.
void write_content(const Call& call, const OpenFile& file, std::int64_t at) {
  const Inode* inode = call.world().inodes.find(file.inode);
  if (inode == nullptr) return;
  const bool appends = (file.flags & abi::o::kAppend) != 0;
  // pwrite(2), BUGS: with O_APPEND it appends, whatever its offset.
  const std::int64_t from = appends ? inode->size : at >= 0 ? at : file.offset;
  const std::int64_t size = call.done().content_size > 0 ? call.done().content_size
                                                         : std::max(inode->size, from + call.ret());
  set_content(call, file.inode, call.done().content, size);
}

/// EPIPE comes with SIGPIPE for who did not ask to be spared (pipe(7)).
void broken_pipe(const Call& call, bool quiet) {
  if (call.done().err == abi::Errno::kEPIPE && !quiet)
    signal_effects(call.self(), call.self(), abi::sig::kPipe, "write without a reader",
                   call.sink());
}

void write_bytes(const Call& call, const Transfer& transfer) {
  if (call.ret() < 0) {
    broken_pipe(call, false);
    return;
  }
  const OpenFile* found = call.file(transfer.fd);
  if (found == nullptr) return;
  const OpenFile file = *found;
  if (file.kind == FileKind::Inode && call.ret() > 0) write_content(call, file, transfer.at);
  const Socket* socket = call.world().sockets.find(file.socket);
  if (socket != nullptr && socket->family == "AF_INET") tell_stream(call, *socket, call.ret());
  move_bytes(call, transfer);
  if (file.kind == FileKind::Virtual)
    write_virtual(call, file, transfer.text.substr(0, static_cast<std::size_t>(call.ret())));
}

/// The bytes of an iovec, or of a plain buffer.
std::string gathered(const Arg& arg) {
  if (arg.tag == ArgTag::Bytes) return arg.text;
  std::string text;
  for (const Arg& item : arg.items) {
    const Arg* base = field(item, "iov_base");
    text += base == nullptr ? item.text : base->text;
  }
  return text;
}

/// A file that is written to loses its set-user-ID and set-group-ID bits, unless by the machine's
/// root (setattr_should_drop_suidgid in fs/attr.c).
void drop_set_ids(const Call& call, const Inode& inode) {
  constexpr std::uint32_t kGroupExecute = 010;
  constexpr int kFsetid = 4;  // CAP_FSETID
  const Namespace* user = call.world().namespaces.find(call.task().in(NsKind::User));
  const bool root =
      user != nullptr && !user->parent && (call.task().credentials.effective >> kFsetid & 1U) != 0;
  std::uint32_t mode = inode.mode & 07777 & ~abi::mode::kSetuid;
  if ((mode & kGroupExecute) != 0) mode &= ~abi::mode::kSetgid;
  if (root || mode == (inode.mode & 07777)) return;
  call.emit(FileAttributesSet{inode.id, mode, inode.uid, inode.gid});
}

}  // namespace

void set_content(const Call& call, InodeId id, BlobId content, std::int64_t size) {
  const Inode* inode = call.world().inodes.find(id);
  if (inode == nullptr) return;
  drop_set_ids(call, *inode);
  inode = call.world().inodes.find(id);
  const CgroupId paid = inode->charged_to;
  const std::int64_t before = pages_of_size(inode->size), after = pages_of_size(size);
  call.emit(FileContentSet{id, content, size});
  const Inode* now = call.world().inodes.find(id);
  const CgroupId pays = now != nullptr && now->charged_to ? now->charged_to : paid;
  if (pays) count_usage(call.self(), pays, "memory", (after - before) * kPageBytes, call.sink());
}

void effect_pread64(const Call& call) {
  move_bytes(call, Transfer{call.number(0), Direction::In, gathered(call.arg(1)), call.number(3)});
}
void effect_pwrite64(const Call& call) {
  write_bytes(call,
              Transfer{call.number(0), Direction::Out, gathered(call.arg(1)), call.number(3)});
}

namespace {

/// The socket behind a descriptor if its messages stay apart: datagrams, raw packets, netlink.
const Socket* message_socket(const Call& call, std::int64_t fd) {
  const OpenFile* file = call.file(fd);
  const Socket* socket = file == nullptr ? nullptr : call.world().sockets.find(file->socket);
  if (socket == nullptr) return nullptr;
  const bool known = socket->family == "AF_INET" || socket->family == "AF_UNIX";
  const bool apart = known && socket->type != "SOCK_STREAM";
  return apart || socket->family == "AF_NETLINK" ? socket : nullptr;
}

/// The first of those that wait is gone, however much of it was read.
void take_message(const Call& call, const Socket& socket) {
  const bool takes = call.ret() >= 0 || call.done().err == abi::Errno::kECONNRESET;
  if (takes && !socket.datagrams.empty()) call.emit(NetReceived{socket.id});
}

/// That the other end is gone with what it had not read is told once (ECONNRESET).
void forget_reset(const Call& call) {
  const Socket* found = socket_of(call, 0);
  if (found == nullptr || call.done().err != abi::Errno::kECONNRESET) return;
  Socket socket = *found;
  socket.outgoing = PipeId{};
  if (is_cut_off(socket)) socket.datagrams.erase(socket.datagrams.begin());
  call.emit(SocketChanged{socket});
}

void send_message(const Call& call, const Socket& socket) {
  if (socket.family == "AF_UNIX") {
    send_unix_message(call, Socket(socket), call.arg(4));
    return;
  }
  if (call.ret() < 0) return;
  if (socket.family == "AF_NETLINK") {
    effect_netlink(call, socket, call.arg(1));
    return;
  }
  const Arg& to = call.arg(4);
  const std::string address =
      to.tag == ArgTag::Struct
          ? joined_address(field_text(to, "sin_addr"), field_number(to, "sin_port"))
          : socket.peer_address;
  send_datagram(call, Socket(socket), address);
}

}  // namespace

void effect_read(const Call& call) {
  const Socket* socket = message_socket(call, call.number(0));
  // sock_read_iter: who wants nothing takes nothing.
  if (socket != nullptr && call.number(2) == 0) return;
  if (socket != nullptr) return take_message(call, *socket);
  move_bytes(call, Transfer{call.number(0), Direction::In, gathered(call.arg(1)), -1});
  forget_reset(call);
}
void effect_write(const Call& call) {
  const Socket* socket = message_socket(call, call.number(0));
  if (socket != nullptr)
    send_message(call, *socket);
  else
    write_bytes(call, Transfer{call.number(0), Direction::Out, gathered(call.arg(1)), -1});
}

void effect_sendto(const Call& call) {
  constexpr std::uint64_t kNoSignal = 0x4000;  // MSG_NOSIGNAL
  if (const Socket* socket = message_socket(call, call.number(0))) {
    send_message(call, *socket);
    return;
  }
  if (call.ret() < 0)
    broken_pipe(call, (call.bits(3) & kNoSignal) != 0);
  else
    write_bytes(call, Transfer{call.number(0), Direction::Out, call.text(1), -1});
}
void effect_recvfrom(const Call& call) {
  constexpr std::uint64_t kPeek = 2;  // MSG_PEEK: they stay
  // An error is taken all the same (sock_error in include/net/sock.h).
  if ((call.bits(3) & kPeek) != 0 && call.done().err != abi::Errno::kECONNRESET) return;
  if (const Socket* socket = message_socket(call, call.number(0)))
    take_message(call, *socket);
  else
    effect_read(call);
}
void effect_sendmsg(const Call& call) {
  const Arg* iov = field(call.arg(1), "msg_iov");
  write_bytes(call, Transfer{call.number(0), Direction::Out,
                             iov == nullptr ? std::string{} : gathered(*iov), -1});
}
void effect_recvmsg(const Call& call) {
  const Arg* iov = field(call.arg(1), "msg_iov");
  move_bytes(call, Transfer{call.number(0), Direction::In,
                            iov == nullptr ? std::string{} : gathered(*iov), -1});
}

void effect_sendfile(const Call& call) {
  move_bytes(call, Transfer{call.number(1), Direction::In, {}, -1});
  write_bytes(call, Transfer{call.number(0), Direction::Out, {}, -1});
}

void effect_lseek(const Call& call) {
  const OpenFile* file = call.file(call.number(0));
  if (call.ret() >= 0 && file != nullptr && file->offset != call.ret())
    call.emit(FileOffsetSet{file->id, call.ret()});
}

/// A folder's offset says how far it was listed.
void effect_getdents64(const Call& call) {
  const OpenFile* file = call.file(call.number(0));
  if (call.ret() > 0 && file != nullptr)
    call.emit(FileOffsetSet{file->id, file->offset + call.ret()});
}

void effect_truncate(const Call& call) {
  if (call.ret() < 0) return;
  const Walk found = call.find(0);
  if (found.err == abi::Errno::kOk)
    set_content(call, writable_inode(call, found.where), call.done().content, call.number(1));
}
void effect_ftruncate(const Call& call) {
  const OpenFile* file = call.file(call.number(0));
  if (call.ret() >= 0 && file != nullptr)
    set_content(call, file->inode, call.done().content, call.number(1));
}
void effect_fallocate(const Call& call) {
  constexpr std::uint64_t kKeepSize = 1;
  const OpenFile* file = call.file(call.number(0));
  const Inode* inode = file == nullptr ? nullptr : call.world().inodes.find(file->inode);
  const std::int64_t end = call.number(2) + call.number(3);
  if (call.ret() < 0 || inode == nullptr || (call.bits(1) & kKeepSize) != 0 || end <= inode->size)
    return;
  set_content(call, inode->id, call.done().content, end);
}

}  // namespace cutaway
