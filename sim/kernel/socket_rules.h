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
/// The unix(7) socket that listens there, as the task sees it, or null.
const Socket* listener_at(const Ask& ask, const std::string& family, const Address& address);

}  // namespace cutaway::sim
