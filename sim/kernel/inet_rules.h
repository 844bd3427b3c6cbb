// ip(7), udp(7), raw(7), rtnetlink(7): what sockets of these families are allowed and get.
#pragma once

#include "sim/kernel/socket_rules.h"

namespace cutaway::sim {

Decision bind_inet(const Ask& ask, const Socket& socket, const Address& address);
Decision connect_inet(const Ask& ask, const Socket& socket, const Address& address);

/// Do its messages stay apart (datagrams, raw packets, netlink)?
bool keeps_messages_apart(const Socket& socket);
/// A message to argument 4, or to where the socket is connected.
Decision send_message(const Ask& ask, const OpenFile& file, const Socket& socket);
/// The next message that waits; `flags`: MSG_….
Decision receive_message(const Ask& ask, const OpenFile& file, const Socket& socket,
                         std::uint64_t flags);

/// A port for a socket that has none yet (ip_local_port_range); 0 when it has one.
std::int64_t port_for(const Ask& ask, const Socket& socket);
/// A struct sockaddr_in of "172.17.0.2:80".
Arg inet_address(const std::string& address);

Decision decide_netlink(const Ask& ask, const Socket& socket);
/// What the kernel answers to the dump that was asked for.
std::string netlink_dump(const World& world, const Socket& socket);

}  // namespace cutaway::sim
