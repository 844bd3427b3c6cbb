// Socket addresses as arguments, and who listens where.
#pragma once

#include <string>

#include "sim/kernel/decision.h"

namespace cutaway::sim {

struct Address {
  std::string family;  ///< "AF_UNIX", "AF_INET"
  std::string path;    ///< unix: a path, or an abstract name without its NUL
  bool abstract = false;
  std::string host;  ///< inet
  std::int64_t port = 0;
};

/// A struct sockaddr: {"sa_family", "sun_path"} or {"sa_family", "sin_addr", "sin_port"}.
Address address_of(const Ask& ask, std::size_t arg);

/// The unix(7) socket that has a name, for a caller of the same type; or what is wrong with it.
struct UnixName {
  abi::Errno err = abi::Errno::kOk;
  const Socket* socket = nullptr;
};
UnixName unix_name(const Ask& ask, const Socket& caller, const Address& address);
/// Of sockets whose messages stay apart: the next one to go out, the next one that waits.
Decision send_unix(const Ask& ask, const OpenFile& file, const Socket& socket);
Decision receive_unix(const Ask& ask, const OpenFile& file, const Socket& socket,
                      std::uint64_t flags);
/// A stream's other end was closed before it had read all, and here all has been read.
bool was_reset(const Ask& ask, const Socket& socket);
/// What poll(2) says of it; else `waiting` knows what for.
std::int64_t unix_events(const Socket& socket, const World& world, std::int64_t wanted,
                         Decision& waiting);
Arg unix_address(const std::string& address);

}  // namespace cutaway::sim
