// Your shell: the commands typed and all that came back, up to this moment.
#pragma once

#include "viz/panels/terminal_rows.h"
#include "viz/panels/typed_line.h"
#include "viz/panels/ui.h"
#include "viz/player/transcript.h"

namespace cutaway::viz {

struct TerminalPanelState {
  bool open = true;
  std::size_t shown_at = 0;  ///< position at which it was scrolled to its end
  // The rows as last laid out, after how many pieces: kept until that or the width changes.
  TerminalRows laid;
  std::size_t laid_at = static_cast<std::size_t>(-1);
  std::size_t laid_columns = 0;
  TypedLine line;
};

struct TerminalContent {
  ScreenContent screen;
  bool waits = false;  ///< a prompt with a cursor waits at the end
  std::size_t position = 0;
  Takes takes = Takes::Nothing;  ///< what can be typed here
};

struct TerminalPress {
  EventIndex asked = kNoEvent;  ///< that printed (or typed) the line that was clicked on
  TerminalTyped typed;
};

TerminalPress draw_terminal_panel(const Ui& ui, const Rect& box, TerminalPanelState& state,
                                  const TerminalContent& content, const TerminalMemory& memory);

}  // namespace cutaway::viz
