// CHECK: an invariant that holds in every build. A broken one is a bug, never a modelled outcome.
#pragma once

namespace cutaway {

/// Prints `what` with its place and aborts. Never returns.
[[noreturn]] void check_failed(const char* what, const char* file, int line);

}  // namespace cutaway

#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) ::cutaway::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
