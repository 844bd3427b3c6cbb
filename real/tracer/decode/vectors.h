// struct iovec, for readv(2), writev(2) and the messages of sockets.
#pragma once

#include "real/tracer/decode/rows.h"

namespace cutaway::real::decode {

/// `moved`: how many bytes of it count (all of it when it is written).
Arg io_vector(const Memory& memory, std::uint64_t address, std::uint64_t count,
              std::uint64_t moved);

}  // namespace cutaway::real::decode
