// Words over several lines.
#pragma once

#include <string_view>

#include "viz/scene/builder.h"

namespace cutaway::viz {

struct ParagraphSize {
  std::size_t lines = 99;  // at most; of more the last one is cut, and tells all
  double pitch = 16;       // from line to line
};
/// Lines of at most `style.width_max`; `at`: the first baseline. Returns the baseline after the
/// last.
double paragraph(SceneBuilder& b, Point at, std::string_view words, const TextStyle& style,
                 const ParagraphSize& size = {});
/// How many lines that would be.
[[nodiscard]] std::size_t paragraph_lines(const SceneBuilder& b, std::string_view words,
                                          const TextStyle& style);

}  // namespace cutaway::viz
