// Signals to a container's first process: only through a pidfd, and only when it is the process
// that the record means.
#pragma once

#include "real/engine/machine.h"
#include "real/engine/record.h"

namespace cutaway::real {

/// A descriptor of that very process, or an Error when it has ended (or another has its number).
Result<Fd> open_process(const ProcessId& process);
Status send_signal(Machine& machine, const ContainerRecord& record, int signal);
/// Ends processes of a container that has no cgroup to find them by: those whose mount table, not
/// ours, names the container's folder.
void end_by_mounts(std::string_view id);
/// Waits at most `ms` (−1: for ever) for its end; true when it has ended. What can be read from
/// `signals` (Streams) ends the waiting, too.
bool wait_for_end(const ProcessId& process, int ms, int signals = -1);

}  // namespace cutaway::real
