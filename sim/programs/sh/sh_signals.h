// The signals of the shell itself: what it wants done with each, and the calls for that.
#pragma once

#include <string>

#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

/// rt_sigaction: "SIG_DFL", "SIG_IGN" or "handler".
Co<int> set_signal(Sys sys, int signal, std::string handler, bool restarts);
/// ash's setsignal: a trap, or what the shell needs for itself; no call when it is so already.
Co<int> arrange_signal(Sys sys, Shell* shell, int signal);
/// ash's ignoresig: ignored from now on, and nothing changes that.
Co<int> ignore_signal(Sys sys, Shell* shell, int signal);
/// All signals blocked, or none.
Co<int> set_mask(Sys sys, bool all, bool old);
/// What a handler has left blocked is let in again.
Co<int> unblock_all(Sys sys);
/// raise(3) of glibc. `leaves`: the handler does not return.
Co<int> raise_signal(Sys sys, int signal, bool leaves);

}  // namespace cutaway::sim::sh
