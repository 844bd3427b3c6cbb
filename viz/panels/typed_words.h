// The terminal's own words: those of `cutaway shell` that a window answers by what it shows. What
// is typed after `undo` makes another future; the one so far stays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/panels/window.h"

namespace cutaway::viz {

struct TypedWord {
  std::string_view name;
  std::string_view form;  ///< "undo [N]"
  std::string_view says;
  /// Does it; what it has to say (a notice), or nothing.
  std::string (*run)(WindowState& state, const std::vector<std::string>& arguments);
};

const std::vector<TypedWord>& typed_words();

/// False: the line is a command.
bool run_typed_word(WindowState& state, const std::string& line);

}  // namespace cutaway::viz
