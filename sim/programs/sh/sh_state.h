// The shell's state: a value that a fork copies.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/programs/sh/sh_tree.h"

namespace cutaway::sim::sh {

/// A child of the shell.
struct Process {
  std::int64_t pid = 0;
  std::int64_t status = -1;  ///< as wait4 gives it; −1 while it runs
  std::string text;          ///< its command, as `jobs` shows it (under job control only)
};
/// Children that belong together (a pipeline).
struct Job {
  enum class State : std::uint8_t { Running, Stopped, Done };
  std::vector<Process> processes;
  State state = State::Running;
  std::int64_t stop_status = 0;  ///< of the process that was stopped last
  bool controlled = false;       ///< it began under job control: a process group of its own
  bool changed = false;          ///< it stopped or ended, and nobody was told yet
  bool waited = false;           ///< `wait` has seen its end
};

/// What a signal's handler is, as far as the shell knows (ash's sigmode). Hard: it was ignored when
/// the shell began, and stays so.
enum class SignalMode : std::uint8_t { Unknown, Default, Caught, Ignored, HardIgnored };

struct Variable {
  std::optional<std::string> value;
  bool exported = false, read_only = false;
  int order = 0;  ///< when it was made
};
struct Function {
  std::shared_ptr<const Tree> tree;
  int node = -1;
};

/// Why the commands that stand around the current one are left; from Exit on, all of them.
enum class Leave : std::uint8_t { No, Break, Continue, Return, Exit, Error, Interrupt };

struct Shell {
  std::shared_ptr<const Tree> tree;  ///< what runs now; functions bring their own
  std::map<std::string, Variable> variables;
  int made = 0;
  std::vector<std::map<std::string, Variable>> locals;  ///< what `local` put aside, by call depth
  std::vector<std::string> arguments;                   ///< $0 $1 …
  std::string applet = "sh";                            ///< for messages of test, kill …
  std::string name;                                     ///< for messages: argv[0], or the script
  std::optional<std::string> command;  ///< the builtin that runs, or $0 when it was given
  int line = 0;
  std::set<char> options;  ///< set -e …; 'p' is pipefail
  std::map<std::string, Function> functions;
  std::map<std::string, std::string> hashed;  ///< where programs were found

  int substituted = 0;               ///< status of the last $( … ) of this command
  int status = 0;                    ///< $?
  std::int64_t pid = 0;              ///< $$: stays the first shell's in subshells
  std::int64_t parent = 0;           ///< $PPID
  std::int64_t last_background = 0;  ///< $!
  std::int64_t script_fd = -1;       ///< where commands are read from; children close it
  bool interactive = false;

  Leave leave = Leave::No;
  int leave_count = 0;  ///< break and continue: how many loops
  int loops = 0, calls = 0, sourced = 0;

  bool is_child = false;  ///< a fork of the shell, about to end
  int level = 0;          ///< forks between this shell and the first one
  std::map<int, Job> jobs;
  std::vector<int> job_order;        ///< the current job first: stopped ones, then by age
  bool controls = false;             ///< job control is on (ash's doing_jobctl)
  std::int64_t tty_fd = -1;          ///< the terminal, while it is
  std::int64_t first_group = 0;      ///< who had the terminal before
  int warned = 0;                    ///< "You have stopped jobs.": 2 just now, 1 a command ago
  std::string command_text;          ///< the simple command that runs, as `jobs` shows it
  bool got_child = false;            ///< SIGCHLD came since a wait was last begun
  bool interrupted = false;          ///< SIGINT came, and no trap is set
  std::map<int, std::string> traps;  ///< 0: EXIT; an empty command: ignored
  std::map<int, SignalMode> modes;   ///< of the signals that it had to do with
  std::vector<int> trapped;          ///< signals with a trap that came
  bool in_trap = false;
  bool prints = false;      ///< stdio has looked at stdout
  std::size_t getopts = 0;  ///< place within the word at OPTIND

  bool leaving() const { return leave != Leave::No; }
  bool ending() const { return leave >= Leave::Exit; }
  bool option(char letter) const { return options.count(letter) != 0; }
};

/// The value, or nothing when it is not set.
std::optional<std::string> value_of(const Shell& shell, const std::string& name);
std::string text_of(const Shell& shell, const std::string& name);
/// False when it is read-only.
bool assign(Shell& shell, const std::string& name, const std::string& value);
void export_variable(Shell& shell, const std::string& name);
bool is_name(std::string_view text);
/// $x of any kind: variables, $1, $?, $#, $- …
std::optional<std::string> parameter(const Shell& shell, const std::string& name);
/// The exported variables in the order of ash's hash table.
std::vector<std::string> environment(const Shell& shell);
/// Those that ash has from the start, and those of the environment.
void import_environment(Shell& shell, const std::vector<std::string>& env);
/// As ash writes a value that shall be read again: 'it'"'"'s'.
std::string quoted_always(std::string_view text);
/// The same only where it must be (set -x).
std::string quoted_if_needed(std::string_view text);

}  // namespace cutaway::sim::sh
