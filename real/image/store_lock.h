// The lock of an image store. flock(2) belongs to the open file: each taker opens it anew, so it
// also keeps apart two threads of one process, and it goes when its process does.
#pragma once

#include <string>

#include "base/result.h"
#include "real/sys/fd.h"

namespace cutaway::real {

class StoreLock {
 public:
  /// `how`: LOCK_SH to read, LOCK_EX to change. Waits for it.
  static Result<StoreLock> take(const std::string& state, int how);

 private:
  Fd fd_;
};

}  // namespace cutaway::real
