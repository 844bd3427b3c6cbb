// Running a script: the shell's state is a value that a fork copies.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sim/core/sys.h"
#include "sim/programs/sh/sh_tree.h"

namespace cutaway::sim::sh {

struct Shell {
  std::shared_ptr<const Tree> tree;
  std::map<std::string, std::string> variables;
  std::set<std::string> exported;
  std::vector<std::string> arguments;  ///< $0 $1 …
  int status = 0;                      ///< $?
  std::int64_t pid = 0;                ///< $$: stays the first shell's in subshells
  std::int64_t last_background = 0;    ///< $!
  bool exiting = false;                ///< exit was called
  bool is_child = false;               ///< a fork of the shell, about to end: may exec in place
};

/// Runs the node; its exit status. `last`: nothing follows, so a program may replace the shell
/// (execve without fork, as ash does for `sh -c 'cmd'`).
Co<int> run_node(Sys sys, Shell* shell, int node, bool last);

/// The words that a word becomes (split at blanks where it was not quoted).
Co<std::vector<std::string>> expand(Sys sys, Shell* shell, Word word);
/// The same as one text.
Co<std::string> expand_text(Sys sys, Shell* shell, Word word);

/// Is `name` a builtin of the shell itself?
bool is_builtin(std::string_view name);
Co<int> run_builtin(Sys sys, Shell* shell, std::vector<std::string> words);

/// A child that runs one node with some of its descriptors replaced.
struct ChildJob {
  Shell shell;
  int node = -1;
  std::int64_t in = -1, out = -1;   ///< become 0 and 1
  std::vector<std::int64_t> close;  ///< of no use to the child
};
Co<std::int64_t> fork_child(Sys sys, ChildJob job);
Co<int> wait_status(Sys sys, std::int64_t pid);

}  // namespace cutaway::sim::sh
