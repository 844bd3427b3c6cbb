// Words and operators of a shell script (POSIX Shell Command Language, 2.3 token recognition).
#pragma once

#include <string>
#include <string_view>

#include "sim/programs/sh/sh_tree.h"

namespace cutaway::sim::sh {

struct Token {
  enum class Kind : std::uint8_t { Word, Operator, Newline, End };
  Kind kind = Kind::End;
  std::string text;  ///< operator; or the word if it is plain and unquoted (keywords), else ""
  Word word;
  int io_number = -1;  ///< digits right before a redirection
};

class Lexer {
 public:
  /// `tree` takes the nodes of $( … ).
  Lexer(std::string_view script, Tree& tree) : script_(script), tree_(tree) {}
  Token next();
  const std::string& error() const { return error_; }

 private:
  bool at_end() const { return at_ >= script_.size(); }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < script_.size() ? script_[at_ + ahead] : '\0';
  }
  void skip_blanks();
  Token read_word();
  void read_single_quotes(Word& word);
  void read_double_quotes(Word& word);
  void read_dollar(Word& word, bool quoted);
  void read_substitution(Word& word, bool quoted);
  static void add_text(Word& word, char c, bool quoted);

  std::string_view script_;
  Tree& tree_;
  std::size_t at_ = 0;
  std::string error_;
};

/// Parses `script` into `tree`; the index of its root, −1 when it is empty. Errors go to
/// tree.error.
int parse_into(std::string_view script, Tree& tree);

}  // namespace cutaway::sim::sh
