// What a container uses, as its cgroups count it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "real/sys/fd.h"

namespace cutaway::real {

struct CgroupUsage {
  static constexpr std::int64_t kUnknown = -1;  ///< not counted here
  std::int64_t memory_bytes = kUnknown;
  std::int64_t memory_peak = kUnknown;
  std::int64_t memory_refused = kUnknown;  ///< how often the limit was hit (failcnt; max)
  std::int64_t oom_kills = kUnknown;
  std::int64_t cpu_ns = kUnknown;
  std::int64_t throttled = kUnknown;  ///< periods in which it had to wait
  std::int64_t throttled_ns = kUnknown;
  std::int64_t pids = kUnknown;
};

/// Keeps the files open and reads them anew from their beginning: a tenth of the cost of opening
/// them each time.
class CgroupMeter {
 public:
  /// `places`: folder by controller; `version` 1 or 2. Files that are not there stay unknown.
  struct Place {
    std::string controller, folder;
  };
  static Result<CgroupMeter> open(std::int32_t version, const std::vector<Place>& places);

  CgroupUsage sample() const;

 private:
  struct Source {
    Fd file;
    std::string name;
  };
  std::int32_t version_ = 2;
  std::vector<Source> sources_;
};

}  // namespace cutaway::real
