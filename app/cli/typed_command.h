// A line as somebody types it.
#pragma once

#include <string>

#include "base/result.h"
#include "trace/side.h"

namespace cutaway::app {

/// A docker or host command as somebody types it; a docker command in a pipe, or with a variable,
/// is the host's shell's. An error: a quote is left open.
Result<SideCommand> typed_command(const std::string& line);
/// Does a program of this line read keys from a terminal (-t, attach, start -ai)?
bool wants_terminal(const SideCommand& command);

}  // namespace cutaway::app
