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
  std::string ended;  ///< what the shim has said of its end already
  std::string bundle;
};

/// Starts the threads that copy output and wait for the end.
Co<int> watch_container(Sys sys, LivePipes pipes);

/// The config that `create` resolved and `update` changed, computed again from what the record
/// keeps.
Result<spec::ContainerConfig> stored_config(Sys sys, const Container& container);

/// Where shim and runtime find what they are to do.
std::string bundle_folder(const Container& container);

/// Takes that away once the shim has gone. As containerd does it (its bundle.go, atomicDelete): under
/// another name first, so that what is half gone is never taken for a bundle.
Co<int> remove_bundle(Sys sys, std::string bundle);

/// The overlay of a container's layers, mounted at its "merged". 0 or −errno.
Co<std::int64_t> mount_root(Sys sys, Container container);

/// Where a container's cgroups and root lie on this machine.
spec::PlanHost plan_host(const World& world, const Container& container);

/// What the plan of a container starts from; the Error's message is the daemon's no.
Result<spec::PlanInput> start_input(Sys sys, const Container& container,
                                    const spec::ContainerConfig& config);

/// Its json-file log.
std::string log_path(const Container& container);

/// Output of a container as the API frames it: {channel, 0, 0, 0, length, bytes} (a terminal's is
/// bare).
std::string frame(int channel, std::string_view bytes);

}  // namespace cutaway::sim
