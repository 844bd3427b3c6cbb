#include "viz/scene/paragraph.h"

#include <algorithm>

#include "viz/scene/text_wrap.h"

namespace cutaway::viz {

double paragraph(SceneBuilder& b, Point at, std::string_view words, const TextStyle& style,
                 const ParagraphSize& size) {
  const double room = std::max(style.width_max, 1.0);
  TextStyle line_style = style;
  for (const std::string& line :
       wrap_to_lines(b.metrics(), words, style.font(), room, size.lines)) {
    line_style.whole = b.width(line, style) > room ? words : std::string_view();
    b.text(at, line, line_style);
    at.y += size.pitch;
  }
  return at.y;
}

std::size_t paragraph_lines(const SceneBuilder& b, std::string_view words, const TextStyle& style) {
  return wrap_text(b.metrics(), words, style.font(), std::max(style.width_max, 1.0)).size();
}

}  // namespace cutaway::viz
