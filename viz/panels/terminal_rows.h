// A terminal's lines as rows of a narrower panel: broken at blanks where that leaves no ragged
// hole, else anywhere; nothing is cut off. The screen of a full-screen program is not broken: what
// is seen of it moves with the cursor.
#pragma once

#include <string>
#include <vector>

#include "viz/player/screen.h"

namespace cutaway::viz {

/// Letters of a row that look alike.
struct TerminalSpan {
  std::string text;
  std::size_t column = 0;
  std::size_t columns = 0;
  LetterLook ink;
};

struct TerminalRow {
  std::vector<TerminalSpan> spans;
  bool typed = false, first = false, error = false;
  EventIndex event = kNoEvent;
};

struct TerminalRows {
  std::vector<TerminalRow> rows;
  std::size_t cursor_row = 0, cursor_column = 0;
  bool cursor = false;  ///< is one to be seen?
};

TerminalRows terminal_rows(const ScreenContent& content, std::size_t columns);

}  // namespace cutaway::viz
