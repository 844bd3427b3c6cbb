// The runtime and the shim: two host programs that the daemon starts for each start of a container.
#pragma once

#include "sim/core/program.h"

namespace cutaway::sim {

/// `containerd-shim-runc-v2 BUNDLE`: parent of the container's first process for its whole life.
/// Descriptor 3 is its line to the daemon: "started PID", "failed TEXT", "exited CODE SIGNAL".
Program containerd_shim(Sys sys, State state);

/// `cutaway-runtime create BUNDLE`: makes the container by the plan, and goes.
/// `cutaway-runtime exec BUNDLE`: has a process made in a container that runs, and waits for it.
Program cutaway_runtime(Sys sys, State state);

}  // namespace cutaway::sim
