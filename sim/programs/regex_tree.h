// Inside of regex: the tree of an expression and how it is made. Front door: regex.h.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

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

using RegexKind = RegexNode::Kind;
using RegexRef = std::shared_ptr<const RegexNode>;

struct CompiledRegex {
  RegexRef root;
  std::size_t groups = 0;
  bool alternates = false;
  std::string error;
};
CompiledRegex compile_regex(std::string_view pattern, bool extended);

}  // namespace cutaway::sim
