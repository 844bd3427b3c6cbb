// unix(7): names, connections, and sockets whose messages stay apart (SOCK_DGRAM, SOCK_SEQPACKET).
#include <algorithm>

#include "sim/core/poll.h"
#include "sim/kernel/bytes.h"
#include "sim/kernel/paths.h"
#include "sim/kernel/socket_rules.h"
#include "trace/world/cut_off.h"

namespace cutaway::sim {
namespace {

/// net.unix.max_dgram_qlen: so many, and one more, wait for somebody who is not one's own peer.
constexpr std::size_t kQueue = 10;

bool is_datagram(const Socket& socket) { return socket.type == "SOCK_DGRAM"; }

/// Who has a peer hears nobody else (unix_may_send in net/unix/af_unix.c).
bool hears(const Socket& receiver, const Socket& sender) {
  return !is_datagram(sender) || receiver.state != SocketState::Connected ||
         receiver.peer == sender.id;
}

/// The socket that a message goes to (unix_find_other in net/unix/af_unix.c).
struct DatagramReceiver {
  abi::Errno err = abi::Errno::kOk;
  const Socket* socket = nullptr;
};

DatagramReceiver receiver_of(const Ask& ask, const Socket& sender) {
  const bool named = ask.request.sys == abi::Sys::sendto && !ask.null(4);
  if (named && is_datagram(sender)) {
    const UnixName found = unix_name(ask, sender, address_of(ask, 4));
    return {found.err, found.socket};
  }
  if (sender.state != SocketState::Connected) return {abi::Errno::kENOTCONN};
  const Socket* peer = ask.world.sockets.find(sender.peer);
  if (peer != nullptr && !hears(*peer, sender)) return {abi::Errno::kEPERM};
  if (peer != nullptr) return {abi::Errno::kOk, peer};
  return {is_datagram(sender) ? abi::Errno::kECONNREFUSED : abi::Errno::kEPIPE};
}

/// Only those that were connected as a pair have channels, which shutdown(2) takes away.
bool is_shut(const Ask& ask, const Socket& sender, const Socket& receiver) {
  const bool pair = receiver.peer == sender.id && sender.peer == receiver.id &&
                    (sender.incoming || sender.outgoing);
  if (!pair) return false;
  const Pipe* pipe = ask.world.pipes.find(sender.outgoing);
  return pipe == nullptr || pipe->readers == 0;
}

/// The other end was closed before it had read all (unix_release_sock): of streams, what it had not
/// read still lies there. Of datagrams, it listens to somebody else now.
bool is_reset(const World& world, const Socket& socket) {
  if (socket.type != "SOCK_STREAM" || is_cut_off(socket)) return is_cut_off(socket);
  const Pipe* outgoing = world.pipes.find(socket.outgoing);
  return socket.state == SocketState::Connected && !socket.peer && outgoing != nullptr &&
         outgoing->readers == 0 && outgoing->bytes > 0;
}

/// How many wait, without the error that stands before them.
std::size_t messages_of(const Socket& socket) {
  return socket.datagrams.size() - (is_cut_off(socket) ? 1 : 0);
}

bool dont_wait(const OpenFile& file, std::uint64_t flags) {
  constexpr std::uint64_t kDontWait = 0x40;  // MSG_DONTWAIT
  return (file.flags & abi::o::kNonblock) != 0 || (flags & kDontWait) != 0;
}

}  // namespace

bool was_reset(const Ask& ask, const Socket& socket) {
  const Pipe* incoming = ask.world.pipes.find(socket.incoming);
  const bool unread = incoming != nullptr && incoming->bytes > 0;
  return socket.family == "AF_UNIX" && !unread && is_reset(ask.world, socket);
}

UnixName unix_name(const Ask& ask, const Socket& caller, const Address& address) {
  Walk file;
  if (!address.abstract) {
    file = resolve(ask, address.path);
    if (file.err != abi::Errno::kOk) return {file.err};
    if (!permitted(ask.world, ask.task, file.entry, kMayWrite)) return {abi::Errno::kEACCES};
    if ((file.entry.mode & abi::mode::kType) != abi::mode::kSocket)
      return {abi::Errno::kECONNREFUSED};
  }
  const NsId net = ask.task.in(NsKind::Net);
  const Socket* found = ask.world.sockets.first([&](const Socket& socket) {
    if (socket.family != "AF_UNIX" || socket.state == SocketState::Closed) return false;
    if (!address.abstract) return socket.bound && socket.bound == file.entry.inode;
    // Sockets of another type have abstract names of their own (unix_abstract_hash).
    return socket.ns == net && socket.address == address.path && socket.type == caller.type;
  });
  if (found == nullptr) return {abi::Errno::kECONNREFUSED};
  if (found->type != caller.type) return {abi::Errno::kEPROTOTYPE};
  if (!hears(*found, caller)) return {abi::Errno::kEPERM};
  return {abi::Errno::kOk, found};
}

Decision send_unix(const Ask& ask, const OpenFile& file, const Socket& socket) {
  const DatagramReceiver to = receiver_of(ask, socket);
  if (is_reset(ask.world, socket) && to.err != abi::Errno::kENOTCONN)
    return refuse(abi::Errno::kECONNRESET);
  if (to.err != abi::Errno::kOk) return refuse(to.err);
  if (is_shut(ask, socket, *to.socket)) return refuse(abi::Errno::kEPIPE);
  const bool full = messages_of(*to.socket) > kQueue && to.socket->peer != socket.id;
  const std::uint64_t flags = ask.request.sys == abi::Sys::sendto ? ask.bits(3) : 0;
  if (full && dont_wait(file, flags)) return refuse(abi::Errno::kEAGAIN);
  if (full) return wait_for(file.is, WaitKey{WaitKind::Socket, to.socket->id.value});
  Decision decision = answer(static_cast<std::int64_t>(ask.request.data.size()));
  decision.moved = ask.request.data;
  return decision;
}

Decision receive_unix(const Ask& ask, const OpenFile& file, const Socket& socket,
                      std::uint64_t flags) {
  const bool connected = socket.state == SocketState::Connected;
  const bool reads = ask.request.sys != abi::Sys::recvfrom;
  if (reads && ask.request.count == 0) return answer(0);
  if (!is_datagram(socket) && !connected) return refuse(abi::Errno::kENOTCONN);
  if (is_reset(ask.world, socket)) return refuse(abi::Errno::kECONNRESET);
  if (!socket.datagrams.empty()) {
    const Datagram& first = socket.datagrams.front();
    const auto most = static_cast<std::int64_t>(std::min<std::uint64_t>(ask.request.count, 65536));
    Decision decision;
    decision.reply.data = bytes_of(ask.blobs, first.data, 0, std::min(first.bytes, most));
    decision.ret = static_cast<std::int64_t>(decision.reply.data.size());
    decision.filled.emplace_back(1, captured(decision.reply.data));
    if (!reads && !first.from.empty()) decision.filled.emplace_back(4, unix_address(first.from));
    return decision;
  }
  const Pipe* pipe = ask.world.pipes.find(socket.incoming);
  if (!is_datagram(socket) && (pipe == nullptr || pipe->writers == 0)) return answer(0);
  if (dont_wait(file, flags)) return refuse(abi::Errno::kEAGAIN);
  Decision decision = wait_for(file.is, WaitKey{WaitKind::Socket, socket.id.value});
  if (pipe != nullptr) decision.keys.push_back(WaitKey{WaitKind::Pipe, pipe->id.value});
  return decision;
}

/// unix_poll, unix_dgram_poll in net/unix/af_unix.c: POLLHUP comes unasked, also to who never was
/// connected.
std::int64_t unix_events(const Socket& socket, const World& world, std::int64_t wanted,
                         Decision& waiting) {
  waiting.on = "socket:[" + std::to_string(socket.id.value) + "]";
  waiting.keys.push_back(WaitKey{WaitKind::Socket, socket.id.value});
  if (socket.state == SocketState::Listening) return socket.backlog.empty() ? 0 : kPollIn & wanted;
  const std::int64_t error = is_reset(world, socket) ? kPollError : 0;
  std::int64_t events = kPollOut;
  if (messages_of(socket) > 0) events |= kPollIn;
  if (is_datagram(socket)) return (events & wanted) | error;
  if (socket.state != SocketState::Connected) return (events & wanted) | kPollHup;
  const Pipe* incoming = world.pipes.find(socket.incoming);
  const Pipe* outgoing = world.pipes.find(socket.outgoing);
  if (incoming != nullptr) waiting.keys.push_back(WaitKey{WaitKind::Pipe, socket.incoming.value});
  const bool ended = incoming == nullptr || incoming->writers == 0;
  if (ended || incoming->bytes > 0) events |= kPollIn;
  const bool shut = outgoing == nullptr || outgoing->readers == 0;
  return (events & wanted) | (ended && shut ? kPollHup : 0) | error;
}

/// A Unix socket's name: its path, or nothing but the family.
Arg unix_address(const std::string& address) {
  Arg arg;
  arg.tag = ArgTag::Struct;
  arg.keys = {"sa_family"};
  arg.items = {Arg::bytes("AF_UNIX")};
  if (address.empty() || address[0] != '/') return arg;
  arg.keys.emplace_back("sun_path");
  arg.items.push_back(Arg::bytes(address));
  return arg;
}

}  // namespace cutaway::sim
