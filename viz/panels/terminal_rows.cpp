#include "viz/panels/terminal_rows.h"

#include <algorithm>

#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kLeastRowColumns = 4;
constexpr std::size_t kPromptColumns = 2;

struct Letter {
  std::size_t offset = 0, length = 0, column = 0, columns = 1;
  LetterLook ink;
};

std::vector<Letter> letters_of(const ScreenLine& line) {
  const std::vector<InkRun> plain = {{0, line.text.size(), 0, {}, false}};
  std::vector<Letter> letters;
  for (const InkRun& run : line.runs.empty() ? plain : line.runs) {
    std::size_t column = run.column;
    for (std::size_t at = run.from; at < run.to;) {
      Letter letter = {at, 1, column++, 1, run.ink};
      while (at + letter.length < run.to && continues_letter(line.text[at + letter.length]))
        ++letter.length;
      at += letter.length;
      if (at == run.to && run.wide) letter.columns = 2;
      letters.push_back(letter);
    }
  }
  return letters;
}

/// Behind the last letter that fits into a row which begins with letter `from`.
std::size_t row_end(const std::vector<Letter>& letters, const std::string& text, std::size_t from,
                    std::size_t columns) {
  const auto fits = [&](const Letter& letter) {
    return letter.column + letter.columns - letters[from].column <= columns;
  };
  std::size_t end = from + 1;
  while (end < letters.size() && fits(letters[end])) ++end;
  if (end == letters.size()) return end;
  for (std::size_t blank = end; blank > from; --blank) {
    if (text[letters[blank].offset] == ' ' && (blank - from) * 2 > end - from) return blank;
  }
  return end;
}

std::vector<TerminalSpan> spans_of(const std::vector<Letter>& letters, const std::string& text,
                                   std::size_t from, std::size_t to) {
  std::vector<TerminalSpan> spans;
  bool wide_before = false;
  for (std::size_t i = from; i < to; ++i) {
    const Letter& letter = letters[i];
    if (spans.empty() || wide_before || spans.back().ink != letter.ink)
      spans.push_back({"", letter.column - letters[from].column, 0, letter.ink});
    spans.back().text.append(text, letter.offset, letter.length);
    spans.back().columns += letter.columns;
    wide_before = letter.columns > 1;
  }
  return spans;
}

class RowMaker {
 public:
  RowMaker(const ScreenContent& content, std::size_t columns)
      : cursor_(content.cursor_place()), columns_(columns) {
    made_.cursor = content.cursor;
  }

  TerminalRows run(const std::vector<ScreenLine>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) add(lines[i], i);
    if (cursor_.line >= lines.size())
      place_cursor(made_.rows.size() + cursor_.line - lines.size(), 0);
    return std::move(made_);
  }

 private:
  void add(const ScreenLine& line, std::size_t number) {
    const std::vector<Letter> letters = letters_of(line);
    const std::size_t room =
        std::max(kLeastRowColumns, columns_ - (line.typed ? kPromptColumns : 0));
    std::size_t from = 0;
    bool first = true;
    do {
      const std::size_t end = letters.empty() ? 0 : row_end(letters, line.text, from, room);
      const std::size_t begun = letters.empty() ? 0 : letters[from].column;
      const bool here = number == cursor_.line && cursor_.column >= begun;
      if (here) place_cursor(made_.rows.size(), begun);
      made_.rows.push_back(
          {spans_of(letters, line.text, from, end), line.typed, first, line.error, line.event});
      from = end;
      while (from < letters.size() && line.text[letters[from].offset] == ' ') ++from;
      if (line.typed && from < letters.size()) mark_as_broken(made_.rows.back());
      first = false;
    } while (from < letters.size());
  }

  void place_cursor(std::size_t row, std::size_t begun) {
    made_.cursor_row = row;
    made_.cursor_column = std::min(cursor_.column - std::min(begun, cursor_.column), columns_ - 1);
  }

  /// A command that goes on in the next row, as a shell writes it.
  static void mark_as_broken(TerminalRow& row) {
    TerminalSpan& last = row.spans.back();
    last.text += " \\";
    last.columns += 2;
  }

  ScreenContent::Place cursor_;
  std::size_t columns_;
  TerminalRows made_;
};

/// A full-screen program: row by row, from the column on which the cursor lets us begin.
TerminalRows unbroken(const ScreenContent& content, std::size_t columns) {
  TerminalRows made;
  const std::size_t shift =
      content.cursor_column >= columns ? content.cursor_column - columns + 1 : 0;
  for (const ScreenLine& line : content.lines) {
    const std::vector<Letter> letters = letters_of(line);
    const auto at = [&letters](std::size_t column) {
      const auto found =
          std::partition_point(letters.begin(), letters.end(),
                               [column](const Letter& each) { return each.column < column; });
      return static_cast<std::size_t>(found - letters.begin());
    };
    made.rows.push_back({spans_of(letters, line.text, at(shift), at(shift + columns)), line.typed,
                         true, line.error, line.event});
  }
  made.cursor = content.cursor;
  made.cursor_row = content.cursor_line;
  made.cursor_column = content.cursor_column - shift;
  return made;
}

}  // namespace

TerminalRows terminal_rows(const ScreenContent& content, std::size_t columns) {
  columns = std::max(columns, kLeastRowColumns);
  if (content.alternate) return unbroken(content, columns);
  return RowMaker(content, columns).run(content.joined());
}

}  // namespace cutaway::viz
