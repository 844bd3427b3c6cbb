// The shell before a person: a prompt, and a line that can be edited (busybox's lineedit).
#pragma once

#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

/// Are stdin and stdout terminals?
Co<bool> asks_people(Sys sys);
/// What it says first.
Co<int> greet(Sys sys, Shell* shell);
Co<int> run_interactive(Sys sys, Shell* shell);
Co<int> run_shell(Sys sys, Shell* shell, std::vector<std::string> argv);

}  // namespace cutaway::sim::sh
