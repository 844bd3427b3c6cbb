#include "trace/compare/lcs.h"

#include <cstddef>
#include <map>

namespace cutaway {

namespace {

constexpr std::size_t kWordBits = 64;
using Bits = std::vector<std::uint64_t>;

Bits places_of(const std::vector<std::uint32_t>& list, std::uint32_t value, std::size_t words) {
  Bits places(words, 0);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == value) places[i / kWordBits] |= std::uint64_t{1} << (i % kWordBits);
  }
  return places;
}

/// One row of the table (Hyyrö 2004): v' = (v + (v & m)) | (v & ~m). A zero bit marks a place where
/// the subsequence has grown.
void advance(Bits& v, const Bits& places) {
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    const std::uint64_t hit = v[i] & places[i];
    const std::uint64_t sum = v[i] + hit;
    const std::uint64_t with_carry = sum + carry;
    const bool over = sum < hit || with_carry < sum;
    v[i] = with_carry | (v[i] & ~places[i]);
    carry = over ? 1 : 0;
  }
}

}  // namespace

std::int64_t lcs_length(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  const std::size_t words = (a.size() + kWordBits - 1) / kWordBits;
  std::map<std::uint32_t, Bits> places;
  Bits v(words, ~std::uint64_t{0});
  for (const std::uint32_t value : b) {
    auto found = places.find(value);
    if (found == places.end()) found = places.emplace(value, places_of(a, value, words)).first;
    advance(v, found->second);
  }
  std::int64_t length = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    length += (v[i / kWordBits] >> (i % kWordBits) & 1U) == 0 ? 1 : 0;
  return length;
}

std::vector<std::uint32_t> collapsed(const std::vector<std::uint32_t>& list) {
  std::vector<std::uint32_t> kept;
  for (const std::uint32_t value : list) {
    if (kept.empty() || kept.back() != value) kept.push_back(value);
  }
  return kept;
}

}  // namespace cutaway
