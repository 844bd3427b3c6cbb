// Any bytes as a program of the simulated kernel: which calls its tasks make, with which arguments.
#pragma once

#include <string>
#include <string_view>

#include "trace/log/trace.h"

namespace cutaway::test {

struct CallsMade {
  Trace trace;
  std::string wrong;  ///< empty: nothing
};

/// Boots a machine and lets a program make the calls that the bytes say, its children as well, as
/// root without limits. After each step of the kernel the invariants of the World must hold, and at
/// the end the events must make the same World again.
CallsMade make_calls(std::string_view bytes);

}  // namespace cutaway::test
