// Calls after which there is another task, or the same one with another program.
#pragma once

#include "trace/abi/abi.h"

namespace cutaway::abi {

inline bool makes_task(Sys sys) {
  return sys == Sys::clone || sys == Sys::clone3 || sys == Sys::fork || sys == Sys::vfork;
}
inline bool is_exec(Sys sys) { return sys == Sys::execve || sys == Sys::execveat; }

}  // namespace cutaway::abi
