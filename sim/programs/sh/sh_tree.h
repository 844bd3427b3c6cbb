// A shell script as a value: nodes in a vector that name one another by index. Copyable, so a fork
// of the shell copies it (DESIGN §5.2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::sim::sh {

/// A piece of a word.
struct Part {
  enum class Kind : std::uint8_t { Text, Variable, Command };
  Kind kind = Kind::Text;
  std::string text;     ///< characters, the variable's name ("x", "?", "@"), or nothing
  int node = -1;        ///< Command: $( … )
  bool quoted = false;  ///< in quotes: not split at blanks
};
struct Word {
  std::vector<Part> parts;
};
struct Assignment {
  std::string name;
  Word value;
};
struct Redirect {
  enum class Kind : std::uint8_t { In, Out, Append, Duplicate };
  Kind kind = Kind::Out;
  int fd = 1;
  Word target;  ///< a path, or the digits behind >&
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
    Until,  ///< condition, body
    For,    ///< name, words, body
  };
  Kind kind = Kind::Simple;
  std::vector<int> children;
  std::vector<Assignment> assignments;
  std::vector<Word> words;
  std::vector<Redirect> redirects;
  std::string name;
};
struct Tree {
  std::vector<Node> nodes;
  int root = -1;      ///< −1: nothing to do
  std::string error;  ///< not empty: ash's words for a syntax error
};

Tree parse(std::string_view script);

}  // namespace cutaway::sim::sh
