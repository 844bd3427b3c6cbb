// A very small terminal: lines, carriage return, cursor up and down, erase line. Enough for what
// docker prints.
#pragma once

#include <string_view>
#include <vector>

#include "viz/player/transcript.h"

namespace cutaway::viz {

class Screen {
 public:
  /// A command line of its own.
  void type(std::string_view line, EventIndex event = kNoEvent);
  void print(std::string_view bytes, bool error, EventIndex event = kNoEvent);
  std::vector<ScreenLine> take();

 private:
  void control(char c);
  std::size_t escape(std::string_view bytes, std::size_t at);
  void put(std::string_view letter, bool error, EventIndex event);
  ScreenLine& line();

  std::vector<ScreenLine> lines_;
  std::size_t row_ = 0;
  std::size_t column_ = 0;  ///< in letters
};

}  // namespace cutaway::viz
