// A large trace: so many containers of a simulated machine, then a long life of their tasks.
#pragma once

#include <cstddef>

#include "trace/log/trace.h"

namespace cutaway {

/// At least `events` events of `containers` containers. The beginning is a real simulation; the
/// rest are calls of their processes: reads, writes and waits, each with its effects.
Trace large_trace(std::size_t events, std::size_t containers);

}  // namespace cutaway
