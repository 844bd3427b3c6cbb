// Regular expressions of POSIX, basic and extended, with GNU's \| \+ \? \w \b and back-references:
// our own matcher, so that a simulation does not hang on a C library's locale.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway::sim {

struct RegexNode;

struct Match {
  /// Of the whole and of each group; npos when a group took no part.
  std::vector<std::pair<std::size_t, std::size_t>> groups;
  std::size_t begin() const { return groups[0].first; }
  std::size_t end() const { return groups[0].second; }
};

class Regex {
 public:
  enum Flags : unsigned { kExtended = 1, kIgnoreCase = 2, kFixed = 4, kWholeLine = 8, kWord = 16 };
  Regex() = default;
  Regex(std::string_view pattern, unsigned flags);
  /// Empty, or what is wrong with the pattern: "Unmatched ( or \\(" …
  const std::string& error() const { return error_; }
  /// The first match from `from` on.
  bool search(std::string_view text, std::size_t from, Match& match) const;

 private:
  bool match_at(std::string_view text, std::size_t from, Match& match) const;
  std::shared_ptr<const RegexNode> root_;
  std::size_t groups_ = 0;
  unsigned flags_ = 0;
  bool alternates_ = false;
  std::string error_;
};

}  // namespace cutaway::sim
