// The person's shell: it is handed one command at a time and runs it as a child of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// Reads commands from descriptor 3, one JSON object a line (see console_line).
Program console(Sys sys, State state);

/// Another terminal, opened for one command: `state.more` is its line as a std::string.
Program second_terminal(Sys sys, State state);

/// A terminal window's shell, for one command: `state.more` is its line, which names the terminal.
Program terminal_session(Sys sys, State state);

/// As a program's name: the line is the shell's own, which runs it itself where it must.
inline constexpr std::string_view kPrompt = "prompt";
/// What `console` reads for one command. `program`: "/usr/bin/docker", "/bin/sh" or kPrompt.
std::string console_line(std::string_view typed, std::string_view program,
                         const std::vector<std::string>& argv, std::string_view stdin_text,
                         bool has_stdin, std::string_view terminal = {});

}  // namespace cutaway::sim
