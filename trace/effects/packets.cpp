// See packets.h.
#include "trace/effects/packets.h"

#include <utility>

namespace cutaway {
namespace {

bool has_way(const NetPath& path) { return path.err == abi::Errno::kOk && !path.via.empty(); }

NetSent packet_of(const Socket& sender, const NetPath& path, const std::string& why) {
  NetSent sent;
  sent.protocol = socket_protocol(sender);
  sent.from = path.source;
  sent.to = path.port == 0 ? path.host : joined_address(path.host, path.port);
  sent.from_ns = sender.ns;
  sent.to_ns = path.outside ? NsId{} : path.ns;
  sent.via = path.via;
  sent.why = why;
  return sent;
}

void drop(const Call& call, NetSent sent, const std::string& why) {
  call.emit(NetDropped{sent.protocol, sent.from, sent.to, sent.from_ns, std::move(sent.via), why});
}

Packet packet_for(const Socket& socket, const std::string& to) {
  const SocketAddress address = split_address(to);
  return {socket_protocol(socket), address.host, address.port, split_address(socket.address).host};
}

/// The sender's socket is known by an address from its first message on.
std::string name_sender(const Call& call, Socket sender, const NetPath& path) {
  const SocketAddress own = split_address(sender.address);
  const std::int64_t port = own.port != 0 ? own.port : call.done().local_port;
  if (own.port == 0 && port != 0) {
    sender.address = joined_address(path.local_address, port);
    call.emit(SocketChanged{sender});
  }
  return joined_address(path.source, port);
}

void answer_echo(const Call& call, const Socket& sender, const NetPath& path) {
  NetSent reply = packet_of(sender, path, "echo reply");
  reply.from = path.host;
  reply.to = path.local_address;
  reply.from_ns = path.ns;
  reply.to_ns = sender.ns;
  reply.via = reversed(path.via);
  reply.bytes = call.ret();
  reply.socket = sender.id;
  reply.data = call.done().data;
  call.emit(std::move(reply));
}

}  // namespace

std::string socket_protocol(const Socket& socket) {
  if (socket.type == "SOCK_RAW") return "icmp";
  return socket.type == "SOCK_DGRAM" ? "udp" : "tcp";
}

void tell_packet(const Call& call, const Socket& sender, const NetPath& path,
                 const std::string& source, const std::string& why) {
  if (!has_way(path)) return;
  NetSent sent = packet_of(sender, path, why);
  if (!source.empty()) sent.from = source;
  if (path.dropped.empty())
    call.emit(std::move(sent));
  else
    drop(call, std::move(sent), path.dropped);
}

void tell_stream(const Call& call, const Socket& sender, std::int64_t bytes) {
  const Socket* other = call.world().sockets.find(sender.peer);
  const Socket* opener = sender.accepted ? other : &sender;
  if (sender.family != "AF_INET" || opener == nullptr || bytes <= 0) return;
  const NetPath path =
      net_path(call.world(), opener->ns, packet_for(*opener, opener->peer_address));
  if (!has_way(path) || path.outside) return;
  NetSent sent = packet_of(sender, path, "data");
  sent.from = sender.address;
  sent.to = sender.peer_address;
  if (sender.accepted) {
    sent.to_ns = opener->ns;
    sent.via = reversed(path.via);
  }
  sent.bytes = bytes;
  call.emit(std::move(sent));
}

void send_datagram(const Call& call, const Socket& sender, const std::string& to) {
  const NetPath path = net_path(call.world(), sender.ns, packet_for(sender, to));
  if (!has_way(path)) return;
  const bool echo = socket_protocol(sender) == "icmp";
  NetSent sent = packet_of(sender, path, echo ? "echo request" : "datagram");
  if (!echo) sent.from = name_sender(call, sender, path);
  sent.bytes = call.ret();
  const Socket* receiver = nullptr;
  if (!echo && !path.outside)
    receiver = inet_receiver(call.world(), path.ns, sender.type, {path.host, path.port});
  if (receiver != nullptr) {
    sent.socket = receiver->id;
    sent.data = call.done().data;
  }
  const bool lost = !echo && !path.outside && receiver == nullptr;
  if (!path.dropped.empty() || lost) {
    drop(call, std::move(sent), lost ? "nobody waits at that port" : path.dropped);
    return;
  }
  call.emit(std::move(sent));
  if (echo && !path.outside) answer_echo(call, sender, path);
}

}  // namespace cutaway
