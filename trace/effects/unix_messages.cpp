// unix(7): datagrams, and packets in sequence. Each message waits in its receiver by itself.
#include "trace/effects/socket_parts.h"
#include "trace/world/walk.h"

namespace cutaway {
namespace {

/// Its peer is gone: the socket is as before it was connected, and what the peer had sent is lost
/// (unix_dgram_sendmsg, unix_dgram_disconnected).
void forget_peer(const Call& call, Socket socket) {
  socket.datagrams.clear();
  socket.state = socket.address.empty() ? SocketState::Unbound : SocketState::Bound;
  call.emit(SocketChanged{socket});
}

}  // namespace

const Socket* unix_receiver(const Call& call, const Socket& sender, const SocketName& name) {
  const Walk file = name.unix_path ? walk(call.world(), call.task(), name.text) : Walk{};
  if (file.err != abi::Errno::kOk) return nullptr;
  return call.world().sockets.first([&](const Socket& socket) {
    if (socket.family != sender.family || socket.type != sender.type) return false;
    if (name.unix_path) return socket.bound && socket.bound == file.entry.inode;
    return socket.ns == sender.ns && socket.address == name.text;
  });
}

void send_unix_message(const Call& call, const Socket& sender, const Arg& to) {
  const bool named = sender.type == "SOCK_DGRAM" && to.tag == ArgTag::Struct;
  if (call.ret() < 0) {
    if (call.done().err == abi::Errno::kECONNRESET) call.emit(NetReceived{sender.id});
    const bool gone = call.done().err == abi::Errno::kECONNREFUSED && !named;
    if (gone && sender.state == SocketState::Connected) forget_peer(call, sender);
    return;
  }
  const Socket* receiver =
      named ? unix_receiver(call, sender, socket_name(to)) : call.world().sockets.find(sender.peer);
  if (receiver == nullptr) return;
  NetSent sent;
  sent.protocol = "unix";
  sent.from = sender.address;
  sent.to = receiver->address;
  sent.from_ns = sent.to_ns = sender.ns;
  sent.bytes = call.ret();
  sent.socket = receiver->id;
  sent.data = call.done().data;
  sent.why = sender.type == "SOCK_DGRAM" ? "datagram" : "message";
  call.emit(std::move(sent));
}

}  // namespace cutaway
