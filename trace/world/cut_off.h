// A Unix socket whose other end is gone without having read all, or before anybody accepted it.
#pragma once

#include "trace/world/filesystem.h"

namespace cutaway {

/// It is told once (ECONNRESET): until then it stands before all messages.
inline bool is_cut_off(const Socket& socket) {
  return !socket.datagrams.empty() && socket.datagrams.front().bytes < 0;
}

}  // namespace cutaway
