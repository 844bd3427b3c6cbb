// Our own random numbers: the same on every machine and compiler, so that traces are
// byte-identical.
#pragma once

#include <cstdint>

namespace cutaway {

/// splitmix64 (Steele, Lea, Flood 2014). A value: copying it copies the sequence.
class Prng {
 public:
  explicit constexpr Prng(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  /// Uniform in [0, bound); bound > 0. The bias is below 2^-32 for the bounds used here.
  constexpr std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  constexpr std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_;
};

}  // namespace cutaway
