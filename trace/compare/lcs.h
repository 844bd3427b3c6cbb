// The longest common subsequence of two lists: what both have, in the same order.
#pragma once

#include <cstdint>
#include <vector>

namespace cutaway {

/// Its length. Bit-parallel: 64 elements of `a` a machine word, so that lists of a hundred thousand
/// calls take seconds.
std::int64_t lcs_length(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);

/// Equal neighbours become one: how often a loop went round is no difference.
std::vector<std::uint32_t> collapsed(const std::vector<std::uint32_t>& list);

}  // namespace cutaway
