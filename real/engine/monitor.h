// What goes on while a container runs: its output to its log and to whoever is attached, what is
// typed to its stdin, signals of ours to it, and the shim's last word.
#pragma once

#include <string>

#include "real/engine/start.h"
#include "real/engine/streams.h"

namespace cutaway::real {

struct MonitorOptions {
  const Streams* attached = nullptr;        ///< null: nobody
  const ContainerRecord* record = nullptr;  ///< whose log is written and whom signals go to
  bool forward_signals = false;             ///< SIGINT, SIGTERM … of ours go to the container
  std::string detach_keys;                  ///< of the terminal; empty: docker's own
  int stop = -1;                            ///< readable: give up watching, the container goes on
};

struct MonitorEnd {
  bool ended = false;     ///< false: asked to stop watching, or
  int client_signal = 0;  ///< the client was ended by this signal
  bool detached = false;  ///< the keys that leave were typed
  End end;
  bool oom_killed = false;  ///< the kernel ended a member because of the memory limit
};

/// Returns when it has ended and its output is copied to the end.
Result<MonitorEnd> watch_process(Machine& machine, ShimProcess& process,
                                 const MonitorOptions& options);
/// The same for a container, with its log.
Result<MonitorEnd> monitor(Machine& machine, Running& running, MonitorOptions options);

}  // namespace cutaway::real
