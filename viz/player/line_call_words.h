// A system call in few words: its name and what it is about.
#pragma once

#include <string>

#include "trace/event/event.h"

namespace cutaway::viz {

/// "mount proc /proc", "execve /bin/echo", "clone, 6 new namespaces", "openat /etc/passwd ENOENT".
/// Paths are cut to their last so many letters.
std::string line_call_words(const Syscall& call, std::size_t path_length);

}  // namespace cutaway::viz
