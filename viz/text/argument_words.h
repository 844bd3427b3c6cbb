// An argument of a system call, decoded: what the number in the register stands for.
#pragma once

#include <string>

#include "trace/event/event.h"

namespace cutaway::viz {

/// The argument at `index`: "MS_BIND | MS_REC", "3 (pipe:[17])", "\"/proc\"", "NULL".
[[nodiscard]] std::string argument_words(const Syscall& call, std::size_t index);

}  // namespace cutaway::viz
