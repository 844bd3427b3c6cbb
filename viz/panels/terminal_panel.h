// Your shell: the commands typed and all that came back, up to this moment.
#pragma once

#include <string>
#include <vector>

#include "viz/panels/ui.h"
#include "viz/player/transcript.h"

namespace cutaway::viz {

struct TerminalPanelState {
  bool open = true;
  std::size_t shown_at = 0;  ///< position at which it was scrolled to its end
};

struct TerminalContent {
  std::vector<ScreenLine> lines;
  bool waits = false;  ///< a prompt with a cursor waits at the end
  std::size_t position = 0;
};

/// The event that printed (or typed) the line that was clicked on; kNoEvent: none.
EventIndex draw_terminal_panel(const Ui& ui, const Rect& box, TerminalPanelState& state,
                               const TerminalContent& content);

}  // namespace cutaway::viz
