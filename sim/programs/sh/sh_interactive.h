// The shell before a person: a prompt, and a line that can be edited (busybox's lineedit).
#pragma once

#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

/// Are stdin and stderr terminals?
Co<bool> asks_people(Sys sys);
Co<int> run_interactive(Sys sys, Shell* shell);
Co<int> run_shell(Sys sys, Shell* shell, std::vector<std::string> argv);

}  // namespace cutaway::sim::sh
