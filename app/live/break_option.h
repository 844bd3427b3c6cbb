// --break: where a real run is to stop, in the words of the contract.
#pragma once

#include <string>

#include "base/result.h"
#include "real/control.h"

namespace cutaway::app {

/// "root.pivot" (a step), an EV such as {"kind":"syscall","name":"mount"}, or any PRED (before the
/// first call after it has come to hold).
Result<real::BreakPoint> parse_break(const std::string& text);

}  // namespace cutaway::app
