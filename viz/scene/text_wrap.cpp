// Greedy line breaking at blanks.
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

struct Word {
  std::string text;
  std::size_t style = 0;
  double width = 0;
  double space = 0;
  bool glued = false;  // the rest of a word that was too long for a line
};

constexpr std::size_t kStump = 3;  // letters

// How many bytes of a text fit, at least one letter. A path or a list is rather broken after one of
// its signs, where that leaves the line more than half full.
std::size_t fitting(const FontMetrics& metrics, std::string_view text, const FontStyle& style,
                    double width) {
  constexpr std::string_view kSigns = "/,=:|-_.";
  std::size_t keep = 0;
  std::size_t sign = 0;
  for (std::size_t at = 0; at < text.size();) {
    (void)next_code_point(text, at);
    if (keep > 0 && metrics.width(text.substr(0, at), style) > width) {
      // Two halves are read more easily than all but the last letters, and those.
      const bool stump = text.size() - keep <= kStump && text.size() / 2 < keep;
      const bool ascii = static_cast<unsigned char>(text[text.size() / 2]) < 0x80;
      return sign * 2 > keep ? sign : stump && ascii ? text.size() / 2 : keep;
    }
    keep = at;
    if (kSigns.find(text[at - 1]) != std::string_view::npos) sign = at;
  }
  return keep;
}

void add_word(const FontMetrics& metrics, std::string_view text, const TextRun& part,
              const FontStyle& style, double width, std::vector<Word>& words) {
  for (bool glued = false; !text.empty(); glued = true) {
    const std::size_t keep = fitting(metrics, text, style, width);
    const std::string piece(text.substr(0, keep));
    words.push_back(
        {piece, part.style, metrics.width(piece, style), metrics.width(" ", style), glued});
    text.remove_prefix(keep);
  }
}

std::vector<Word> split_words(const FontMetrics& metrics, const std::vector<TextRun>& parts,
                              const std::vector<FontStyle>& styles, double width) {
  std::vector<Word> words;
  for (const TextRun& part : parts) {
    const FontStyle& style = styles[part.style];
    std::size_t from = 0;
    while (from < part.text.size()) {
      const std::size_t blank = part.text.find(' ', from);
      const std::size_t to = blank == std::string::npos ? part.text.size() : blank;
      add_word(metrics, std::string_view(part.text).substr(from, to - from), part, style, width,
               words);
      from = to + 1;
    }
  }
  return words;
}

std::vector<std::vector<Word>> broken(const std::vector<Word>& words, double width) {
  std::vector<std::vector<Word>> lines(1);
  double x = 0;
  for (const Word& word : words) {
    const double space = lines.back().empty() || word.glued ? 0 : lines.back().back().space;
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
    if (!runs.empty() && !word.glued) runs.back().text += " ";
    if (runs.empty() || runs.back().style != word.style) runs.push_back({"", word.style});
    runs.back().text += word.text;
  }
  return runs;
}

}  // namespace

std::vector<RunLine> wrap_runs(const FontMetrics& metrics, const std::vector<TextRun>& parts,
                               const std::vector<FontStyle>& styles, double width) {
  auto lines = broken(split_words(metrics, parts, styles, width), width);
  if (lines.size() > 1 && lines.back().size() == 1 && lines[lines.size() - 2].size() > 2) {
    auto& before = lines[lines.size() - 2];
    const Word& lone = lines.back().front();
    const Word& spared = before.back();
    if (!lone.glued && !spared.glued && spared.width + spared.space + lone.width <= width) {
      lines.back().insert(lines.back().begin(), spared);
      before.pop_back();
    }
  }
  std::vector<RunLine> result;
  result.reserve(lines.size());
  for (const auto& line : lines) result.push_back(runs_of(line));
  return result;
}

std::vector<std::string> wrap_text(const FontMetrics& metrics, std::string_view text,
                                   const FontStyle& style, double width) {
  std::vector<std::string> lines;
  for (const auto& line :
       broken(split_words(metrics, {{std::string(text), 0}}, {style}, width), width)) {
    const RunLine runs = runs_of(line);
    if (!runs.empty()) lines.push_back(runs.front().text);
  }
  return lines;
}

std::vector<std::string> wrap_to_lines(const FontMetrics& metrics, std::string_view text,
                                       const FontStyle& style, double width, std::size_t lines) {
  std::vector<std::string> all = wrap_text(metrics, text, style, width);
  if (all.size() <= lines || lines == 0) return all;
  // Lines were broken at blanks, or within a word: the text itself knows which.
  std::size_t at = 0;
  const auto pass_blanks = [&] {
    while (at < text.size() && text[at] == ' ') ++at;
  };
  pass_blanks();
  for (std::size_t i = 0; i + 1 < lines; ++i) {
    for (const char c : all[i]) {
      if (c == ' ')
        pass_blanks();
      else
        ++at;
    }
    pass_blanks();
  }
  all.resize(lines);
  all.back() = std::string(text.substr(std::min(at, text.size())));
  return all;
}

}  // namespace cutaway::viz
