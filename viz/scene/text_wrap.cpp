// Greedy line breaking at blanks.
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

struct Word {
  std::string text;
  std::size_t style = 0;
  double width = 0;
  double space = 0;
};

std::vector<Word> words_of(const FontMetrics& metrics, const std::vector<TextRun>& parts,
                           const std::vector<FontStyle>& styles) {
  std::vector<Word> words;
  for (const TextRun& part : parts) {
    const FontStyle& style = styles[part.style];
    std::size_t from = 0;
    while (from < part.text.size()) {
      const std::size_t blank = part.text.find(' ', from);
      const std::size_t to = blank == std::string::npos ? part.text.size() : blank;
      const std::string text = part.text.substr(from, to - from);
      if (!text.empty())
        words.push_back({text, part.style, metrics.width(text, style), metrics.width(" ", style)});
      from = to + 1;
    }
  }
  return words;
}

std::vector<std::vector<Word>> broken(const std::vector<Word>& words, double width) {
  std::vector<std::vector<Word>> lines(1);
  double x = 0;
  for (const Word& word : words) {
    const double space = lines.back().empty() ? 0 : lines.back().back().space;
    if (!lines.back().empty() && x + space + word.width > width) {
      lines.emplace_back();
      x = word.width;
    } else {
      x += space + word.width;
    }
    lines.back().push_back(word);
  }
  return lines;
}

RunLine runs_of(const std::vector<Word>& line) {
  RunLine runs;
  for (const Word& word : line) {
    if (!runs.empty()) runs.back().text += " ";
    if (runs.empty() || runs.back().style != word.style) runs.push_back({"", word.style});
    runs.back().text += word.text;
  }
  return runs;
}

}  // namespace

std::vector<RunLine> wrap_runs(const FontMetrics& metrics, const std::vector<TextRun>& parts,
                               const std::vector<FontStyle>& styles, double width) {
  auto lines = broken(words_of(metrics, parts, styles), width);
  if (lines.size() > 1 && lines.back().size() == 1 && lines[lines.size() - 2].size() > 2) {
    auto& before = lines[lines.size() - 2];
    lines.back().insert(lines.back().begin(), before.back());
    before.pop_back();
  }
  std::vector<RunLine> result;
  result.reserve(lines.size());
  for (const auto& line : lines) result.push_back(runs_of(line));
  return result;
}

std::vector<std::string> wrap_text(const FontMetrics& metrics, std::string_view text,
                                   const FontStyle& style, double width) {
  std::vector<std::string> lines;
  for (const auto& line : broken(words_of(metrics, {{std::string(text), 0}}, {style}), width)) {
    const RunLine runs = runs_of(line);
    if (!runs.empty()) lines.push_back(runs.front().text);
  }
  return lines;
}

}  // namespace cutaway::viz
