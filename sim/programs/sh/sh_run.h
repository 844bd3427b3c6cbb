// Running a script: nodes, and words.
#pragma once

#include <string>
#include <vector>

#include "sim/core/sys.h"
#include "sim/programs/sh/sh_state.h"

namespace cutaway::sim::sh {

/// How a node is run.
struct Way {
  bool last = false;    ///< nothing follows: a program may take the shell's place (EV_EXIT)
  bool tested = false;  ///< its status is looked at: set -e does not mind (EV_TESTED)
};

Co<int> run_node(Sys sys, Shell* shell, int node, Way way);
/// The same in a child that ends with it; a subshell's redirections are the child's own.
Co<int> run_child_node(Sys sys, Shell* shell, int node);
/// A script as a text (eval, traps, -c), command by command.
Co<int> run_text(Sys sys, Shell* shell, std::string script, int line, Way way);

/// The words that a word becomes: split at IFS where it was not quoted, patterns replaced by names.
Co<std::vector<std::string>> expand(Sys sys, Shell* shell, Word word);
/// As one text: what is assigned, redirected to, or compared.
Co<std::string> expand_text(Sys sys, Shell* shell, Word word);
/// The value of an assignment: as one text, with ~ also behind each colon.
Co<std::string> expand_value(Sys sys, Shell* shell, Word word);
/// As a pattern: what was quoted has backslashes.
Co<std::string> expand_pattern(Sys sys, Shell* shell, Word word);

/// The names that a pattern stands for, sorted; empty when there are none.
Co<std::vector<std::string>> names_for(Sys sys, std::string pattern);

/// A message, and the current command (or the shell) is left: ash's raise_error.
Co<int> raise_error(Sys sys, Shell* shell, std::string text, int status = 2);

}  // namespace cutaway::sim::sh
