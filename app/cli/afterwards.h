// How long a simulation goes on when its last command is done.
#pragma once

#include <cstdint>

namespace cutaway::app {

inline constexpr std::int64_t kAfterwardsNs = 50'000'000;  // what it set off is still seen

}  // namespace cutaway::app
