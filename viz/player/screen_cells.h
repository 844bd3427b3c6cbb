// libvterm's cells as lines of text with runs of ink, and back as control sequences.
#pragma once

#include <vterm.h>

#include <string>

#include "viz/player/screen.h"

namespace cutaway::viz {

/// What of a row's end belongs to it.
enum class RowEnd {
  Letters,  ///< up to the last letter that is to be seen
  Written,  ///< up to the last cell in which something was written, also blanks
  Edge,     ///< all of it
};
ScreenLine line_of(const VTermScreenCell* cells, int columns, RowEnd end);

/// The sequence that makes the next letters look so (ECMA-48, SGR).
std::string sgr(const LetterLook& ink);

}  // namespace cutaway::viz
