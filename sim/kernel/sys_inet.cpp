// bind(2), connect(2), sendto(2), recvfrom(2) of AF_INET sockets: ip(7), tcp(7), udp(7), raw(7).
#include <algorithm>

#include "base/text.h"
#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/inet_rules.h"
#include "sim/kernel/rights.h"
#include "trace/effects/packets.h"
#include "trace/world/lookup.h"
#include "trace/world/net_path.h"

namespace cutaway::sim {
namespace {

/// net.ipv4.ip_local_port_range and the time that a lost neighbour or answer takes (arp(7): three
/// tries a second apart; tcp(7), tcp_syn_retries: six).
constexpr std::int64_t kFirstLocalPort = 32768, kLocalPorts = 28232;
constexpr std::int64_t kNeighbourNs = 3'060'000'000, kSynNs = 131'000'000'000;

bool bound_to_port(const Ask& ask, const Socket& socket, std::int64_t port,
                   const std::string& host) {
  const Socket* other = ask.world.sockets.first([&](const Socket& each) {
    if (each.id == socket.id || each.ns != socket.ns || each.family != socket.family) return false;
    if (each.type != socket.type || each.accepted) return false;
    if (each.type == "SOCK_STREAM" && each.state == SocketState::Connected) return false;
    const SocketAddress own = split_address(each.address);
    const bool same_host = own.host == host || own.host == "0.0.0.0" || host == "0.0.0.0";
    return !each.address.empty() && own.port == port && same_host;
  });
  return other != nullptr;
}

/// ip(7): the first port that needs no capability is a sysctl of the network namespace.
std::int64_t first_unprivileged(const Namespace* net) {
  std::int64_t first = 1024;
  if (net == nullptr) return first;
  const auto found = net->sysctls.find("net.ipv4.ip_unprivileged_port_start");
  if (found != net->sysctls.end()) parse_decimal(trim(found->second), first);
  return first;
}

bool is_own_address(const Namespace* net, const std::string& host) {
  if (host == "0.0.0.0" || starts_with(host, "127.") || net == nullptr) return true;
  return std::any_of(net->links.begin(), net->links.end(), [&](const Interface& link) {
    return std::any_of(
        link.addresses.begin(), link.addresses.end(),
        [&](const std::string& address) { return address.substr(0, address.find('/')) == host; });
  });
}

Packet packet_to(const Socket& socket, const std::string& host, std::int64_t port) {
  return {socket_protocol(socket), host, port, split_address(socket.address).host};
}

/// Not known at once: the call fails with `err` after so long.
Decision fails_after(const Ask& ask, const std::string& on, const Socket& socket, std::int64_t ns,
                     abi::Errno err) {
  const std::int64_t until = ask.entered + ns;
  if (ask.now >= until) return refuse(err);
  return wait_for(on, WaitKey{WaitKind::Socket, socket.id.value}, until);
}

/// The outcome of a connection to the Internet is known after its latency.
Decision connect_remote(const Ask& ask, const Socket& socket, const std::string& name) {
  const auto remote = ask.remotes.find(socket.id);
  const WaitKey key{WaitKind::Socket, socket.id.value};
  if (remote == ask.remotes.end() || remote->second.connected_at < ask.entered) {
    Decision decision = wait_for(name, key);
    decision.connect_remote = name;
    return decision;
  }
  if (ask.now < remote->second.connected_at)
    return wait_for(name, key, remote->second.connected_at);
  const abi::Errno outcome = remote->second.outcome;
  return outcome == abi::Errno::kOk ? answer(0) : refuse(outcome);
}

}  // namespace

std::int64_t port_for(const Ask& ask, const Socket& socket) {
  if (split_address(socket.address).port != 0) return 0;
  for (std::int64_t i = 0; i < kLocalPorts; ++i) {
    const std::int64_t port =
        kFirstLocalPort + (std::int64_t{socket.id.value} * 2113 + i) % kLocalPorts;
    if (!bound_to_port(ask, socket, port, "0.0.0.0")) return port;
  }
  return 0;
}

Arg inet_address(const std::string& address) {
  const SocketAddress parts = split_address(address);
  Arg arg;
  arg.tag = ArgTag::Struct;
  arg.keys = {"sa_family", "sin_port", "sin_addr"};
  arg.items = {Arg::bytes("AF_INET"), Arg::integer(parts.port), Arg::bytes(parts.host)};
  return arg;
}

Decision bind_inet(const Ask& ask, const Socket& socket, const Address& address) {
  const Namespace* net = ask.world.namespaces.find(socket.ns);
  if (!is_own_address(net, address.host)) return refuse(abi::Errno::kEADDRNOTAVAIL);
  if (address.port > 0 && address.port < first_unprivileged(net) &&
      !capable_over(ask.world, ask.task, socket.ns, cap::kNetBindService)) {
    return refuse(abi::Errno::kEACCES);
  }
  if (address.port != 0 && bound_to_port(ask, socket, address.port, address.host))
    return refuse(abi::Errno::kEADDRINUSE);
  Decision decision = answer(0);
  if (address.port == 0) decision.local_port = port_for(ask, socket);
  return decision;
}

Decision connect_inet(const Ask& ask, const Socket& socket, const Address& address) {
  const std::string name = joined_address(address.host, address.port);
  const NetPath path =
      net_path(ask.world, socket.ns, packet_to(socket, address.host, address.port));
  const bool stream = socket.type == "SOCK_STREAM";
  if (path.err == abi::Errno::kEHOSTUNREACH && stream)
    return fails_after(ask, name, socket, kNeighbourNs, path.err);
  if (path.err != abi::Errno::kOk && path.err != abi::Errno::kEHOSTUNREACH) return refuse(path.err);
  if (stream && path.outside) return connect_remote(ask, socket, name);
  if (stream && !path.dropped.empty())
    return fails_after(ask, name, socket, kSynNs, abi::Errno::kETIMEDOUT);
  if (stream && inet_receiver(ask.world, path.ns, socket.type, {path.host, path.port}) == nullptr)
    return refuse(abi::Errno::kECONNREFUSED);
  Decision decision = answer(0);
  decision.local_port = port_for(ask, socket);
  return decision;
}

bool keeps_messages_apart(const Socket& socket) {
  if (socket.family == "AF_NETLINK") return true;
  const bool known = socket.family == "AF_INET" || socket.family == "AF_UNIX";
  return known && socket.type != "SOCK_STREAM";
}

Decision send_message(const Ask& ask, const OpenFile& file, const Socket& socket) {
  if (socket.family == "AF_UNIX") return send_unix(ask, file, socket);
  if (socket.family == "AF_NETLINK") return decide_netlink(ask, socket);
  const Address given = address_of(ask, 4);
  SocketAddress to{given.host, given.port};
  if (given.host.empty()) to = split_address(socket.peer_address);
  if (to.host.empty()) return refuse(abi::Errno::kEDESTADDRREQ);
  const NetPath path = net_path(ask.world, socket.ns, packet_to(socket, to.host, to.port));
  if (path.err == abi::Errno::kENETUNREACH) return refuse(path.err);
  Decision decision = answer(static_cast<std::int64_t>(ask.request.data.size()));
  decision.moved = ask.request.data;
  if (socket.type == "SOCK_DGRAM") decision.local_port = port_for(ask, socket);
  return decision;
}

Decision receive_message(const Ask& ask, const OpenFile& file, const Socket& socket,
                         std::uint64_t flags) {
  if (socket.family == "AF_UNIX") return receive_unix(ask, file, socket, flags);
  constexpr std::uint64_t dont_wait = 0x40;  // MSG_DONTWAIT
  Decision decision;
  if (socket.family == "AF_NETLINK") {
    decision.reply.data = netlink_dump(ask.world, socket);
  } else if (!socket.datagrams.empty()) {
    const Datagram& first = socket.datagrams.front();
    const auto most = static_cast<std::int64_t>(std::min<std::uint64_t>(ask.request.count, 65536));
    decision.reply.data = bytes_of(ask.blobs, first.data, 0, std::min(first.bytes, most));
    decision.reply.texts = {first.from};
    decision.filled.emplace_back(4, inet_address(first.from));
  } else {
    if ((file.flags & abi::o::kNonblock) != 0 || (flags & dont_wait) != 0)
      return refuse(abi::Errno::kEAGAIN);
    return wait_for(file.is, WaitKey{WaitKind::Socket, socket.id.value});
  }
  decision.ret = static_cast<std::int64_t>(decision.reply.data.size());
  decision.filled.emplace_back(1, captured(decision.reply.data));
  return decision;
}

namespace {

const Socket* socket_arg(const Ask& ask, abi::Errno& err) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  err = file == nullptr ? abi::Errno::kEBADF : abi::Errno::kENOTSOCK;
  return file == nullptr ? nullptr : ask.world.sockets.find(file->socket);
}

Decision tell_address(const Socket& socket, const std::string& address) {
  Decision decision = answer(0);
  if (socket.family == "AF_UNIX") {
    decision.reply.texts = {address};
    decision.filled.emplace_back(1, unix_address(address));
    return decision;
  }
  decision.reply.texts = {address.empty() ? "0.0.0.0:0" : address};
  decision.filled.emplace_back(1, inet_address(decision.reply.texts.front()));
  return decision;
}

}  // namespace

Decision decide_getsockname(const Ask& ask) {
  abi::Errno err = abi::Errno::kOk;
  const Socket* socket = socket_arg(ask, err);
  return socket == nullptr ? refuse(err) : tell_address(*socket, socket->address);
}

Decision decide_getpeername(const Ask& ask) {
  abi::Errno err = abi::Errno::kOk;
  const Socket* socket = socket_arg(ask, err);
  if (socket == nullptr) return refuse(err);
  return socket->state == SocketState::Connected ? tell_address(*socket, socket->peer_address)
                                                 : refuse(abi::Errno::kENOTCONN);
}

Decision decide_setsockopt(const Ask& ask) {
  abi::Errno err = abi::Errno::kOk;
  return socket_arg(ask, err) == nullptr ? refuse(err) : answer(0);
}

}  // namespace cutaway::sim
