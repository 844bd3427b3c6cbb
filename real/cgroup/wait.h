// Trying again for a while.
#pragma once

#include <cstdint>
#include <ctime>

#include "real/sys/files.h"

namespace cutaway::real {

class Patience {
 public:
  explicit Patience(std::int64_t ns) : end_(monotonic_ns() + ns) {}
  /// Waits a little; false when the time is over.
  bool pause() const {
    if (monotonic_ns() >= end_) return false;
    const timespec little{0, 5'000'000};
    ::nanosleep(&little, nullptr);
    return true;
  }

 private:
  std::int64_t end_;
};

}  // namespace cutaway::real
