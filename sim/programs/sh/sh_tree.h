// A shell script as a value: nodes in a vector that name one another by index. Copyable, so a fork
// of the shell copies it (DESIGN §5.2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::sim::sh {

/// What ${name…} does with the value (POSIX 2.6.2, and what ash took from bash).
enum class ParameterOp : std::uint8_t {
  Plain,
  Default,      ///< ${x-word}, ${x:-word}
  Assign,       ///< ${x=word}
  Complain,     ///< ${x?word}
  Alternative,  ///< ${x+word}
  Length,       ///< ${#x}
  CutFront,     ///< ${x#pattern}, ##
  CutBack,      ///< ${x%pattern}, %%
  Replace,      ///< ${x/pattern/word}, //
  Substring,    ///< ${x:from:count}
  Bad,          ///< ${}: an error when it is expanded
};

/// A piece of a word.
struct Part {
  enum class Kind : std::uint8_t { Text, Parameter, Command, Arithmetic };
  Kind kind = Kind::Text;
  std::string text;     ///< characters, or the parameter's name ("x", "?", "@")
  int node = -1;        ///< Command: $( … ); −1 when there is nothing in it
  bool quoted = false;  ///< in quotes: not split at blanks, no pattern
  ParameterOp op = ParameterOp::Plain;
  bool colon = false;        ///< an empty value counts as none
  bool twice = false;        ///< ## %% //
  std::vector<Part> word;    ///< behind the operator; the expression of $(( … ))
  std::vector<Part> second;  ///< replacement; count of a substring
  bool has_second = false;
};
struct Word {
  std::vector<Part> parts;
};
struct Assignment {
  std::string name;
  Word value;
};
struct Redirect {
  enum class Kind : std::uint8_t { In, Out, Clobber, Append, ReadWrite, Duplicate, Here };
  Kind kind = Kind::Out;
  int fd = 1;
  Word target;        ///< a path, or the digits behind >&
  bool both = false;  ///< &>file: stderr as well
  int here = -1;      ///< index into Tree::heres
};
struct HereDocument {
  std::string end;
  bool expands = true;       ///< the word behind << was not quoted
  bool strips_tabs = false;  ///< <<-
  Word body;
};
/// One branch of a case.
struct Branch {
  std::vector<Word> patterns;
  int body = -1;  ///< −1: nothing
};
struct Node {
  enum class Kind : std::uint8_t {
    Simple,    ///< assignments, words, redirects
    Pipeline,  ///< children, left to right
    Sequence,  ///< children, one after the other
    And,
    Or,          ///< two children
    Not,         ///< one child
    Background,  ///< one child
    Subshell,    ///< ( … ): one child, redirects
    Group,       ///< { … }: one child, redirects
    If,          ///< condition, then, and an else if there is one
    While,
    Until,     ///< condition, body
    For,       ///< name, words, body
    Case,      ///< one word, branches
    Function,  ///< name, body
  };
  Kind kind = Kind::Simple;
  std::vector<int> children;
  std::vector<Assignment> assignments;
  std::vector<Word> words;
  std::vector<Redirect> redirects;
  std::vector<Branch> branches;
  std::string name;
  bool over_arguments = false;  ///< For without `in`
  int line = 0;
};
struct Tree {
  std::vector<Node> nodes;
  std::vector<HereDocument> heres;
  std::string error;  ///< not empty: ash's words for a syntax error
  int error_line = 0;
};

/// One complete command (a line, or as many as it needs) at the front of `script`.
struct Parsed {
  Tree tree;
  int root = -1;            ///< −1: an empty line
  std::size_t length = 0;   ///< bytes it took
  int lines = 0;            ///< newlines in them
  bool wants_more = false;  ///< the text ended within it
  bool at_end = false;      ///< nothing was left in the text
};
Parsed parse_command(std::string_view script, int line);

}  // namespace cutaway::sim::sh
