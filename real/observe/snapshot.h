// The World before a run, read from /proc: the machine, the namespaces, mounts and cgroups that are
// there, this process and its parents. Files are not read: they are found when a task touches them
// (discover.h).
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/result.h"
#include "trace/log/trace.h"
#include "trace/world/world.h"

namespace cutaway::real {

struct SnapshotOptions {
  Role self = Role::Daemon;  ///< who this process is in the story
  /// Cgroups beside this process's own that are taken into the World where they exist, as a path
  /// within each hierarchy ("/docker"); with all above them.
  std::vector<std::string> cgroups;
  /// Other processes that run already: they stand in the World with their threads, and with those
  /// they come from. They should stand still while they are read.
  std::vector<int> watched;
};

/// Reads. Nothing on the machine is changed.
Result<World> read_world(const SnapshotOptions& options);

/// `world` as the first event of the trace; header.machine is that of the World.
void begin_trace(Trace& trace, World world);

/// The same for a World that has been read before `trace` was made: the header for a real trace.
TraceHeader real_header(const World& world, std::vector<std::string> commands);

}  // namespace cutaway::real
