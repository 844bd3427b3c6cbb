// Text for a terminal: paragraphs that wrap at a width, with indents that shrink where it is
// narrow.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cutaway::viz {

/// Least number of columns that text is made for; a narrower terminal breaks the lines itself.
inline constexpr int kLeastColumns = 40;

enum class Ink { Plain, Strong, Quiet, Bad };

/// A stretch of text in one ink; without colour all look the same.
struct Inked {
  std::string text;
  Ink ink = Ink::Plain;
};

class TextLines {
 public:
  explicit TextLines(int columns, bool color = false);

  /// A paragraph: its first line begins at `indent`, the others at `hang` (default: the same).
  void add(const std::vector<Inked>& parts, int indent = 0, int hang = -1);
  void add(std::string_view text, int indent = 0, int hang = -1);
  /// A line that is not wrapped but cut: nobody copies the end of it.
  void line(const std::vector<Inked>& parts, int indent = 0);
  void blank();
  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void put(std::string_view word, Ink ink);
  void break_line(int indent);
  void open(Ink ink);
  void close(Ink ink);

  int columns_;
  bool color_;
  std::string text_;
  int at_ = 0;  ///< column
};

}  // namespace cutaway::viz
