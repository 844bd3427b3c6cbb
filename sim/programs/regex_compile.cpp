// The compiler of regular expressions (POSIX 9.3, 9.4), by recursive descent.
#include <cctype>

#include "sim/programs/pattern.h"
#include "sim/programs/regex_tree.h"

namespace cutaway::sim {

namespace {

class Compiler {
 public:
  Compiler(std::string_view pattern, bool extended) : pattern_(pattern), extended_(extended) {}
  RegexRef compile() {
    RegexRef all = either();
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

  RegexRef either() {
    auto node = std::make_shared<RegexNode>();
    node->kind = RegexKind::Either;
    node->children.push_back(sequence());
    while (take('|')) {
      alternates_ = true;
      node->children.push_back(sequence());
    }
    return node->children.size() == 1 ? node->children[0] : node;
  }
  RegexRef sequence() {
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
      const bool star =
          pattern_[at_] == '*' && !(first && item.kind == RegexKind::Begin && !extended_);
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
    node.kind = RegexKind::Char;
    if (take('(')) return group();
    const char c = pattern_[at_];
    if (c == '[') return brackets();
    ++at_;
    node.c = c;
    if (c == '.') node.kind = RegexKind::Any;
    if (c == '^' && (extended_ || first)) node.kind = RegexKind::Begin;
    const bool last = at_ >= pattern_.size() || here('|') || (depth_ > 0 && here(')'));
    if (c == '$' && (extended_ || last)) node.kind = RegexKind::End;
    if (c == '\\' && at_ < pattern_.size()) escape(node);
    return node;
  }
  void escape(RegexNode& node) {
    const char c = pattern_[at_++];
    node.c = c;
    if (c >= '1' && c <= '9') {
      node.kind = RegexKind::Back;
      node.number = static_cast<std::size_t>(c - '0');
    } else if (std::string_view("wWsS").find(c) != std::string_view::npos) {
      node.kind = RegexKind::Class;
    } else if (std::string_view("bB<>").find(c) != std::string_view::npos) {
      node.kind = RegexKind::WordEdge;
    } else if (c == 'n') {
      node.c = '\n';
    } else if (c == 't') {
      node.c = '\t';
    }
  }
  RegexNode group() {
    RegexNode node;
    node.kind = RegexKind::Group;
    node.number = ++groups_;
    ++depth_;
    node.children.push_back(either());
    --depth_;
    if (!take(')')) error_ = "Unmatched ( or \\(";
    return node;
  }
  RegexNode brackets() {
    RegexNode node;
    node.kind = RegexKind::Brackets;
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

}  // namespace

CompiledRegex compile_regex(std::string_view pattern, bool extended) {
  Compiler compiler(pattern, extended);
  CompiledRegex made;
  made.root = compiler.compile();
  made.groups = compiler.groups();
  made.alternates = compiler.alternates();
  made.error = compiler.error();
  return made;
}

}  // namespace cutaway::sim
