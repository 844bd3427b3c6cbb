// The shell's own words: one table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cutaway::app {

class ShellSession;

struct ShellWord {
  std::string_view name;
  std::string_view form;  ///< "undo [N]"
  std::string_view says;  ///< one line of help
  Status (*run)(ShellSession& session, const std::vector<std::string>& arguments);
};

const std::vector<ShellWord>& shell_words();
/// Null: it is a command.
const ShellWord* find_shell_word(std::string_view name);

}  // namespace cutaway::app
