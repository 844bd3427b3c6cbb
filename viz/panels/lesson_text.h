// Words of a lesson as they are written: **new words** bold, `code` in the letters of the machine.
#pragma once

#include <string_view>
#include <vector>

#include "viz/panels/ui.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {

/// Which of its three styles each piece has: 0 plain, 1 bold, 2 code. What stands beside a mark
/// without a blank (a full stop) belongs to the marked word.
std::vector<TextRun> marked_runs(std::string_view words);

struct MarkedStyle {
  double size = type::kMedium;
  Color color = {};  ///< none: the theme's text
  bool bold = false;
  double pitch = 0;  ///< from line to line; 0: as the size needs
};

/// Lines of at most `width`, the first line's top at `at`. Returns the bottom of the last.
double draw_marked(SceneBuilder& b, Point at, double width, std::string_view words,
                   const MarkedStyle& style = {});
/// How high that is.
double marked_height(const SceneBuilder& b, double width, std::string_view words,
                     const MarkedStyle& style = {});

}  // namespace cutaway::viz
