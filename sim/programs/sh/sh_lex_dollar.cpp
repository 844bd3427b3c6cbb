// What begins with $ or `: parameters, commands, arithmetic (POSIX 2.6).
#include <cctype>

#include "sim/programs/sh/sh_lex.h"

namespace cutaway::sim::sh {

namespace {

constexpr std::string_view kSpecial = "?$!#@*-";

bool name_char(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

Part parameter(std::string name, bool quoted) {
  Part part;
  part.kind = Part::Kind::Parameter;
  part.text = std::move(name);
  part.quoted = quoted;
  return part;
}

struct OperatorRow {
  char sign;
  ParameterOp op;
};
constexpr OperatorRow kOperations[] = {
    {'-', ParameterOp::Default},     {'=', ParameterOp::Assign},   {'?', ParameterOp::Complain},
    {'+', ParameterOp::Alternative}, {'#', ParameterOp::CutFront}, {'%', ParameterOp::CutBack},
    {'/', ParameterOp::Replace},
};

ParameterOp operation_of(char sign) {
  for (const OperatorRow& row : kOperations) {
    if (row.sign == sign) return row.op;
  }
  return ParameterOp::Bad;
}

}  // namespace

void Lexer::read_dollar(std::vector<Part>& parts, bool quoted) {
  const char c = peek(1);
  if (c == '(' && peek(2) == '(') return read_arithmetic(parts, quoted);
  if (c == '(') return read_command(parts, quoted);
  if (c == '{') return read_brace(parts, quoted);
  std::string name;
  if (name_char(c) && !digit(c)) {
    for (step(); name_char(peek()); step()) name += peek();
  } else if (c != '\0' && (digit(c) || kSpecial.find(c) != std::string_view::npos)) {
    name = std::string(1, c);
    step();
    step();
  } else {
    add_text(parts, '$', quoted);
    step();
    return;
  }
  parts.push_back(parameter(name, quoted));
}

/// ${ … }
void Lexer::read_brace(std::vector<Part>& parts, bool quoted) {
  step();
  step();
  Part part = parameter("", quoted);
  const bool length =
      peek() == '#' && peek(1) != '}' &&
      (name_char(peek(1)) || (kSpecial.find(peek(1)) != std::string_view::npos && peek(2) == '}'));
  if (length) step();
  if (digit(peek())) {
    for (; digit(peek()); step()) part.text += peek();
  } else if (name_char(peek())) {
    for (; name_char(peek()); step()) part.text += peek();
  } else if (peek() != '}' && kSpecial.find(peek()) != std::string_view::npos && peek() != '\0') {
    part.text = std::string(1, peek());
    step();
  }
  if (length) part.op = ParameterOp::Length;
  if (part.text.empty()) part.op = ParameterOp::Bad;
  if (!length && peek() != '}' && !part.text.empty()) read_operation(part);
  if (at_end()) fail("missing '}'");
  if (peek() != '}') part.op = ParameterOp::Bad;  // an error when it is expanded
  if (part.op == ParameterOp::Bad) read_until("}", Inside::Brace);
  step();
  parts.push_back(part);
}

void Lexer::read_operation(Part& part) {
  const Inside inside = part.quoted ? Inside::QuotedBrace : Inside::Brace;
  if (peek() == ':') {
    step();
    part.colon = true;
    part.op = operation_of(peek());
    const bool substring =
        part.op == ParameterOp::Bad || peek() == '#' || peek() == '%' || peek() == '/';
    if (substring) {
      part.op = ParameterOp::Substring;
      part.word = read_until(":}", Inside::QuotedBrace);
      if (peek() != ':') return;
      step();
      part.has_second = true;
      part.second = read_until("}", Inside::QuotedBrace);
      return;
    }
  } else {
    part.op = operation_of(peek());
    if (part.op == ParameterOp::Bad) return;
  }
  const char sign = peek();
  step();
  const bool cuts = part.op == ParameterOp::CutFront || part.op == ParameterOp::CutBack ||
                    part.op == ParameterOp::Replace;
  if (cuts && peek() == sign) {
    part.twice = true;
    step();
  }
  // A pattern is one within double quotes as well: only its own quotes quote.
  part.word =
      read_until(part.op == ParameterOp::Replace ? "/}" : "}", cuts ? Inside::Brace : inside);
  if (part.op != ParameterOp::Replace || peek() != '/') return;
  step();
  part.has_second = true;
  part.second = read_until("}", Inside::Brace);
}

void Lexer::read_command(std::vector<Part>& parts, bool quoted) {
  Part part;
  part.kind = Part::Kind::Command;
  part.quoted = quoted;
  const Nested nested = parse_nested(script_, at_ + 2, line_, tree_);
  ran_out_ = ran_out_ || nested.ran_out;
  if (!tree_.error.empty() && error_.empty()) error_ = tree_.error;
  part.node = nested.node;
  at_ = nested.at;
  line_ = nested.line;
  parts.push_back(part);
}

void Lexer::read_arithmetic(std::vector<Part>& parts, bool quoted) {
  for (int i = 0; i < 3; ++i) step();
  Part part;
  part.kind = Part::Kind::Arithmetic;
  part.quoted = quoted;
  part.word = read_until(")", Inside::Arithmetic);
  if (at_end()) fail("missing '))'");
  step();
  if (error_.empty() && peek() != ')') fail("missing '))'");
  step();
  parts.push_back(part);
}

/// What stands between is a script of its own, once \` \\ \$ (and \" within quotes) are undone.
void Lexer::read_backquotes(std::vector<Part>& parts, bool quoted) {
  Part part;
  part.kind = Part::Kind::Command;
  part.quoted = quoted;
  std::string script;
  const int line = line_;
  for (step(); !at_end() && peek() != '`'; step()) {
    const bool undone = peek() == '\\' && (peek(1) == '`' || peek(1) == '\\' || peek(1) == '$' ||
                                           (quoted && peek(1) == '"'));
    if (undone) step();
    script += peek();
  }
  if (at_end()) fail("EOF in backquote substitution");
  step();
  part.node = parse_into(script, line, tree_);
  if (!tree_.error.empty() && error_.empty()) error_ = tree_.error;
  parts.push_back(part);
}

}  // namespace cutaway::sim::sh
