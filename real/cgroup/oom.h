// Being told that the kernel killed a member of a cgroup for want of memory.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "real/sys/fd.h"

namespace cutaway::real {

class OomWatch {
 public:
  /// v1: an eventfd that the kernel is given through cgroup.event_control (cgroup-v1/memory.rst).
  /// v2: inotify on memory.events (cgroup-v2.rst).
  static Result<OomWatch> open(std::int32_t version, const std::string& folder);

  /// Readable (POLLIN) when there may be news.
  int fd() const { return wakes_.get(); }
  /// How many members were killed since the last call. Waking up is not yet a kill: the count
  /// follows a moment later, and v1 also wakes when the cgroup is removed.
  std::int64_t drain();

 private:
  std::int64_t count() const;
  std::int64_t read_wakes() const;

  std::int32_t version_ = 2;
  Fd wakes_, counter_;
  std::int64_t seen_ = 0;
  std::int64_t wake_count_ = 0;  ///< v1: how often the kernel has rung
};

}  // namespace cutaway::real
