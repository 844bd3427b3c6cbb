// A system call in few words: its name and what it is about.
#pragma once

#include <string>

#include "trace/event/event.h"

namespace cutaway::viz {

/// "mount proc /proc", "execve /bin/echo", "clone, 6 new namespaces", "openat /etc/passwd ENOENT".
std::string line_call_words(const Syscall& call);

}  // namespace cutaway::viz
