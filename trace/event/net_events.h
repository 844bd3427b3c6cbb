// What happens to network interfaces and sockets.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"
#include "trace/world/filesystem.h"
#include "trace/world/namespace.h"

namespace cutaway {

struct NetLinkSet {
  NsId ns;
  Interface link;
  FIELDS(ns, link)
};
/// An interface is gone: deleted, its other end deleted, moved, or its namespace ended.
struct NetLinkRemoved {
  NsId ns;
  std::int32_t index = 0;
  std::string name, why;
  FIELDS(ns, index, name, why)
};
/// The addresses of an interface as they are now.
struct NetAddressesSet {
  NsId ns;
  std::string link;
  std::vector<std::string> addresses;
  FIELDS(ns, link, addresses)
};
struct NetRouteSet {
  NsId ns;
  Route route;
  bool removed = false;
  FIELDS(ns, route, removed)
};
struct NetRuleSet {
  NsId ns;
  PacketRule rule;
  bool removed = false;
  FIELDS(ns, rule, removed)
};

/// One interface that a packet passes; `why`: the rule that changed it there ("DNAT to …").
struct NetHop {
  NsId ns;
  std::string link, why;
  FIELDS(ns, link, why)
};
/// A packet (or so many bytes of a stream) went its way and arrived. With `socket` it is a message
/// that waits there now.
struct NetSent {
  std::string protocol;  ///< "tcp", "udp", "icmp"
  std::string from, to;  ///< "172.17.0.3:40000" as its receiver sees it, where it ended up
  NsId from_ns, to_ns;   ///< `to_ns` none: it left this machine
  std::vector<NetHop> via;
  std::int64_t bytes = 0;
  SocketId socket;
  BlobId data;
  std::string why;  ///< what it is: "SYN", "data", "echo request" …
  FIELDS(protocol, from, to, from_ns, to_ns, via, bytes, socket, data, why)
};
/// It got no further than the last of `via`.
struct NetDropped {
  std::string protocol, from, to;
  NsId from_ns;
  std::vector<NetHop> via;
  std::string why;
  FIELDS(protocol, from, to, from_ns, via, why)
};
/// The first message that waited in the socket was read.
struct NetReceived {
  SocketId socket;
  FIELDS(socket)
};
struct NetConnected {
  std::string from, to, why;
  FIELDS(from, to, why)
};
struct NetRefused {
  std::string from, to, why;
  FIELDS(from, to, why)
};
struct SocketMade {
  std::int32_t fd = 0;
  Socket socket;
  FIELDS(fd, socket)
};

/// bind, listen, connect, accept, shutdown: the socket as it is now.
struct SocketChanged {
  Socket socket;
  FIELDS(socket)
};

}  // namespace cutaway
