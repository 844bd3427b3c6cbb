// connect(2): who listens there, and which way the first packet takes.
#include "base/text.h"
#include "trace/effects/families.h"
#include "trace/effects/packets.h"
#include "trace/effects/socket_parts.h"
#include "trace/world/cut_off.h"
#include "trace/world/new_id.h"

namespace cutaway {
namespace {

/// unix(7): a path is the file that bind made; an abstract name belongs to a network namespace.
const Socket* unix_listener(const Call& call, const Socket& client, const SocketName& address) {
  const Walk file = address.unix_path ? walk(call.world(), call.task(), address.text) : Walk{};
  return call.world().sockets.first([&](const Socket& socket) {
    if (socket.state != SocketState::Listening || socket.family != client.family) return false;
    if (address.unix_path) {
      const bool same_file =
          socket.bound && file.err == abi::Errno::kOk && file.entry.inode == socket.bound;
      return same_file || (!socket.bound && socket.address == address.text);
    }
    return socket.ns == client.ns && socket.address == address.text;
  });
}

std::string task_name(const Call& call) {
  return call.task().comm + "[" + decimal(call.task().pid()) + "]";
}

/// The addresses of a connection as its two ends see them.
struct Ends {
  std::string client, asked;   ///< the client's own, and what it asked for
  std::string server, source;  ///< the server's own, and from where it comes
};

/// The listener's backlog gets the other end, connected; accept(2) hands it out.
void connect_to(const Call& call, const Socket& client, const Socket& listener, const Ends& ends) {
  const SocketId client_id = client.id, listener_id = listener.id;
  Socket server;
  server.id = next_socket(call.world());
  server.family = listener.family;
  server.type = listener.type;
  server.state = SocketState::Connected;
  server.address = ends.server.empty() ? listener.address : ends.server;
  server.peer_address = ends.source;
  server.accepted = server.family == "AF_INET";
  server.peer = client_id;
  server.ns = listener.ns;
  server.incoming = make_channel(call, client_id);
  server.outgoing = make_channel(call, server.id);
  call.emit(SocketMade{-1, server});
  Socket waiting = call.world().sockets.at(listener_id);
  waiting.backlog.push_back(server.id);
  call.emit(SocketChanged{waiting});
  Socket connected = call.world().sockets.at(client_id);
  connected.state = SocketState::Connected;
  if (!ends.client.empty()) connected.address = ends.client;
  connected.peer_address = ends.asked;
  connected.peer = server.id;
  connected.incoming = server.outgoing;
  connected.outgoing = server.incoming;
  call.emit(SocketChanged{connected});
}

Packet packet_to(const Socket& socket, const std::string& address) {
  const SocketAddress to = split_address(address);
  return {socket_protocol(socket), to.host, to.port, split_address(socket.address).host};
}

/// The port that the socket was given (`local_port`), if it had none.
std::string with_local_port(const Call& call, const Socket& socket, const NetPath& path) {
  const std::int64_t bound = split_address(socket.address).port;
  const std::int64_t port = bound != 0 ? bound : call.done().local_port;
  return port == 0 ? std::string() : joined_address(path.local_address, port);
}

/// udp(7): connect only notes where messages go, and gives the socket an address.
void connect_datagrams(const Call& call, Socket socket, const std::string& to) {
  const NetPath path = net_path(call.world(), socket.ns, packet_to(socket, to));
  const std::string own = with_local_port(call, socket, path);
  if (!own.empty()) socket.address = own;
  socket.peer_address = to;
  socket.state = SocketState::Connected;
  call.emit(SocketChanged{socket});
}

/// What an earlier peer sent is lost, and it is told so, if it still sends here
/// (unix_dgram_disconnected in net/unix/af_unix.c).
void lose_messages(const Call& call, Socket& socket) {
  if (socket.datagrams.empty()) return;
  socket.datagrams.clear();
  const Socket* sender = call.world().sockets.find(socket.peer);
  if (sender == nullptr || sender->peer != socket.id) return;
  Socket told = *sender;
  if (!is_cut_off(told)) told.datagrams.insert(told.datagrams.begin(), Datagram{"", BlobId{}, -1});
  call.emit(SocketChanged{std::move(told)});
}

/// unix(7), datagrams: connect only notes to whom messages go.
void connect_unix_messages(const Call& call, Socket client, const SocketName& address) {
  const Socket* other = unix_receiver(call, client, address);
  if (other == nullptr) return;
  const bool another = client.state == SocketState::Connected && client.peer != other->id;
  if (another) lose_messages(call, client);
  client.peer = other->id;
  client.state = SocketState::Connected;
  call.emit(SocketChanged{client});
}

/// Beyond what is modelled: an end without a peer here.
void connect_beyond(const Call& call, Socket socket, const std::string& to) {
  socket.state = SocketState::Connected;
  if (socket.address.empty()) socket.address = to;
  call.emit(SocketChanged{socket});
}

/// The way of a connection's first packet is told; then both ends are connected.
void connect_stream(const Call& call, const Socket& client, const std::string& to) {
  const NetPath path = net_path(call.world(), client.ns, packet_to(client, to));
  const bool arrives = path.err == abi::Errno::kOk && path.dropped.empty() && !path.outside;
  const SocketAddress end = arrives ? SocketAddress{path.host, path.port} : split_address(to);
  Ends ends;
  ends.asked = to;
  ends.server = joined_address(end.host, end.port);
  if (arrives) ends.client = with_local_port(call, client, path);
  if (!ends.client.empty())
    ends.source = joined_address(path.source, split_address(ends.client).port);
  tell_packet(call, client, path, ends.source, "SYN");
  const Socket* listener =
      inet_receiver(call.world(), arrives ? path.ns : client.ns, client.type, end);
  if (listener != nullptr)
    connect_to(call, client, Socket(*listener), ends);
  else
    connect_beyond(call, client, to);
}

/// A packet went out and was refused or lost: where.
void tell_refusal(const Call& call, const Socket& client, const std::string& to) {
  if (client.family == "AF_INET")
    tell_packet(call, client, net_path(call.world(), client.ns, packet_to(client, to)), {}, "SYN");
  if (call.done().err == abi::Errno::kECONNREFUSED)
    call.emit(NetRefused{task_name(call), to, "nobody listens there"});
}

}  // namespace

void effect_connect(const Call& call) {
  const Socket* found = socket_of(call, 0);
  if (found == nullptr) return;
  const Socket client = *found;
  const SocketName address = socket_name(call.arg(1));
  if (call.ret() < 0) {
    tell_refusal(call, client, address.text);
    return;
  }
  if (client.family == "AF_INET" && client.type != "SOCK_STREAM") {
    connect_datagrams(call, client, address.text);
    return;
  }
  if (client.family == "AF_UNIX" && client.type == "SOCK_DGRAM") {
    connect_unix_messages(call, client, address);
  } else if (client.family == "AF_INET") {
    connect_stream(call, client, address.text);
  } else if (const Socket* listener = unix_listener(call, client, address)) {
    connect_to(call, client, *listener, Ends{});
  } else {
    connect_beyond(call, client, address.text);
  }
  call.emit(NetConnected{task_name(call), address.text, {}});
}

}  // namespace cutaway
