// A call as one line of text: as people read it, or as strace(1) writes it.
#pragma once

#include <string>

#include "trace/event/event.h"

namespace cutaway {

enum class CallStyle : std::uint8_t {
  People,  ///< mount("proc", "/proc", "proc", [MS_NODEV, MS_NOSUID], NULL)
  Strace,  ///< mount("proc", "/proc", "proc", MS_NODEV|MS_NOSUID, NULL)
};

/// Name and arguments.
std::string call_text(const Syscall& call, CallStyle style);
/// "0", "-1 EPERM (Operation not permitted)", "?" when it never returned.
std::string result_text(const Syscall& call);
/// "mount"; "syscall_500" for what has no name.
std::string call_name(abi::Sys sys);
/// "EPERM"; "E512" for what has no name.
std::string errno_word(abi::Errno error);

}  // namespace cutaway
