// Traps: what the shell does when a signal comes, and at its end.
#pragma once

#include <string>
#include <string_view>

#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

/// Runs the traps of the signals that came.
Co<int> run_traps(Sys sys, Shell* shell);
/// The trap for EXIT.
Co<int> run_exit_trap(Sys sys, Shell* shell);
/// A child has none of its parent's traps.
Co<int> forget_traps(Sys sys, Shell* shell);
/// trap [ACTION SIGNAL…]
Co<int> builtin_trap(Sys sys, Shell* shell, std::vector<std::string> words);
/// "15", "TERM", "SIGTERM", "EXIT": its number, −1 for none.
int signal_number(std::string_view text);
/// "TERM", "EXIT"
std::string signal_short_name(int signal);

}  // namespace cutaway::sim::sh
