// Which way a packet takes through the network namespaces of this machine: its routes, rules,
// bridges and veth pairs, as a pure question to a World (ip-route(8), veth(4), bridge(8)).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/abi/abi.h"
#include "trace/event/net_events.h"
#include "trace/world/world.h"

namespace cutaway {

/// An IPv4 address as a number; false when the text is none.
bool parse_address(std::string_view text, std::uint32_t& address);
std::string address_text(std::uint32_t address);
/// "172.17.0.0/16" (a bare address is /32); false when the text is none.
struct Subnet {
  std::uint32_t base = 0;
  int bits = 0;
  bool holds(std::uint32_t address) const;
  std::uint32_t mask() const;
};
bool parse_subnet(std::string_view text, Subnet& subnet);

/// "172.17.0.2:80" in two parts; without a colon the port is 0.
struct SocketAddress {
  std::string host;
  std::int64_t port = 0;
};
SocketAddress split_address(std::string_view text);
std::string joined_address(std::string_view host, std::int64_t port);

/// Routes of a namespace as the kernel looks them up: those that addresses of interfaces bring
/// along, then those that somebody set; only over interfaces that are up.
std::vector<Route> routes_of(const Namespace& net);

struct Packet {
  std::string protocol;  ///< "tcp", "udp", "icmp"
  std::string host;      ///< where to: an address, or (beyond this machine) a name
  std::int64_t port = 0;
  std::string source;  ///< the sender's address, if it is bound to one
};
struct NetPath {
  abi::Errno err = abi::Errno::kOk;  ///< ENETUNREACH: no route; EHOSTUNREACH: no such neighbour
  std::string dropped;               ///< why it got no further; empty: it arrived
  bool outside = false;              ///< it left this machine
  NsId ns;                           ///< where it arrived
  std::string host;                  ///< to which address, after all rules
  std::int64_t port = 0;
  std::string source;         ///< whose it is, as the receiver sees it
  std::string local_address;  ///< the sender's own
  std::vector<NetHop> via;
};
NetPath net_path(const World& world, NsId from, const Packet& packet);

/// The way back.
std::vector<NetHop> reversed(std::vector<NetHop> via);

/// The socket of this type that gets what comes for that address, or null: bound to it, or to any
/// address of its namespace.
const Socket* inet_receiver(const World& world, NsId ns, std::string_view type,
                            const SocketAddress& to);

}  // namespace cutaway
