// What the compact form of this program looks like: it writes no names (binary.h), so who reads a
// file has to know that its records have the same fields.
#pragma once

#include <cstdint>

namespace cutaway {

/// A number for the fields of all events and of the World, in their order. Never 0.
std::uint32_t record_layout();

}  // namespace cutaway
