// Signals to processes that we did not fork: through a pidfd, which names one process for good.
#pragma once

#include <sys/types.h>

#include "real/sys/fd.h"

namespace cutaway::real {

/// pidfd_send_signal(2); false with errno when it has ended. `pid` is the number of `process`: with
/// start time and signal it is appended to the file that CUTAWAY_SIGNAL_LOG names, if that is set
/// (tools/guard tells by it who was ended by us).
bool send_signal_through(const Fd& process, pid_t pid, int signal);

}  // namespace cutaway::real
