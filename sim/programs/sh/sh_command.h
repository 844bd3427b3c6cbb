// Simple commands: builtins, applets, programs; and redirections.
#pragma once

#include <utility>
#include <vector>

#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

/// Descriptors that were put aside: {number, where its copy is kept (−1: it was closed)}.
using SavedFds = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// 0, or the status of a redirection that failed (its message is printed).
Co<int> redirect(Sys sys, Shell* shell, std::vector<Redirect> redirects, SavedFds* saved);
Co<int> restore(Sys sys, SavedFds saved);
/// exec: the shell becomes the program.
Co<int> replace_shell(Sys sys, Shell* shell, std::vector<std::string> words);
Co<int> run_simple(Sys sys, Shell* shell, Node node, bool last);

}  // namespace cutaway::sim::sh
