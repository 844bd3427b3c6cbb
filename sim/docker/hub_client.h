// The daemon's end of its connections to the hub.
#pragma once

#include <cstdint>
#include <string>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// An answer of the hub.
struct Fetched {
  int status = 0;    ///< 0: no connection
  std::string body;  ///< without the zeros that stand for a program's code
  std::int64_t size = 0;
  std::int64_t arrived = 0;  ///< of its body; less than `size`: the connection broke
};

struct HubRequest {
  std::string method = "GET", path;
  std::string authorization;  ///< "Basic …"; may be empty
  std::string body;
  std::string layer;            ///< whose progress is told; empty: none
  std::int64_t layer_size = 0;  ///< of that layer
  std::int64_t from = 0;        ///< what was here before: only the rest is asked for
};

/// A connection, or −errno.
Co<std::int64_t> connect_hub(Sys sys);
Co<Fetched> ask_hub(Sys sys, std::int64_t fd, HubRequest request);
/// Over a connection of its own; status 0 when there is none.
Co<Fetched> ask_hub_once(Sys sys, HubRequest request);

}  // namespace cutaway::sim
