// Words and operators of a shell script (POSIX Shell Command Language, 2.3 token recognition).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/programs/sh/sh_tree.h"

namespace cutaway::sim::sh {

struct Token {
  enum class Kind : std::uint8_t { Word, Operator, Newline, End };
  Kind kind = Kind::End;
  std::string text;  ///< operator; or the word if it is plain and unquoted (keywords), else ""
  std::string raw;   ///< as it stands in the script: for messages
  Word word;
  int io_number = -1;  ///< digits right before a redirection
};

class Lexer {
 public:
  /// `tree` takes the nodes of $( … ).
  Lexer(std::string_view script, Tree& tree, std::size_t at = 0, int line = 0)
      : script_(script), tree_(tree), at_(at), line_(line) {}
  Token next();
  /// The body of this here-document begins behind the next newline.
  void expect_here(int index) { pending_.push_back(index); }

  /// All of the text, as a here-document's body.
  std::vector<Part> read_here_text();

  const std::string& error() const { return error_; }
  std::size_t at() const { return at_; }
  int line() const { return line_; }
  bool ran_out() const { return ran_out_; }

 private:
  /// What ends a piece of text besides its own closing sign.
  enum class Inside : std::uint8_t { Word, Quotes, Brace, QuotedBrace, Here, Arithmetic };

  bool at_end() {
    if (at_ >= script_.size()) ran_out_ = true;
    return at_ >= script_.size();
  }
  char peek(std::size_t ahead = 0) {
    if (at_ + ahead >= script_.size()) ran_out_ = true;
    return at_ + ahead < script_.size() ? script_[at_ + ahead] : '\0';
  }
  void step() {
    if (at_ < script_.size() && script_[at_] == '\n') ++line_;
    ++at_;
  }
  void fail(std::string_view text) {
    if (error_.empty()) error_ = "syntax error: " + std::string(text);
  }
  void skip_blanks();
  Token read_operator(std::string_view op);
  Token read_word();
  void read_single_quotes(std::vector<Part>& parts);
  void read_dollar_quotes(std::vector<Part>& parts);
  void read_double_quotes(std::vector<Part>& parts);
  void read_backslash(std::vector<Part>& parts, Inside inside);
  void read_dollar(std::vector<Part>& parts, bool quoted);
  void read_brace(std::vector<Part>& parts, bool quoted);
  void read_operation(Part& part);
  void read_command(std::vector<Part>& parts, bool quoted);
  void read_arithmetic(std::vector<Part>& parts, bool quoted);
  void read_backquotes(std::vector<Part>& parts, bool quoted);
  /// Text with quotes and dollars up to `end` (which is taken), within ${ … } or $(( … )).
  std::vector<Part> read_until(std::string_view ends, Inside inside);
  void read_piece(std::vector<Part>& parts, Inside inside);
  void read_heres();
  void read_here(HereDocument& here);

  std::string_view script_;
  Tree& tree_;
  std::size_t at_ = 0;
  int line_ = 0;
  bool ran_out_ = false;
  std::vector<int> pending_;
  std::string error_;
};

/// Parses a list up to `)` at `at` (which moves behind it); its node, −1 when there is none.
struct Nested {
  int node = -1;
  std::size_t at = 0;
  int line = 0;
  bool ran_out = false;
};
Nested parse_nested(std::string_view script, std::size_t at, int line, Tree& tree);
/// Parses all of `script` into `tree`.
int parse_into(std::string_view script, int line, Tree& tree);
/// The parts of a here-document's body, of PS1 and the like: as within double quotes.
std::vector<Part> parse_quoted_text(std::string_view text, int line, Tree& tree,
                                    std::string* error);

void add_text(std::vector<Part>& parts, char c, bool quoted);

}  // namespace cutaway::sim::sh
