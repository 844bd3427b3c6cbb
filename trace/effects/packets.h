// Packets as events: which way they took, and what waits for their receiver.
#pragma once

#include <string>

#include "trace/effects/call.h"
#include "trace/world/net_path.h"

namespace cutaway {

/// "tcp", "udp" or "icmp", as the socket's type says.
std::string socket_protocol(const Socket& socket);

/// NetSent, or NetDropped, for a packet of this socket; nothing when there is no way to be told.
/// `source`: how the receiver sees the sender, if that is known.
void tell_packet(const Call& call, const Socket& sender, const NetPath& path,
                 const std::string& source, const std::string& why);

/// So many bytes of a connection within this machine went over.
void tell_stream(const Call& call, const Socket& sender, std::int64_t bytes);

/// A message of an AF_INET socket, to `to` ("172.17.0.2:53"): it waits at its receiver. The
/// kernel answers an echo request itself (icmp(7)).
void send_datagram(const Call& call, const Socket& sender, const std::string& to);

/// netlink(7): a request to the kernel's tables of interfaces, addresses, routes and rules.
void effect_netlink(const Call& call, const Socket& socket, const Arg& message);

}  // namespace cutaway
