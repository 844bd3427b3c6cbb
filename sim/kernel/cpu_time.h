// What the scheduler keeps of cgroups: shares (fair.cpp) and quotas (bandwidth.cpp).
#pragma once

#include <cstdint>

namespace cutaway::sim {

/// A cgroup among its siblings, as the completely fair scheduler counts (sched-design-CFS.rst): cpu
/// time, the slower the more shares it has.
struct Fair {
  std::int64_t weighed_ns = 0;  ///< its own, with all below it: vruntime
  std::int64_t least_ns = 0;    ///< of its members, where the last choice was made: min_vruntime
};

/// A cgroup whose cpu time is limited (sched-bwc.rst), in its present period.
struct Bandwidth {
  std::int64_t quota_ns = 0, period_ns = 0;
  std::int64_t left_ns = 0;  ///< of the quota, as of `counted`
  std::int64_t counted = 0;
  std::int64_t ends = -1;    ///< the period
  std::int32_t on = 0;       ///< members that have a cpu
  std::int64_t since = -1;   ///< when it was throttled; −1: it is not
  std::int64_t periods = 0;  ///< that are over and not told yet
  std::uint32_t ticket = 0;  ///< of the agenda's note that counts
};

}  // namespace cutaway::sim
