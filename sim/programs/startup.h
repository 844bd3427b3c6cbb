// What a program does between execve and main, as measured.
#pragma once

#include "sim/core/sys.h"

namespace cutaway::sim {

/// The calls of Debian's static busybox (glibc 2.36, static) before its applet starts.
Co<int> static_startup(Sys sys, std::string applet);

}  // namespace cutaway::sim
