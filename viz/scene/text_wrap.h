// Breaking words into lines that fit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/scene/metrics.h"

namespace cutaway::viz {

// Lines of at most `width`; a single word that is wider is broken where the line ends.
[[nodiscard]] std::vector<std::string> wrap_text(const FontMetrics& metrics, std::string_view text,
                                                 const FontStyle& style, double width);

// At most `lines` of them; the last one is then all that is left, however long: to be cut.
[[nodiscard]] std::vector<std::string> wrap_to_lines(const FontMetrics& metrics,
                                                     std::string_view text, const FontStyle& style,
                                                     double width, std::size_t lines);

// Text in two styles on the same lines: a run says which words of a line have which style.
struct TextRun {
  std::string text;
  std::size_t style = 0;  // index into the styles given
};
using RunLine = std::vector<TextRun>;
// Never leaves a lone word on the second line, if the first can spare one.
[[nodiscard]] std::vector<RunLine> wrap_runs(const FontMetrics& metrics,
                                             const std::vector<TextRun>& parts,
                                             const std::vector<FontStyle>& styles, double width);

}  // namespace cutaway::viz
