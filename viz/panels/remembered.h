// What a window remembers from one start to the next: a value, and its JSON. Whoever owns a file
// system keeps it.
//
//   TRY_ASSIGN(Remembered kept, remembered_from(name, text));
//   recall(kept, state);                                    // before options have their say
//   text = remembered_text(merged(kept, begun, remembered_of(state)));
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "viz/panels/window.h"

namespace cutaway::viz {

struct Remembered {
  ThemeChoice theme = ThemeChoice::Dark;
  View view = View::Ship;
  bool reduced_motion = false;
  int larger = 100;  ///< percent of the size that fits the window
  int speed = 100;   ///< percent
  // Panels that are open, columns that stand beside the picture, and how wide those are.
  bool terminal = true, events = true, inspector = true;
  bool left = true, right = true;
  int left_width = static_cast<int>(measure::kLeftPanel);
  int right_width = static_cast<int>(measure::kRightPanel);
  // Of the window of two runs.
  bool rows = true;

  friend bool operator==(const Remembered& a, const Remembered& b);
  friend bool operator!=(const Remembered& a, const Remembered& b) { return !(a == b); }
};

Remembered remembered_of(const WindowState& state);
void recall(const Remembered& kept, WindowState& state);

/// `kept`, with all that has changed between `begun` and `now`: what a command line asked for once
/// is not kept.
Remembered merged(const Remembered& kept, const Remembered& begun, const Remembered& now);

std::string remembered_text(const Remembered& remembered);
/// Unknown keys are passed over. An error names file, line and pointer: damaged, or of a later
/// version.
Result<Remembered> remembered_from(const std::string& name, std::string_view text);

}  // namespace cutaway::viz
