// Calls after which there is another task, or the same one with another program.
#pragma once

#include "trace/abi/abi.h"

namespace cutaway::real {

inline bool makes_task(abi::Sys sys) {
  return sys == abi::Sys::clone || sys == abi::Sys::clone3 || sys == abi::Sys::fork ||
         sys == abi::Sys::vfork;
}
inline bool is_exec(abi::Sys sys) { return sys == abi::Sys::execve || sys == abi::Sys::execveat; }

}  // namespace cutaway::real
