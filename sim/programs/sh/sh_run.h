// Running a script: the shell's state is a value that a fork copies.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/sys.h"
#include "sim/programs/sh/sh_tree.h"

namespace cutaway::sim::sh {

/// Children that belong together (a pipeline): {pid, status as wait4 gives it, −1 while it runs}.
struct Job {
  std::vector<std::pair<std::int64_t, std::int64_t>> processes;
};

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
  int level = 0;                       ///< forks between this shell and the first one
  std::map<int, Job> jobs;
  int last_job = 0;
  bool got_child = false;    ///< SIGCHLD came since a wait was last begun
  bool interrupted = false;  ///< SIGINT came
  bool prints = false;       ///< stdio has looked at stdout
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

/// The same in a child that ends with it; a subshell's redirections are the child's own.
Co<int> run_child_node(Sys sys, Shell* shell, int node);

}  // namespace cutaway::sim::sh
