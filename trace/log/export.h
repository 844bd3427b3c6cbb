// A trace for other programs (`cutaway trace convert --to …`). Each is a whole file as text.
#pragma once

#include <string>

#include "trace/log/trace.h"

namespace cutaway {

/// As `strace -f -y -ttt -T` would write it, but each call in one line, when it returned.
std::string to_strace(const Trace& trace);
/// For chrome://tracing and Perfetto: calls as spans of their task, everything else as instants.
std::string to_chrome(const Trace& trace);
/// One row an event (RFC 4180), with the most asked-for columns.
std::string to_csv(const Trace& trace);

}  // namespace cutaway
