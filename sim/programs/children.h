// Applets that start other programs.
#pragma once

#include <string>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// execvp(3) as busybox makes it: its own applets first, then PATH. Returns only when it failed:
/// 127 or 126, with "APPLET: can't execute 'x': …" said (`spawned`: "APPLET: x: …").
Co<int> become(Sys sys, std::string applet, std::vector<std::string> words,
               std::vector<std::string> env, bool spawned = false);
/// fork, execvp, wait: its status, 128 + signal when one ended it.
Co<int> run_child(Sys sys, std::string applet, std::vector<std::string> words,
                  std::vector<std::string> env);
/// $PATH; without it what execvp(3) takes.
std::string path_of(const std::vector<std::string>& env);
/// A child that begins elsewhere; its status.
Co<int> run_entry(Sys sys, Entry entry, State state);
/// prlimit64 of the stack: what sysconf(_SC_ARG_MAX) asks.
Co<int> ask_stack_limit(Sys sys);

}  // namespace cutaway::sim
