// Restart policies: whether a container that ended is started again, and when.
#pragma once

#include "sim/core/sys.h"
#include "sim/docker/daemon.h"

namespace cutaway::sim {

/// Called when it has ended. True: it is to be started again; its record of a running container
/// then says so (`restarting`).
bool plan_restart(Sys sys, ContainerId number, const ContainerExited& end);
/// Waits out the pause, and starts it, unless somebody stopped or removed it meanwhile.
Co<int> start_again(Sys sys, ContainerId number);

/// A start by hand begins to count anew.
void forget_restarts(Sys sys, ContainerId number);

}  // namespace cutaway::sim
