#include "sim/programs/regex.h"

#include <cctype>
#include <functional>

#include "sim/programs/pattern.h"

namespace cutaway::sim {

struct RegexNode {
  enum class Kind {
    Char,
    Any,
    Brackets,
    Begin,
    End,
    WordEdge,
    Class,
    Back,
    Group,
    Sequence,
    Either
  };
  Kind kind = Kind::Sequence;
  char c = 0;               ///< Char; Class: w W s S; WordEdge: b B < >
  std::string brackets;     ///< behind the "["
  std::size_t number = 0;   ///< Group, Back
  int least = 1, most = 1;  ///< most −1: as many as there are
  std::vector<std::shared_ptr<const RegexNode>> children;
};

namespace {

using Node = std::shared_ptr<const RegexNode>;
using Kind = RegexNode::Kind;

class Compiler {
 public:
  Compiler(std::string_view pattern, bool extended) : pattern_(pattern), extended_(extended) {}
  Node compile() {
    Node all = either();
    if (at_ < pattern_.size() && error_.empty()) error_ = "Unmatched ) or \\)";
    return all;
  }
  std::size_t groups() const { return groups_; }
  bool alternates() const { return alternates_; }
  const std::string& error() const { return error_; }

 private:
  /// Is the operator `sign` here ("(" is "\(" in a basic expression)? It is taken.
  bool take(char sign) {
    const bool escaped = at_ + 1 < pattern_.size() && pattern_[at_] == '\\';
    if (extended_ ? at_ < pattern_.size() && pattern_[at_] == sign
                  : escaped && pattern_[at_ + 1] == sign) {
      at_ += extended_ ? 1 : 2;
      return true;
    }
    return false;
  }
  bool here(char sign) {
    const std::size_t before = at_;
    const bool is = take(sign);
    at_ = before;
    return is;
  }

  Node either() {
    auto node = std::make_shared<RegexNode>();
    node->kind = Kind::Either;
    node->children.push_back(sequence());
    while (take('|')) {
      alternates_ = true;
      node->children.push_back(sequence());
    }
    return node->children.size() == 1 ? node->children[0] : node;
  }
  Node sequence() {
    auto node = std::make_shared<RegexNode>();
    while (at_ < pattern_.size() && error_.empty() && !here('|') && !(depth_ > 0 && here(')'))) {
      if (extended_ && depth_ == 0 && pattern_[at_] == ')') return node;
      const bool first = node->children.empty();
      auto item = std::make_shared<RegexNode>(atom(first));
      repeat(*item, first);
      node->children.push_back(item);
    }
    return node;
  }
  void repeat(RegexNode& item, bool first) {
    while (at_ < pattern_.size()) {
      const bool star = pattern_[at_] == '*' && !(first && item.kind == Kind::Begin && !extended_);
      if (star) {
        ++at_;
        item = again(item, 0, -1);
      } else if (take('+')) {
        item = again(item, 1, -1);
      } else if (take('?')) {
        item = again(item, 0, 1);
      } else if (take('{')) {
        braces(item);
      } else {
        return;
      }
    }
  }
  static RegexNode again(const RegexNode& item, int least, int most) {
    RegexNode node = item;
    if (item.least != 1 || item.most != 1) {
      node = RegexNode{};
      node.children.push_back(std::make_shared<RegexNode>(item));
    }
    node.least = least;
    node.most = most;
    return node;
  }
  int number() {
    int value = 0;
    while (at_ < pattern_.size() && std::isdigit(static_cast<unsigned char>(pattern_[at_])) != 0)
      value = value * 10 + (pattern_[at_++] - '0');
    return value;
  }
  void braces(RegexNode& item) {
    const int least = number();
    int most = least;
    if (at_ < pattern_.size() && pattern_[at_] == ',') {
      ++at_;
      const std::size_t before = at_;
      most = number();
      if (at_ == before) most = -1;
    }
    if (!take('}')) error_ = "Unmatched { or \\{";
    item = again(item, least, most);
  }

  RegexNode atom(bool first) {
    RegexNode node;
    node.kind = Kind::Char;
    if (take('(')) return group();
    const char c = pattern_[at_];
    if (c == '[') return brackets();
    ++at_;
    node.c = c;
    if (c == '.') node.kind = Kind::Any;
    if (c == '^' && (extended_ || first)) node.kind = Kind::Begin;
    const bool last = at_ >= pattern_.size() || here('|') || (depth_ > 0 && here(')'));
    if (c == '$' && (extended_ || last)) node.kind = Kind::End;
    if (c == '\\' && at_ < pattern_.size()) escape(node);
    return node;
  }
  void escape(RegexNode& node) {
    const char c = pattern_[at_++];
    node.c = c;
    if (c >= '1' && c <= '9') {
      node.kind = Kind::Back;
      node.number = static_cast<std::size_t>(c - '0');
    } else if (std::string_view("wWsS").find(c) != std::string_view::npos) {
      node.kind = Kind::Class;
    } else if (std::string_view("bB<>").find(c) != std::string_view::npos) {
      node.kind = Kind::WordEdge;
    } else if (c == 'n') {
      node.c = '\n';
    } else if (c == 't') {
      node.c = '\t';
    }
  }
  RegexNode group() {
    RegexNode node;
    node.kind = Kind::Group;
    node.number = ++groups_;
    ++depth_;
    node.children.push_back(either());
    --depth_;
    if (!take(')')) error_ = "Unmatched ( or \\(";
    return node;
  }
  RegexNode brackets() {
    RegexNode node;
    node.kind = Kind::Brackets;
    std::size_t end = at_ + 1;
    bool valid = true;
    in_brackets(pattern_, end, 'x', valid);
    if (!valid) {
      error_ = "Unmatched [, [^, [:, [., or [=";
      at_ = pattern_.size();
      return node;
    }
    node.brackets = std::string(pattern_.substr(at_ + 1, end - at_ - 1));
    at_ = end;
    return node;
  }

  std::string_view pattern_;
  bool extended_;
  std::size_t at_ = 0, groups_ = 0;
  int depth_ = 0;
  bool alternates_ = false;
  std::string error_;
};

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
      case Kind::Sequence:
        return sequence(item, 0, at, next);
      case Kind::Either:
        for (const Node& child : item.children) {
          if (node(*child, at, next)) return true;
        }
        return false;
      case Kind::Group:
        return group(item, at, next);
      case Kind::Back:
        return back(item, at, next);
      case Kind::Begin:
        return at == 0 && next(at);
      case Kind::End:
        return at == text_.size() && next(at);
      case Kind::WordEdge:
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
    if (item.kind == Kind::Any) return true;
    if (item.kind == Kind::Class) {
      const bool is = item.c == 'w' || item.c == 'W' ? word_char(c) : in_class("space", c);
      return is == (item.c == 'w' || item.c == 's');
    }
    if (item.kind == Kind::Brackets) return bracketed(item, c);
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
  Compiler compiler(fixed, (flags & (kExtended | kFixed)) == kExtended);
  root_ = compiler.compile();
  groups_ = compiler.groups();
  alternates_ = compiler.alternates();
  error_ = compiler.error();
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
