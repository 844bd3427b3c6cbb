// Commands that are applets and builtins of the shell: under another name, and with the shell's
// own stdio.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// test, [ and [[: 0 true, 1 false, 2 wrong.
Co<int> test_command(Sys sys, std::string name, std::vector<std::string> words);

/// kill -l [NUMBER…]: what it prints.
bool lists_signals(const std::vector<std::string>& words, std::string* text);
Co<int> kill_command(Sys sys, std::string name, std::vector<std::string> words);

/// What printf makes of its words.
struct Printed {
  std::string out;
  std::vector<std::string> errors;  ///< lines without the name in front
  int status = 0;
};
Printed formatted(const std::vector<std::string>& words);
/// What echo prints of its words.
std::string echoed(const std::vector<std::string>& words);
/// \n, \t, \\, \0ooo, \xHH …; false: \c was met, nothing more is printed. `zero`: octal needs a 0.
bool unescape(std::string_view text, bool zero, std::string& out);

/// chmod's words ("u+x,go=r", "755") on a mode; false when they are none. `mask`: the umask.
bool change_mode(std::string_view words, std::uint32_t mask, bool folder, std::uint32_t& mode);
/// "u=rwx,g=rx,o=rx"
std::string symbolic_mask(std::uint32_t mask);

}  // namespace cutaway::sim
