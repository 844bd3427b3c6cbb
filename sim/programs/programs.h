// The programs that an image (or the host) may hold.
#pragma once

#include "sim/kernel/kernel.h"

namespace cutaway::sim {

ProgramTable default_programs();

/// Multi-call: which applet is decided by the name it is called by.
Program busybox(Sys sys, State state);
/// Says hello, and what had to happen for that.
Program hello_world(Sys sys, State state);

}  // namespace cutaway::sim
