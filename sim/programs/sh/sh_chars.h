// Text in the middle of its expansion: each character with where it came from.
#pragma once

#include <string>
#include <vector>

#include "sim/programs/sh/sh_state.h"

namespace cutaway::sim::sh {

struct Chars {
  enum : char {
    kLiteral = 'l',   ///< stood in the script, unquoted: may be a pattern
    kQuoted = 'q',    ///< stood in quotes
    kExpanded = 'x',  ///< came out of an expansion: is split at IFS, may be a pattern
    kNothing = 'n',   ///< no character: here were quotes, so there is a word even if it is empty
    kBreak = 'b',     ///< no character: one word of "$@" ends
  };
  std::string text, from;

  void add(std::string_view more, char kind) {
    text += more;
    from.append(more.size(), kind);
  }
  void mark(char kind) { add(std::string_view("\0", 1), kind); }
};

/// The words that it makes, split at the characters of IFS (POSIX 2.6.5).
std::vector<Chars> split_fields(const Chars& chars, const Shell& shell);
std::string plain_text(const Chars& chars);
/// As a pattern: a backslash before what was quoted.
std::string pattern_text(const Chars& chars);

}  // namespace cutaway::sim::sh
