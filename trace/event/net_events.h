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
