// Which world produced a trace, and the port through which a world is driven (viz and the scenario
// runner talk to either side through it and cannot tell them apart).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cutaway {

enum class SideKind : std::uint8_t { Sim, Real };

class Trace;

/// What is asked of a side. Times are ns of that side's clock.
struct SideCommand {
  enum class Kind : std::uint8_t { Docker, Host, Keystrokes, Signal };
  Kind kind = Kind::Docker;
  std::string line;                ///< words after `docker`, a host command line, or keystrokes
  std::vector<std::string> words;  ///< Docker: `line` split as sh does
  std::string name;                ///< "as"; may be empty
  std::string terminal;            ///< name of a terminal, or empty: stdout and stderr apart
  std::string stdin_text;          ///< fed to stdin, which is closed after it
  int signal = 0;                  ///< Signal: sent to the client that runs `name`
  /// Host: a line of a person's shell, which remembers variables, $? and its folder. Else `sh -c`.
  bool at_prompt = false;
};

/// How a submitted command went so far.
struct CommandState {
  std::string name;
  std::string line;
  bool done = false;
  int exit = 0;
  std::string stdout_text;  ///< with a terminal: all that it was sent
  std::string stderr_text;
  std::int64_t t0 = 0, t1 = 0;
};

struct Capabilities {
  bool undo = false;  ///< can go back and fork (simulation)
  bool virtual_time = false;
  bool breakpoints = false;
};

class Side {
 public:
  virtual ~Side() = default;
  virtual SideKind kind() const = 0;
  virtual Capabilities capabilities() const = 0;
  /// Starts a command; its index for `command`. Nothing runs until one of the run_… calls.
  virtual Result<std::size_t> submit(const SideCommand& command) = 0;
  virtual const CommandState& command(std::size_t index) const = 0;
  /// Runs until that command is done, or nothing more can happen.
  virtual Status run_until_done(std::size_t index) = 0;
  /// Lets time pass.
  virtual Status run_for(std::int64_t ns) = 0;
  /// Runs at most `events` more events; true while there is more to run.
  virtual Result<bool> run_some(std::size_t events) = 0;
  /// The log so far; grows while the side runs.
  virtual const Trace& trace() const = 0;
  /// The run goes no further; what it left running goes on without us.
  virtual void finish() {}
  /// Its trace, once it goes no further.
  virtual Trace take_trace() = 0;
};

}  // namespace cutaway
