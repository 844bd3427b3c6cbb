// /proc/net/* (proc(5)): interfaces, sockets and routes of one network namespace.
#include "base/text.h"
#include "trace/world/net_path.h"
#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

std::string padded(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string upper_hex(std::uint32_t value, std::size_t width) {
  std::string digits = hex(value);
  for (char& c : digits) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

/// An address as it lies in memory on a machine with the low byte first.
std::string address_hex(std::string_view host) {
  std::uint32_t address = 0;
  parse_address(host, address);
  const std::uint32_t swapped =
      address >> 24 | (address >> 8 & 0xff00U) | (address << 8 & 0xff0000U) | address << 24;
  return upper_hex(swapped, 8);
}

std::string socket_hex(const std::string& text) {
  const SocketAddress address = split_address(text);
  return address_hex(address.host) + ":" + upper_hex(static_cast<std::uint32_t>(address.port), 4);
}

std::string devices(const Namespace& net) {
  std::string text =
      "Inter-|   Receive                                                |  Transmit\n"
      " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs "
      "drop fifo colls carrier compressed\n";
  for (const Interface& link : net.links)
    text += padded(link.name, 6) +
            ":       0       0    0    0    0     0          0         0        0       0    0    "
            "0    0     0       0          0\n";
  return text;
}

/// Numbers of include/net/tcp_states.h; an unconnected datagram socket is "closed".
std::string_view socket_state(const Socket& socket) {
  if (socket.state == SocketState::Connected) return "01";
  return socket.state == SocketState::Listening ? "0A" : "07";
}

bool is_listed(const Socket& socket, NsId ns, std::string_view type) {
  if (socket.ns != ns || socket.family != "AF_INET" || socket.type != type) return false;
  const bool stream = type == "SOCK_STREAM";
  const bool known = split_address(socket.address).port != 0;
  return known && (!stream || socket.state != SocketState::Bound);
}

std::string sockets(const World& world, NsId ns, std::string_view type) {
  std::string text =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
      "inode\n";
  std::int64_t row = 0;
  world.sockets.each([&](const Socket& socket) {
    if (!is_listed(socket, ns, type)) return;
    text += padded(decimal(row++), 4) + ": " + socket_hex(socket.address) + " " +
            socket_hex(socket.peer_address.empty() ? "0.0.0.0:0" : socket.peer_address) + " " +
            std::string(socket_state(socket)) +
            " 00000000:00000000 00:00000000 00000000     0        0 " + decimal(socket.id.value) +
            " 1 0000000000000000 100 0 0 10 0\n";
  });
  return text;
}

std::string routes(const Namespace& net) {
  std::string text =
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
  for (const Route& route : routes_of(net)) {
    Subnet subnet;
    if (!parse_subnet(route.destination, subnet)) continue;
    const bool gateway = !route.gateway.empty();
    text += route.link + "\t" + address_hex(address_text(subnet.base & subnet.mask())) + "\t" +
            (gateway ? address_hex(route.gateway) : "00000000") + "\t" +
            (gateway ? "0003" : "0001") + "\t0\t0\t0\t" + address_hex(address_text(subnet.mask())) +
            "\t0\t0\t0\n";
  }
  return text;
}

}  // namespace

std::string proc_net_text(const World& world, NsId ns, std::string_view file) {
  const Namespace* net = world.namespaces.find(ns);
  if (net == nullptr) return {};
  if (file == "dev") return devices(*net);
  if (file == "tcp") return sockets(world, ns, "SOCK_STREAM");
  if (file == "udp") return sockets(world, ns, "SOCK_DGRAM");
  return file == "route" ? routes(*net) : std::string();
}

}  // namespace cutaway
