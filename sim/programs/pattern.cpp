#include "sim/programs/pattern.h"

#include <cctype>

namespace cutaway::sim {

namespace {

struct ClassRow {
  std::string_view name;
  int (*test)(int);
};
constexpr ClassRow kClasses[] = {
    {"alnum", std::isalnum}, {"alpha", std::isalpha}, {"blank", std::isblank},
    {"cntrl", std::iscntrl}, {"digit", std::isdigit}, {"graph", std::isgraph},
    {"lower", std::islower}, {"print", std::isprint}, {"punct", std::ispunct},
    {"space", std::isspace}, {"upper", std::isupper}, {"xdigit", std::isxdigit},
};

/// One item of a bracket expression: a class, a range or a character.
bool item_holds(std::string_view pattern, std::size_t& at, char c) {
  if (pattern.substr(at, 2) == "[:") {
    const std::size_t end = pattern.find(":]", at + 2);
    if (end != std::string_view::npos) {
      const bool found = in_class(pattern.substr(at + 2, end - at - 2), c);
      at = end + 2;
      return found;
    }
  }
  if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
  const auto low = static_cast<unsigned char>(pattern[at++]);
  auto high = low;
  if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
    ++at;
    if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
    high = static_cast<unsigned char>(pattern[at++]);
  }
  const auto byte = static_cast<unsigned char>(c);
  return low <= byte && byte <= high;
}

bool match_at(std::string_view pattern, std::size_t p, std::string_view text, std::size_t t);

bool match_star(std::string_view pattern, std::size_t p, std::string_view text, std::size_t t) {
  for (; t <= text.size(); ++t) {
    if (match_at(pattern, p, text, t)) return true;
  }
  return false;
}

bool match_at(std::string_view pattern, std::size_t p, std::string_view text, std::size_t t) {
  while (p < pattern.size()) {
    const char sign = pattern[p];
    if (sign == '*') return match_star(pattern, p + 1, text, t);
    if (t >= text.size()) return false;
    if (sign == '[') {
      std::size_t after = p + 1;
      bool valid = true;
      const bool holds = in_brackets(pattern, after, text[t], valid);
      if (valid ? !holds : text[t] != '[') return false;
      p = valid ? after : p + 1;
      ++t;
      continue;
    }
    if (sign == '\\' && p + 1 < pattern.size()) ++p;
    const bool any = sign == '?';
    if (!any && pattern[p] != text[t]) return false;
    ++p;
    ++t;
  }
  return t == text.size();
}

}  // namespace

bool in_class(std::string_view name, char c) {
  for (const ClassRow& row : kClasses) {
    if (row.name == name) return row.test(static_cast<unsigned char>(c)) != 0;
  }
  return false;
}

bool in_brackets(std::string_view pattern, std::size_t& at, char c, bool& valid) {
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool found = false;
  bool first = true;
  while (at < pattern.size() && (first || pattern[at] != ']')) {
    const bool holds = item_holds(pattern, at, c);
    found = found || holds;
    first = false;
  }
  valid = at < pattern.size();
  if (valid) ++at;
  return found != negated;
}

bool matches_pattern(std::string_view pattern, std::string_view text) {
  return match_at(pattern, 0, text, 0);
}

bool has_wildcard(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
      continue;
    }
    if (pattern[i] == '*' || pattern[i] == '?') return true;
    if (pattern[i] == '[' && pattern.find(']', i + 1) != std::string_view::npos) return true;
  }
  return false;
}

std::string without_backslashes(std::string_view pattern) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    text += pattern[i];
  }
  return text;
}

}  // namespace cutaway::sim
