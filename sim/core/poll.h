// Numbers of poll(2), as the kernel and the programs that wait use them.
#pragma once

#include <cstdint>

#include "trace/event/arg.h"

namespace cutaway::sim {

/// Events of poll(2) and epoll(7): POLLIN …
inline constexpr std::uint32_t kPollIn = 1, kPollOut = 4, kPollError = 8, kPollHup = 0x10,
                               kPollInvalid = 0x20;

/// One of poll(2)'s descriptors, to be read.
inline Arg polled(std::int64_t fd) {
  Arg one;
  one.tag = ArgTag::Struct;
  one.keys = {"fd", "events"};
  one.items = {Arg::integer(fd), Arg::integer(kPollIn)};
  return one;
}

}  // namespace cutaway::sim
