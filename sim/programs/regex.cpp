#include "sim/programs/regex.h"

#include <cctype>
#include <functional>

#include "sim/programs/pattern.h"
#include "sim/programs/regex_tree.h"

namespace cutaway::sim {

namespace {

bool word_char(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }

class Matcher {
 public:
  using Next = std::function<bool(std::size_t)>;
  Matcher(std::string_view text, bool ignore_case, Match& match)
      : text_(text), ignore_case_(ignore_case), match_(match) {}

  bool node(const RegexNode& node, std::size_t at, const Next& next) {
    if (node.least == 1 && node.most == 1) return once(node, at, next);
    return many(node, at, 0, next);
  }

 private:
  /// As often as possible first.
  bool many(const RegexNode& item, std::size_t at, int times, const Next& next) {
    if (item.most < 0 || times < item.most) {
      const bool more = once(item, at, [&](std::size_t after) {
        if (after == at && times >= item.least) return false;  // an empty turn brings nothing
        return many(item, after, times + 1, next);
      });
      if (more) return true;
    }
    return times >= item.least && next(at);
  }
  bool once(const RegexNode& item, std::size_t at, const Next& next) {
    switch (item.kind) {
      case RegexKind::Sequence:
        return sequence(item, 0, at, next);
      case RegexKind::Either:
        for (const RegexRef& child : item.children) {
          if (node(*child, at, next)) return true;
        }
        return false;
      case RegexKind::Group:
        return group(item, at, next);
      case RegexKind::Back:
        return back(item, at, next);
      case RegexKind::Begin:
        return at == 0 && next(at);
      case RegexKind::End:
        return at == text_.size() && next(at);
      case RegexKind::WordEdge:
        return edge(item.c, at) && next(at);
      default:
        return at < text_.size() && fits(item, text_[at]) && next(at + 1);
    }
  }
  bool sequence(const RegexNode& item, std::size_t child, std::size_t at, const Next& next) {
    if (child == item.children.size()) return next(at);
    return node(*item.children[child], at,
                [&](std::size_t after) { return sequence(item, child + 1, after, next); });
  }
  bool group(const RegexNode& item, std::size_t at, const Next& next) {
    const auto before = match_.groups[item.number];
    const bool done = node(*item.children[0], at, [&](std::size_t after) {
      const auto inner = match_.groups[item.number];
      match_.groups[item.number] = {at, after};
      if (next(after)) return true;
      match_.groups[item.number] = inner;
      return false;
    });
    if (!done) match_.groups[item.number] = before;
    return done;
  }
  bool back(const RegexNode& item, std::size_t at, const Next& next) {
    if (item.number >= match_.groups.size()) return false;
    const auto [from, to] = match_.groups[item.number];
    if (from == std::string_view::npos) return false;
    const std::string_view piece = text_.substr(from, to - from);
    return text_.substr(at, piece.size()) == piece && next(at + piece.size());
  }
  bool edge(char kind, std::size_t at) const {
    const bool before = at > 0 && word_char(text_[at - 1]);
    const bool after = at < text_.size() && word_char(text_[at]);
    if (kind == '<') return !before && after;
    if (kind == '>') return before && !after;
    return (before != after) == (kind == 'b');
  }
  bool fits(const RegexNode& item, char c) const {
    if (item.kind == RegexKind::Any) return true;
    if (item.kind == RegexKind::Class) {
      const bool is = item.c == 'w' || item.c == 'W' ? word_char(c) : in_class("space", c);
      return is == (item.c == 'w' || item.c == 's');
    }
    if (item.kind == RegexKind::Brackets) return bracketed(item, c);
    return same(item.c, c);
  }
  bool bracketed(const RegexNode& item, char c) const {
    std::size_t at = 0;
    bool valid = true;
    if (in_brackets(item.brackets, at, c, valid)) return true;
    if (!ignore_case_) return false;
    at = 0;
    const auto byte = static_cast<unsigned char>(c);
    const int other = std::islower(byte) != 0 ? std::toupper(byte) : std::tolower(byte);
    return in_brackets(item.brackets, at, static_cast<char>(other), valid);
  }
  bool same(char a, char b) const {
    if (a == b) return true;
    return ignore_case_ && std::tolower(static_cast<unsigned char>(a)) ==
                               std::tolower(static_cast<unsigned char>(b));
  }

  std::string_view text_;
  bool ignore_case_;
  Match& match_;
};

std::string escaped(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (std::string_view("\\.[]*^$").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern;
}

}  // namespace

Regex::Regex(std::string_view pattern, unsigned flags) : flags_(flags) {
  const std::string fixed = (flags & kFixed) != 0 ? escaped(pattern) : std::string(pattern);
  CompiledRegex made = compile_regex(fixed, (flags & (kExtended | kFixed)) == kExtended);
  root_ = std::move(made.root);
  groups_ = made.groups;
  alternates_ = made.alternates;
  error_ = std::move(made.error);
}

bool Regex::match_at(std::string_view text, std::size_t from, Match& match) const {
  // Of all ways to match here the longest counts (POSIX 2.8.1).
  Match best;
  match.groups.assign(groups_ + 1, {std::string_view::npos, std::string_view::npos});
  Matcher matcher(text, (flags_ & kIgnoreCase) != 0, match);
  matcher.node(*root_, from, [&](std::size_t end) {
    const bool edges = (flags_ & kWord) == 0 || ((from == 0 || !word_char(text[from - 1])) &&
                                                 (end == text.size() || !word_char(text[end])));
    const bool whole = (flags_ & kWholeLine) == 0 || (from == 0 && end == text.size());
    if (!edges || !whole) return false;
    if (best.groups.empty() || end > best.groups[0].second) {
      best = match;
      best.groups[0] = {from, end};
    }
    // Without alternatives the greedy way is the longest.
    return !alternates_ || end == text.size();
  });
  if (best.groups.empty()) return false;
  match = best;
  return true;
}

bool Regex::search(std::string_view text, std::size_t from, Match& match) const {
  for (std::size_t at = from; at <= text.size(); ++at) {
    if (match_at(text, at, match)) return true;
  }
  return false;
}

}  // namespace cutaway::sim
