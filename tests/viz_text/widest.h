// How wide a text is on a terminal.
#pragma once

#include <algorithm>
#include <string>

#include "base/text.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

/// Columns of its longest line.
inline std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  for (const std::string& line : split(text, '\n')) most = std::max(most, text_length(line));
  return most;
}

}  // namespace cutaway::viz
