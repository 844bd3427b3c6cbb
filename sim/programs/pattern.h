// Patterns of the shell (POSIX 2.13): * ? [a-z] [!a] [[:alpha:]] and \ before what is meant as it
// is.
#pragma once

#include <string>
#include <string_view>

namespace cutaway::sim {

bool matches_pattern(std::string_view pattern, std::string_view text);
/// Is there anything in it that is no plain character?
bool has_wildcard(std::string_view pattern);
/// The plain text of a pattern without wildcards.
std::string without_backslashes(std::string_view pattern);
/// Is `c` in the class ("alpha", "space" …)?
bool in_class(std::string_view name, char c);
/// A bracket expression at `at` (behind its "["): whether `c` is in it; `at` moves behind "]".
/// False in `valid` when it has no end.
bool in_brackets(std::string_view pattern, std::size_t& at, char c, bool& valid);

}  // namespace cutaway::sim
