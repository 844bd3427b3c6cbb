// A program of awk as a tree (POSIX awk; busybox's dialect). Parsed by parse_awk, run by AwkRun.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/programs/regex.h"

namespace cutaway::sim {

enum class AwkKind {
  // expressions
  Number,
  Text,
  Regex,      ///< by itself: does $0 match it?
  Name,       ///< a variable
  Element,    ///< name[kids…]
  Field,      ///< $kid
  Assign,     ///< kids: place, value; text: the operator before "=", or ""
  Condition,  ///< ?:
  And,
  Or,
  Not,
  Negate,
  Plus,     ///< unary
  Plain,    ///< in parentheses
  Binary,   ///< text: + - * / % ^
  Compare,  ///< text: < <= == != > >=
  Join,     ///< one after the other
  Match,    ///< text: ~ or !~
  In,       ///< (kids…) in name
  Before,   ///< ++x, text: + or -
  After,    ///< x++
  Call,     ///< text: a function of the program
  Builtin,  ///< text: a function of awk
  // statements
  Print,  ///< kids: what; target: where
  Printf,
  Block,
  If,     ///< kids: condition, then, else
  While,  ///< kids: condition, body
  Do,     ///< kids: body, condition
  For,    ///< kids: first, condition, next, body; any may be null
  ForIn,  ///< text: variable; array: whose keys; kids: body
  Next,
  NextFile,
  Exit,
  Return,
  Break,
  Continue,
  Delete,   ///< array; kids: the key, none: all of it
  GetLine,  ///< plain getline: the next record
  Nothing,
};

struct AwkNode;
using AwkTree = std::shared_ptr<const AwkNode>;

struct AwkNode {
  AwkKind kind = AwkKind::Nothing;
  std::string text, array;
  double number = 0;
  Regex regex;
  std::vector<AwkTree> kids;
  AwkTree target;        ///< Print, Printf: the file
  bool appends = false;  ///< >>
  int depth = 1;         ///< of the tree that begins here
};

struct AwkRule {
  enum class When { Begin, Line, End } when = When::Line;
  AwkTree pattern, until;  ///< null: always; `until`: a range
  AwkTree action;          ///< null: print $0
};

struct AwkFunction {
  std::vector<std::string> parameters;
  AwkTree body;
};

struct AwkProgram {
  std::vector<AwkRule> rules;
  std::map<std::string, AwkFunction> functions;
  std::string error;  ///< as busybox says it, behind "awk: "; empty: none
};
AwkProgram parse_awk(std::string_view text);

}  // namespace cutaway::sim
