// socket(2), bind(2), listen(2), accept4(2), connect(2), shutdown(2): unix(7) streams on this
// machine; what is AF_INET's own is in sys_inet.cpp.

#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/inet_rules.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/paths.h"
#include "sim/kernel/socket_rules.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

constexpr std::int64_t kUnix = 1, kInet = 2, kInet6 = 10, kNetlink = 16;
constexpr std::int64_t kStream = 1, kRaw = 3, kTypeMask = 0xf;

struct Target {
  abi::Errno err = abi::Errno::kOk;
  const OpenFile* file = nullptr;
  const Socket* socket = nullptr;
};
Target socket_at(const Ask& ask, std::int64_t fd) {
  Target target;
  target.file = file_of(ask.world, ask.task, fd);
  if (target.file == nullptr) {
    target.err = abi::Errno::kEBADF;
    return target;
  }
  target.socket = ask.world.sockets.find(target.file->socket);
  if (target.socket == nullptr) target.err = abi::Errno::kENOTSOCK;
  return target;
}

bool takes_connections(const Socket& socket) {
  return socket.type == "SOCK_STREAM" || socket.type == "SOCK_SEQPACKET";
}

/// An abstract name belongs to one socket of a type and network namespace, whether it listens or
/// not.
bool has_name(const Ask& ask, const std::string& name, const std::string& type) {
  const NsId net = ask.task.in(NsKind::Net);
  return ask.world.sockets.first([&](const Socket& socket) {
    return socket.family == "AF_UNIX" && socket.ns == net && socket.address == name &&
           socket.type == type && socket.state != SocketState::Closed;
  }) != nullptr;
}

/// unix(7): the name is a new file of type socket, or abstract (it then begins with a NUL).
Decision bind_unix(const Ask& ask, const Socket& socket, const Address& address) {
  if (address.path.empty()) return refuse(abi::Errno::kEINVAL);
  const bool named = !socket.address.empty();
  const bool taken = named || socket.state == SocketState::Listening;
  if (address.abstract) {
    if (named) return refuse(abi::Errno::kEINVAL);
    if (has_name(ask, address.path, socket.type)) return refuse(abi::Errno::kEADDRINUSE);
    return taken ? refuse(abi::Errno::kEINVAL) : answer(0);
  }
  const Walk walk = resolve(ask, abi::at::kFdcwd, address.path, LastLink::NoFollow);
  if (walk.err == abi::Errno::kOk) return refuse(abi::Errno::kEADDRINUSE);
  if (!only_last_missing(walk)) return refuse(walk.err);
  const abi::Errno err = may_create(ask, walk.parent);
  if (err != abi::Errno::kOk) return refuse(err);
  // The file is made before it is asked whether the socket has a name (unix_bind_bsd).
  return taken ? refuse(abi::Errno::kEINVAL) : answer(0);
}

Decision connect_unix(const Ask& ask, const Target& target, const Address& address) {
  const UnixName found = unix_name(ask, *target.socket, address);
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  if (target.socket->type == "SOCK_DGRAM") return answer(0);
  if (found.socket->state != SocketState::Listening) return refuse(abi::Errno::kECONNREFUSED);
  // Who it is that asks comes last (unix_stream_connect in net/unix/af_unix.c).
  if (target.socket->state == SocketState::Connected) return refuse(abi::Errno::kEISCONN);
  return target.socket->state == SocketState::Listening ? refuse(abi::Errno::kEINVAL) : answer(0);
}

}  // namespace

Decision decide_socket(const Ask& ask) {
  const std::int64_t family = ask.integer(0), type = ask.integer(1) & kTypeMask;
  if (family != kUnix && family != kInet && family != kInet6 && family != kNetlink) {
    return refuse(abi::Errno::kEAFNOSUPPORT);
  }
  if (type < kStream || type > 5) return refuse(abi::Errno::kEINVAL);
  const bool raw = type == kRaw && (family == kInet || family == kInet6);
  if (raw && !capable_over(ask.world, ask.task, ask.task.in(NsKind::Net), cap::kNetRaw)) {
    return refuse(abi::Errno::kEPERM);
  }
  return new_descriptor(ask);
}

