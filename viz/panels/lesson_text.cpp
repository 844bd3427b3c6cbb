#include "viz/panels/lesson_text.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr double kLinePitch = 1.4;  // of the size
constexpr double kRise = 0.94;      // from a line's top to its baseline, of the size

std::vector<FontStyle> fonts_of(const MarkedStyle& style) {
  // The machine's letters look larger than those of words, and there are none above kMedium.
  const double code = std::min(style.size, type::kMedium);
  return {{style.size, false, style.bold}, {style.size, false, true}, {code, true, false}};
}

double pitch_of(const MarkedStyle& style) {
  return style.pitch > 0 ? style.pitch : style.size * kLinePitch;
}

void add(std::vector<TextRun>& runs, std::string& text, std::size_t style) {
  if (!text.empty()) runs.push_back({text, style});
  text.clear();
}

}  // namespace

std::vector<TextRun> marked_runs(std::string_view words) {
  std::vector<TextRun> runs;
  std::string text;
  std::size_t style = 0;
  bool closing = false;  // a mark has been closed; what follows without a blank is glued to it
  for (std::size_t i = 0; i < words.size(); ++i) {
    // A new word ("**") and one that is meant as a word ("*") look alike.
    const bool bold = words[i] == '*';
    if ((bold && style != 2) || words[i] == '`') {
      const std::size_t marked = bold ? 1 : 2;
      if (words.compare(i, 2, "**") == 0) ++i;
      if (style == marked && !closing) {
        closing = true;
      } else {
        // An opening bracket or quote goes with what it opens.
        const std::size_t blank = text.rfind(' ');
        std::string lead = blank == std::string::npos ? text : text.substr(blank + 1);
        text.erase(text.size() - lead.size());
        add(runs, text, style);
        text = std::move(lead);
        style = marked;
        closing = false;
      }
      continue;
    }
    if (closing && words[i] == ' ') {
      add(runs, text, style);
      style = 0;
      closing = false;
    }
    text += words[i];
  }
  add(runs, text, style);
  return runs;
}

double draw_marked(SceneBuilder& b, Point at, double width, std::string_view words,
                   const MarkedStyle& style) {
  const double pitch = pitch_of(style);
  const std::vector<FontStyle> fonts = fonts_of(style);
  double y = at.y + style.size * kRise + (pitch - style.size * kLinePitch) / 2;
  for (const RunLine& line : wrap_runs(b.metrics(), marked_runs(words), fonts, width)) {
    double x = at.x;
    for (const TextRun& run : line) {
      const FontStyle& font = fonts[run.style];
      x = b.text({x, y}, run.text,
                 {.size = font.size, .color = style.color, .mono = font.mono, .bold = font.bold});
    }
    y += pitch;
  }
  return y - style.size * kRise - (pitch - style.size * kLinePitch) / 2;
}

double marked_height(const SceneBuilder& b, double width, std::string_view words,
                     const MarkedStyle& style) {
  const auto lines = wrap_runs(b.metrics(), marked_runs(words), fonts_of(style), width);
  return static_cast<double>(lines.size()) * pitch_of(style);
}

}  // namespace cutaway::viz
