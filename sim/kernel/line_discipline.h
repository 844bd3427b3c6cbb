// The line discipline of a terminal (drivers/tty/n_tty.c), as a pure function of its state: what
// becomes of typed bytes, and of printed ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trace/world/filesystem.h"

namespace cutaway::sim {

/// Something that a program can read now: a line, raw bytes, or (`end`) the end of the file.
struct ReadyInput {
  std::string bytes;
  bool end = false;
};
/// What typed bytes become.
struct Typed {
  std::string echo;  ///< what the person sees of them
  std::vector<ReadyInput> ready;
  std::string editing;       ///< the line that is not finished yet
  std::vector<int> signals;  ///< for the group in front
};
Typed type_at(const Terminal& terminal, std::string_view bytes);

/// Printed bytes as they come out ("\n" becomes "\r\n").
std::string shown_as(const TerminalMode& mode, std::string_view bytes);

}  // namespace cutaway::sim