Decision decide_socketpair(const Ask& ask) {
  if (ask.integer(0) != kUnix) return refuse(abi::Errno::kEOPNOTSUPP);
  const std::int32_t first = lowest_free_fd(ask.world, ask.task);
  const std::int32_t second = lowest_free_fd(ask.world, ask.task, first + 1);
  if (second >= max_descriptors(ask.task)) return refuse(abi::Errno::kEMFILE);
  Decision decision = answer(0);
  decision.reply.out = {first, second};
  Arg ends;
  ends.tag = ArgTag::List;
  ends.items = {Arg::integer(first), Arg::integer(second)};
  decision.filled.emplace_back(3, std::move(ends));
  return decision;
}

Decision decide_bind(const Ask& ask) {
  const Target target = socket_at(ask, ask.integer(0));
  if (target.err != abi::Errno::kOk) return refuse(target.err);
  const Address address = address_of(ask, 1);
  const bool local = target.socket->family == "AF_UNIX" && address.family == "AF_UNIX";
  if (target.socket->state != SocketState::Unbound && !local) return refuse(abi::Errno::kEINVAL);
  if (target.socket->family == "AF_NETLINK") return answer(0);
  if (address.family != target.socket->family)
    return refuse(target.socket->family == "AF_UNIX" ? abi::Errno::kEINVAL
                                                     : abi::Errno::kEAFNOSUPPORT);
  return address.family == "AF_UNIX" ? bind_unix(ask, *target.socket, address)
                                     : bind_inet(ask, *target.socket, address);
}

Decision decide_listen(const Ask& ask) {
  const Target target = socket_at(ask, ask.integer(0));
  if (target.err != abi::Errno::kOk) return refuse(target.err);
  if (!takes_connections(*target.socket)) return refuse(abi::Errno::kEOPNOTSUPP);
  const SocketState state = target.socket->state;
  const bool ready = state == SocketState::Bound || state == SocketState::Listening;
  return ready ? answer(0) : refuse(abi::Errno::kEINVAL);
}

Decision decide_accept4(const Ask& ask) {
  const Target target = socket_at(ask, ask.integer(0));
  if (target.err != abi::Errno::kOk) return refuse(target.err);
  if (!takes_connections(*target.socket)) return refuse(abi::Errno::kEOPNOTSUPP);
  if (target.socket->state != SocketState::Listening) return refuse(abi::Errno::kEINVAL);
  if (!target.socket->backlog.empty()) {
    Decision decision = new_descriptor(ask);
    const Socket* accepted = ask.world.sockets.find(target.socket->backlog.front());
    if (accepted == nullptr || accepted->family != "AF_INET") return decision;
    decision.reply.texts = {accepted->peer_address};
    decision.filled.emplace_back(1, inet_address(accepted->peer_address));
    return decision;
  }
  if (nonblocking(*target.file)) return refuse(abi::Errno::kEAGAIN);
  return wait_for("connection to " + target.socket->address,
                  WaitKey{WaitKind::Socket, target.socket->id.value});
}

Decision decide_connect(const Ask& ask) {
  const Target target = socket_at(ask, ask.integer(0));
  if (target.err != abi::Errno::kOk) return refuse(target.err);
  const bool local = target.socket->family == "AF_UNIX";
  const bool stream = !keeps_messages_apart(*target.socket) && !local;
  if (stream && target.socket->state == SocketState::Connected) return refuse(abi::Errno::kEISCONN);
  if (!local && target.socket->state == SocketState::Listening) return refuse(abi::Errno::kEISCONN);
  const Address address = address_of(ask, 1);
  if (address.family != target.socket->family)
    return refuse(local ? abi::Errno::kEINVAL : abi::Errno::kEAFNOSUPPORT);
  return address.family == "AF_UNIX" ? connect_unix(ask, target, address)
                                     : connect_inet(ask, *target.socket, address);
}

Decision decide_shutdown(const Ask& ask) {
  const Target target = socket_at(ask, ask.integer(0));
  if (target.err != abi::Errno::kOk) return refuse(target.err);
  if (ask.integer(1) < 0 || ask.integer(1) > 2) return refuse(abi::Errno::kEINVAL);
  // Only Internet sockets mind (inet_shutdown; unix_shutdown takes any).
  const bool local = target.socket->family == "AF_UNIX";
  const bool connected = target.socket->state == SocketState::Connected;
  return connected || local ? answer(0) : refuse(abi::Errno::kENOTCONN);
}

}  // namespace cutaway::sim
