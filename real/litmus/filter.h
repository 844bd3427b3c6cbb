// The seccomp filter of a sandbox: the litmus vocabulary, and nothing else.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "trace/abi/abi.h"

namespace cutaway::real {

/// The bytes of a `struct sock_filter[]`. These calls are let through, with those that the executor
/// itself needs; kLitmusAsk goes to the listener; all others, and all of other architectures, do
/// not exist (ENOSYS).
Result<std::string> litmus_filter(const std::vector<abi::Sys>& allowed);

}  // namespace cutaway::real
