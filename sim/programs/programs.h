// The programs that an image (or the host) may hold.
#pragma once

#include "sim/kernel/kernel.h"

namespace cutaway::sim {

ProgramTable default_programs();

/// Multi-call: which applet is decided by the name it is called by.
Program busybox(Sys sys, State state);
/// Says hello, and what had to happen for that.
Program hello_world(Sys sys, State state);

/// Windows only: a shell whose programs see no console, and what gives one of them one.
Program git_bash(Sys sys, State state);
Program winpty(Sys sys, State state);

/// docker-init: the pid 1 of `docker run --init`.
Program docker_init(Sys sys, State state);

}  // namespace cutaway::sim
