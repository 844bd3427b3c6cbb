// Which kinds of events occur where in a trace: one set of kinds for each thousand events. A rare
// kind is found among millions of events without a look at the others.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "viz/player/event_class.h"

namespace cutaway::viz {

/// Kinds of events, by their index in Body.
using BodySet = std::bitset<128>;
static_assert(std::variant_size_v<BodyVariant> <= 128);

template <class... T>
BodySet bodies() {
  BodySet set;
  (set.set(body_of<T>()), ...);
  return set;
}

inline constexpr std::size_t kNotFound = static_cast<std::size_t>(-1);

class BodyBlocks {
 public:
  /// Event n is of this kind; in order, from 0.
  void note(std::size_t n, std::uint8_t body) {
    if (n / kBlock >= blocks_.size()) blocks_.emplace_back();
    blocks_[n / kBlock].set(body);
  }

  /// The last event of [from, end) of a wanted kind that passes; kNotFound. The set may shrink
  /// while one looks.
  template <class Passes>
  std::size_t last_before(const Trace& trace, std::size_t end, const BodySet& wanted,
                          Passes&& passes, std::size_t from = 0) const {
    for (std::size_t n = end; n > from && wanted.any();) {
      const std::size_t block = (n - 1) / kBlock;
      if ((blocks_[block] & wanted).none()) {
        n = block * kBlock;
        continue;
      }
      --n;
      if (wanted.test(trace.record(n).body) && passes(n)) return n;
    }
    return kNotFound;
  }

  /// look(n) for each event of a wanted kind, from `from` to the end of the trace.
  template <class Look>
  void each_of(const Trace& trace, std::size_t from, const BodySet& wanted, Look&& look) const {
    first_from(trace, from, trace.size(), wanted, [&look](std::size_t n) {
      look(n);
      return false;
    });
  }

  /// The first event of [from, end) of a wanted kind that passes; kNotFound.
  template <class Passes>
  std::size_t first_from(const Trace& trace, std::size_t from, std::size_t end,
                         const BodySet& wanted, Passes&& passes) const {
    for (std::size_t n = from; n < end;) {
      const std::size_t block = n / kBlock;
      if ((blocks_[block] & wanted).none()) {
        n = (block + 1) * kBlock;
        continue;
      }
      if (wanted.test(trace.record(n).body) && passes(n)) return n;
      ++n;
    }
    return kNotFound;
  }

 private:
  static constexpr std::size_t kBlock = 1024;
  std::vector<BodySet> blocks_;
};

}  // namespace cutaway::viz
