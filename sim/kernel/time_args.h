// Times as calls pass them: struct timespec and struct timeval, and two of them as an interval.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/core/program.h"
#include "trace/event/arg.h"

namespace cutaway::sim {

/// What a time counts beside its seconds.
struct TimeUnit {
  std::string_view field;
  std::int64_t ns;
};
inline constexpr TimeUnit kTimespec{"tv_nsec", 1}, kTimeval{"tv_usec", 1'000};

/// In ns; nothing when it is no legal time: negative, or a second and more in the second field.
/// What is missing is 0; what 64 bits of ns cannot hold is cut.
std::optional<std::int64_t> ns_of(const Arg& time, TimeUnit unit);

/// Of a timer: what it_value and it_interval say, in ns.
struct Interval {
  std::int64_t value = 0, every = 0;
};
std::optional<Interval> interval_of(const Arg& arg, TimeUnit unit);
Arg interval_arg(const Interval& interval, TimeUnit unit);

}  // namespace cutaway::sim
