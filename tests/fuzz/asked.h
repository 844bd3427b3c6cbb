// What fuzzers share: what is asked of them, and what all of them check.
#pragma once

#include <cstdint>
#include <cstdlib>

#include "trace/log/trace.h"

namespace cutaway::test {

/// A number from the environment: CUTAWAY_FUZZ_SECONDS, CUTAWAY_FUZZ_SEED.
inline std::uint64_t asked(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// The World that the events make.
inline World replayed(const Trace& trace) {
  World world;
  for (std::size_t at = 0; at < trace.size(); ++at) evolve(world, trace.event(at));
  return world;
}

}  // namespace cutaway::test
