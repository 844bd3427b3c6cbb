// Simple commands: functions, builtins, applets, programs; and redirections.
#pragma once

#include <utility>
#include <vector>

#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

/// Descriptors that were put aside: {number, where its copy is kept (−1: it was closed)}.
using SavedFds = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// 0, or the status of a redirection that failed (its message is printed). Without `saved` the
/// redirections stay.
Co<int> redirect(Sys sys, Shell* shell, std::vector<Redirect> redirects, SavedFds* saved);
Co<int> restore(Sys sys, SavedFds saved);

/// What a command's name leads to, functions and builtins aside.
struct Found {
  std::string path;
  const AppletRow* applet = nullptr;
  bool missing = false;
  bool forbidden = false;  ///< missing, but there is something of that name that is no file
};
Co<Found> find_program(Sys sys, Shell* shell, std::string name, std::string path);

/// exec: the shell becomes the program.
Co<int> replace_shell(Sys sys, Shell* shell, std::vector<std::string> words);
/// A program (no function, no builtin) as a child, or in the shell's place.
Co<int> run_program(Sys sys, Shell* shell, std::vector<std::string> words, bool last,
                    SavedFds saved);
/// Function, builtin or program. `plain`: no function of that name counts (command).
Co<int> run_words(Sys sys, Shell* shell, std::vector<std::string> words, Way way, SavedFds saved,
                  bool plain = false);
Co<int> run_simple(Sys sys, Shell* shell, Node node, Way way);

// Builtins: sh_builtins.cpp
bool is_builtin(std::string_view name);
/// POSIX's special ones: an error in them ends the shell, assignments before them stay.
bool is_special(std::string_view name);
Co<int> run_builtin(Sys sys, Shell* shell, std::vector<std::string> words);

}  // namespace cutaway::sim::sh
