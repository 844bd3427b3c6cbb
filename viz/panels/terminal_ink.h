// The colours that programs ask a terminal for, on our grounds: the hue stays, and what could not
// be read is brought nearer to the colour of text.
#pragma once

#include "viz/player/screen.h"
#include "viz/theme/theme.h"

namespace cutaway::viz {

struct TerminalInk {
  Color text;
  Color ground;  ///< none: the well's own
};
TerminalInk terminal_ink(const Theme& theme, const LetterLook& ink, Color usual_text);

}  // namespace cutaway::viz
