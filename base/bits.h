// Bits of a flags argument.
#pragma once

#include <cstdint>

namespace cutaway {

inline bool has_all(std::uint64_t flags, std::uint64_t asked) { return (flags & asked) == asked; }
inline bool has_any(std::uint64_t flags, std::uint64_t asked) { return (flags & asked) != 0; }

}  // namespace cutaway
