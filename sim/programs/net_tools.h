// What network programs share: names to addresses, connections, waiting with patience.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// How a question to a name server went.
struct NameAnswer {
  bool answered = false;
  int code = 0;         ///< RCODE (dns.h)
  std::string address;  ///< of the name; empty: none
};
/// One question to this server; up to two tries of five seconds (resolv.conf(5)).
Co<NameAnswer> ask_server(Sys sys, std::string server, std::string name);
/// The first "nameserver" of /etc/resolv.conf.
Co<std::string> name_server(Sys sys);
/// gethostbyname(3): an address as it is, then /etc/hosts, then the name server; empty: none.
Co<std::string> address_of_host(Sys sys, std::string name);

/// A stream to "host:port" (of AF_UNIX: to a path): a descriptor or −errno.
Co<std::int64_t> open_stream(Sys sys, std::string address, std::string family = "AF_INET");
/// A listening stream at "address:port": a descriptor or −errno, and which call failed.
struct Listener {
  std::int64_t fd = -1;
  std::string failed;  ///< "bind", "listen"
};
Co<Listener> listen_at(Sys sys, std::string address);

/// poll(2) for reading: which of the descriptors (−1: leave out) are ready; none: time is over.
Co<std::vector<bool>> wait_readable(Sys sys, std::vector<std::int64_t> fds,
                                    std::int64_t timeout_ms);

/// Serves the files of a folder over HTTP/1.1, a forked child for each connection, for ever.
struct WebServer {
  std::int64_t listener = -1;
  std::string root;
  std::string software;  ///< the "Server:" header; empty: none
};
Co<int> serve_web(Sys sys, WebServer server);

}  // namespace cutaway::sim
