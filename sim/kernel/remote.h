// The other ends of connections to the Internet: what was asked, and how much of the answer has
// arrived by now. Only bytes and times; names and contents are the registry's business.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "trace/abi/abi.h"
#include "trace/ids.h"

namespace cutaway::sim {

/// One connection, seen from the socket that this machine holds.
struct RemoteEnd {
  std::string address;
  std::int64_t connected_at = 0;  ///< when connect() knows its outcome
  abi::Errno outcome = abi::Errno::kOk;
  // The answer that is arriving.
  std::string bytes;                  ///< its first bytes; what follows has no content (zeros)
  std::int64_t size = 0;              ///< how many will arrive
  std::int64_t taken = 0;             ///< read by the program
  std::int64_t first_at = 0;          ///< when the first one arrives
  std::int64_t bytes_per_second = 0;  ///< 0: all at once
  bool cut = false;                   ///< then the connection breaks

  /// When byte number `n` (from 1) has arrived.
  std::int64_t arrival(std::int64_t n) const {
    if (bytes_per_second <= 0) return first_at;
    return first_at + (n * 1'000'000'000 + bytes_per_second - 1) / bytes_per_second;
  }
};

using Remotes = std::map<SocketId, RemoteEnd>;

}  // namespace cutaway::sim
