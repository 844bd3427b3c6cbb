// The words of an awk program.
#pragma once

#include <string>
#include <string_view>

namespace cutaway::sim {

struct AwkToken {
  enum class Kind {
    End,
    Newline,
    Number,
    Text,
    Regex,
    Name,
    Function,
    Word,
    Operator
  } kind = Kind::End;
  std::string text;  ///< Function: a name that "(" follows at once; Word: a keyword
  double number = 0;
};

/// "\n" and the like in a text or behind -F and -v.
std::string awk_unescaped(std::string_view text);

class AwkLexer {
 public:
  explicit AwkLexer(std::string_view text) : text_(text) {}
  /// `operand_before`: a "/" here divides; else it begins a regular expression.
  AwkToken next(bool operand_before);
  int line() const { return line_; }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void skip_blanks();
  AwkToken number();
  AwkToken text();
  AwkToken regex();
  AwkToken word();
  AwkToken sign();

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace cutaway::sim
