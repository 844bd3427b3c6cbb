// The shell's builtins, by subject; sh_builtins.cpp has the table.
#pragma once

#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

using Words = std::vector<std::string>;

// sh_builtins.cpp: control
Co<int> builtin_command(Sys sys, Shell* shell, Words words);
Co<int> builtin_type(Sys sys, Shell* shell, Words words);
// sh_builtins_place.cpp: folders, and other files of commands
Co<int> builtin_cd(Sys sys, Shell* shell, Words words);
Co<int> builtin_pwd(Sys sys, Shell* shell, Words words);
Co<int> builtin_dot(Sys sys, Shell* shell, Words words);
// sh_builtins_set.cpp: variables and options
Co<int> builtin_export(Sys sys, Shell* shell, Words words);
Co<int> builtin_readonly(Sys sys, Shell* shell, Words words);
Co<int> builtin_unset(Sys sys, Shell* shell, Words words);
Co<int> builtin_local(Sys sys, Shell* shell, Words words);
Co<int> builtin_set(Sys sys, Shell* shell, Words words);
Co<int> builtin_shift(Sys sys, Shell* shell, Words words);
Co<int> builtin_let(Sys sys, Shell* shell, Words words);
Co<int> builtin_getopts(Sys sys, Shell* shell, Words words);
// sh_read.cpp
Co<int> builtin_read(Sys sys, Shell* shell, Words words);
// sh_builtins_jobs.cpp: children and limits
Co<int> builtin_wait(Sys sys, Shell* shell, Words words);
Co<int> builtin_jobs(Sys sys, Shell* shell, Words words);
Co<int> builtin_fg(Sys sys, Shell* shell, Words words);
Co<int> builtin_bg(Sys sys, Shell* shell, Words words);
Co<int> builtin_kill(Sys sys, Shell* shell, Words words);
Co<int> builtin_umask(Sys sys, Shell* shell, Words words);
Co<int> builtin_ulimit(Sys sys, Shell* shell, Words words);
Co<int> builtin_times(Sys sys, Shell* shell, Words words);

/// set -e, -o pipefail …: the letter of an option's long name; 0 for none.
char option_letter(std::string_view name);
/// Words like -ex, +u, -o NAME at `at`; false when one is unknown (and said so).
Co<bool> take_options(Sys sys, Shell* shell, Words words, std::size_t* at);

}  // namespace cutaway::sim::sh
