// What the daemon does while a container runs: copy its output, wait for its end.
#pragma once

#include <cstdint>

#include "sim/core/sys.h"
#include "sim/docker/daemon.h"
#include "spec/plan/plan_input.h"

namespace cutaway::sim {

/// The daemon's ends of a running container.
struct LivePipes {
  ContainerId container;
  std::int64_t shim_pid = -1;
  std::int64_t in = -1, out = -1, err = -1, events = -1;
};

/// Starts the threads that copy output and wait for the end.
Co<int> watch_container(Sys sys, LivePipes pipes);

/// The config that `create` resolved and `update` changed, computed again from what the record
/// keeps.
Result<spec::ContainerConfig> stored_config(Sys sys, const Container& container);

/// Where shim and runtime find what they are to do.
std::string bundle_folder(const Container& container);

/// Where a container's cgroups and root lie on this machine.
spec::PlanHost plan_host(const World& world, const Container& container);

/// Output of a container as the API frames it: {channel, 0, 0, 0, length, bytes} (a terminal's is
/// bare).
std::string frame(int channel, std::string_view bytes);

}  // namespace cutaway::sim
