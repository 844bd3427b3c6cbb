// socket(2), socketpair(2), bind(2), listen(2), connect(2), accept(2), shutdown(2): unix(7) and,
// within this machine, ip(7). The bytes of a connection lie in two pipes, one for each direction.
#include "base/text.h"
#include "trace/effects/families.h"
#include "trace/effects/packets.h"
#include "trace/effects/socket_parts.h"
#include "trace/world/lookup.h"
#include "trace/world/new_id.h"

namespace cutaway {
SocketName socket_name(const Arg& arg) {
  SocketName address;
  const std::string path = field_text(arg, "sun_path");
  if (field(arg, "sun_path") != nullptr) {
    address.abstract = !path.empty() && (path[0] == '\0' || path[0] == '@');
    address.unix_path = !address.abstract;
    address.text = path;
    return address;
  }
  const std::string host = field(arg, "sin6_addr") != nullptr ? field_text(arg, "sin6_addr")
                                                              : field_text(arg, "sin_addr");
  const std::int64_t port = field_number(arg, "sin_port", field_number(arg, "sin6_port"));
  address.text = (host.empty() ? "0.0.0.0" : host) + ":" + decimal(port);
  return address;
}

const Socket* socket_of(const Call& call, std::size_t argument) {
  const OpenFile* file = call.file(call.number(argument));
  return file == nullptr ? nullptr : call.world().sockets.find(file->socket);
}

PipeId make_channel(const Call& call, SocketId socket) {
  const PipeId id = next_pipe(call.world());
  call.emit(PipeMade{id, "socket:[" + decimal(socket.value) + "]", InodeId{}});
  return id;
}

namespace {

constexpr std::uint64_t kTypeMask = 0xf, kCloexec = 02000000, kNonblock = 04000;

/// The kernel's name: SOCK_STREAM out of SOCK_STREAM|SOCK_CLOEXEC.
std::string type_name(std::uint64_t type) {
  const std::string_view name = abi::constant_name(abi::kSocketFlags, type & kTypeMask);
  return name.empty() ? decimal(static_cast<std::int64_t>(type & kTypeMask)) : std::string(name);
}

Socket new_socket(const Call& call) {
  Socket socket;
  socket.id = next_socket(call.world());
  socket.family = std::string(abi::constant_name(abi::kAddressFamilies, call.bits(0)));
  socket.type = type_name(call.bits(1));
  socket.ns = call.task().in(NsKind::Net);
  return socket;
}

void open_socket(const Call& call, std::int32_t fd, SocketId socket, std::uint64_t flags) {
  OpenFile file;
  file.kind = FileKind::Socket;
  file.socket = socket;
  file.flags = abi::o::kRdwr | (flags & kNonblock);
  file.is = "socket:[" + decimal(socket.value) + "]";
  open_file(call, fd, std::move(file), (flags & kCloexec) != 0);
}

void accept_effects(const Call& call, std::uint64_t flags) {
  const Socket* found = socket_of(call, 0);
  if (call.ret() < 0 || found == nullptr) return;
  Socket listener = *found;
  const auto fd = static_cast<std::int32_t>(call.ret());
  if (!listener.backlog.empty()) {
    const SocketId accepted = listener.backlog.front();
    listener.backlog.erase(listener.backlog.begin());
    call.emit(SocketChanged{listener});
    open_socket(call, fd, accepted, flags);
    return;
  }
  // From outside what is modelled: an end without a peer here.
  Socket socket = listener;
  socket.id = next_socket(call.world());
  socket.state = SocketState::Connected;
  socket.bound = InodeId{};
  call.emit(SocketMade{fd, socket});
  open_socket(call, fd, socket.id, flags);
}

}  // namespace

void effect_socket(const Call& call) {
  if (call.ret() < 0) return;
  const Socket socket = new_socket(call);
  const auto fd = static_cast<std::int32_t>(call.ret());
  call.emit(SocketMade{fd, socket});
  open_socket(call, fd, socket.id, call.bits(1));
}

void effect_socketpair(const Call& call) {
  if (call.ret() < 0) return;
  const std::vector<Arg>& ends = call.arg(3).items;
  const std::int32_t free = lowest_free_fd(call.world(), call.task());
  const auto first_fd = ends.size() == 2 ? static_cast<std::int32_t>(ends[0].value) : free;
  const auto second_fd = ends.size() == 2 ? static_cast<std::int32_t>(ends[1].value)
                                          : lowest_free_fd(call.world(), call.task(), free + 1);
  Socket first = new_socket(call);
  first.state = SocketState::Connected;
  first.incoming = make_channel(call, first.id);
  first.outgoing = make_channel(call, first.id);
  call.emit(SocketMade{first_fd, first});
  open_socket(call, first_fd, first.id, call.bits(1));
  Socket second = new_socket(call);
  second.state = SocketState::Connected;
  second.peer = first.id;
  second.incoming = first.outgoing;
  second.outgoing = first.incoming;
  call.emit(SocketMade{second_fd, second});
  open_socket(call, second_fd, second.id, call.bits(1));
  first.peer = second.id;
  call.emit(SocketChanged{first});
}

void effect_bind(const Call& call) {
  const Socket* found = socket_of(call, 0);
  if (call.ret() < 0 || found == nullptr) return;
  Socket socket = *found;
  const SocketName address = socket_name(call.arg(1));
  if (address.unix_path && !address.text.empty()) {
    const Walk place = walk(call.world(), call.task(), address.text, LastLink::NoFollow);
    const FsContext* fs = call.world().fs_contexts.find(call.task().fs);
    Inode inode;
    inode.mode = abi::mode::kSocket | (0777 & ~(fs == nullptr ? 0U : fs->umask));
    if (place.err == abi::Errno::kENOENT && !place.name.empty())
      socket.bound = create_name(call, place.parent, place.name, inode);
  }
  socket.address = address.text;
  if (socket.family == "AF_INET" && call.done().local_port != 0)
    socket.address = joined_address(split_address(address.text).host, call.done().local_port);
  // One of a pair, or one that has called another, may take a name as well (unix(7)).
  if (socket.state == SocketState::Unbound) socket.state = SocketState::Bound;
  call.emit(SocketChanged{socket});
}

void effect_listen(const Call& call) {
  const Socket* found = socket_of(call, 0);
  if (call.ret() < 0 || found == nullptr) return;
  Socket socket = *found;
  socket.state = SocketState::Listening;
  call.emit(SocketChanged{socket});
}

void effect_accept(const Call& call) { accept_effects(call, 0); }
void effect_accept4(const Call& call) { accept_effects(call, call.bits(3)); }

void effect_shutdown(const Call& call) {
  constexpr std::int64_t kRead = 0, kWrite = 1;
  const Socket* found = socket_of(call, 0);
  if (call.ret() < 0 || found == nullptr) return;
  Socket socket = *found;
  if (call.number(1) != kWrite) socket.incoming = PipeId{};
  if (call.number(1) != kRead) socket.outgoing = PipeId{};
  call.emit(SocketChanged{socket});
}

}  // namespace cutaway
