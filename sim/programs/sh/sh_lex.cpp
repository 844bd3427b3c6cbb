#include "sim/programs/sh/sh_lex.h"

#include <cctype>

namespace cutaway::sim::sh {

namespace {

constexpr std::string_view kOperatorSigns[] = {"<<-", "&>>", "&&", "||", ";;", ">>", "<<",
                                               "<&",  ">&",  "<>", ">|", "&>", ";",  "&",
                                               "|",   "(",   ")",  "<",  ">"};

bool ends_word(char c) {
  return std::string_view(" \t\n;&|()<>").find(c) != std::string_view::npos || c == '\0';
}

}  // namespace

void add_text(std::vector<Part>& parts, char c, bool quoted) {
  const bool fits = !parts.empty() && parts.back().kind == Part::Kind::Text &&
                    parts.back().quoted == quoted && !(quoted && parts.back().text.empty());
  if (!fits) {
    Part part;
    part.quoted = quoted;
    parts.push_back(part);
  }
  parts.back().text += c;
}

void Lexer::skip_blanks() {
  while (!at_end()) {
    if (peek() == ' ' || peek() == '\t') {
      step();
    } else if (peek() == '\\' && peek(1) == '\n') {
      step();
      step();
    } else if (peek() == '#') {
      while (!at_end() && peek() != '\n') step();
    } else {
      return;
    }
  }
}

Token Lexer::next() {
  skip_blanks();
  Token token;
  if (at_end()) {
    // A here-document whose body never came is empty.
    if (!pending_.empty()) read_heres();
    return token;
  }
  if (peek() == '\n') {
    step();
    read_heres();
    token.kind = Token::Kind::Newline;
    return token;
  }
  std::size_t digits = 0;
  while (std::isdigit(static_cast<unsigned char>(peek(digits))) != 0) ++digits;
  const bool redirects = digits == 1 && (peek(digits) == '<' || peek(digits) == '>');
  int number = -1;
  if (redirects) {
    number = script_[at_] - '0';
    at_ += digits;
  }
  for (const std::string_view op : kOperatorSigns) {
    if (script_.substr(at_, op.size()) != op) continue;
    token = read_operator(op);
    token.io_number = number;
    return token;
  }
  return read_word();
}

Token Lexer::read_operator(std::string_view op) {
  Token token;
  at_ += op.size();
  token.kind = Token::Kind::Operator;
  token.text = std::string(op);
  token.raw = token.text;
  return token;
}

Token Lexer::read_word() {
  Token token;
  token.kind = Token::Kind::Word;
  const std::size_t from = at_;
  while (error_.empty() && !ends_word(peek())) read_piece(token.word.parts, Inside::Word);
  token.raw = std::string(script_.substr(from, at_ - from));
  const std::vector<Part>& parts = token.word.parts;
  const bool plain = parts.size() == 1 && parts[0].kind == Part::Kind::Text && !parts[0].quoted;
  if (plain) token.text = parts[0].text;
  return token;
}

void Lexer::read_piece(std::vector<Part>& parts, Inside inside) {
  const bool quoted = inside != Inside::Word && inside != Inside::Brace;
  const char c = peek();
  if (c == '$') {
    const bool ansi = peek(1) == '\'' && !quoted;
    if (ansi)
      read_dollar_quotes(parts);
    else
      read_dollar(parts, quoted);
  } else if (c == '`') {
    read_backquotes(parts, quoted);
  } else if (c == '\\' && peek(1) != '\0') {
    read_backslash(parts, inside);
  } else if (c == '\'' && !quoted) {
    read_single_quotes(parts);
  } else if (c == '"' && (!quoted || inside == Inside::QuotedBrace)) {
    read_double_quotes(parts);
  } else {
    add_text(parts, c, quoted);
    step();
  }
}

void Lexer::read_backslash(std::vector<Part>& parts, Inside inside) {
  const char c = peek(1);
  const bool free = inside == Inside::Word || inside == Inside::Brace;
  // Within quotes a backslash is one, except before these (POSIX 2.2.3).
  const std::string_view special = inside == Inside::Here          ? "$`\\\n"
                                   : inside == Inside::QuotedBrace ? "$`\"\\\n}"
                                                                   : "$`\"\\\n";
  if (!free && special.find(c) == std::string_view::npos) {
    add_text(parts, '\\', true);
    step();
    return;
  }
  step();
  if (c != '\n') add_text(parts, c, true);
  step();
}

void Lexer::read_single_quotes(std::vector<Part>& parts) {
  Part part;
  part.quoted = true;
  for (step(); !at_end() && peek() != '\''; step()) part.text += peek();
  if (at_end()) fail("unterminated quoted string");
  parts.push_back(part);
  step();
}

/// $'…': the escapes of C.
void Lexer::read_dollar_quotes(std::vector<Part>& parts) {
  static constexpr std::string_view kLetters = "abefnrtv\\'\"";
  static constexpr std::string_view kBytes = "\a\b\033\f\n\r\t\v\\'\"";
  Part part;
  part.quoted = true;
  step();
  for (step(); !at_end() && peek() != '\''; step()) {
    const std::size_t known = peek() == '\\' ? kLetters.find(peek(1)) : std::string_view::npos;
    if (known == std::string_view::npos) {
      part.text += peek();
      continue;
    }
    step();
    part.text += kBytes[known];
  }
  if (at_end()) fail("unterminated quoted string");
  parts.push_back(part);
  step();
}

void Lexer::read_double_quotes(std::vector<Part>& parts) {
  step();
  const std::size_t before = parts.size();
  std::vector<Part> inner;
  while (!at_end() && peek() != '"' && error_.empty()) read_piece(inner, Inside::Quotes);
  if (at_end()) fail("unterminated quoted string");
  step();
  if (inner.empty()) {  // "" is an empty argument
    Part part;
    part.quoted = true;
    inner.push_back(part);
  }
  parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(before), inner.begin(), inner.end());
}

std::vector<Part> Lexer::read_until(std::string_view ends, Inside inside) {
  std::vector<Part> parts;
  int depth = 0;
  while (error_.empty() && !at_end()) {
    const char c = peek();
    const bool arithmetic = inside == Inside::Arithmetic;
    if (depth == 0 && ends.find(c) != std::string_view::npos) return parts;
    if (arithmetic && c == '(') ++depth;
    if (arithmetic && c == ')') --depth;
    read_piece(parts, inside);
  }
  return parts;
}

void Lexer::read_heres() {
  for (const int index : pending_) {
    HereDocument here = tree_.heres.at(static_cast<std::size_t>(index));
    read_here(here);
    tree_.heres.at(static_cast<std::size_t>(index)) = here;
  }
  pending_.clear();
}

void Lexer::read_here(HereDocument& here) {
  std::string text;
  const int first = line_;
  while (!at_end()) {
    std::string line;
    if (here.strips_tabs)
      while (peek() == '\t') step();
    while (!at_end() && peek() != '\n') {
      line += peek();
      step();
    }
    const bool whole = !at_end();
    if (whole) step();
    if (line == here.end) break;
    text += line;
    if (whole) text += '\n';
  }
  if (here.expands) {
    here.body.parts = parse_quoted_text(text, first, tree_, &error_);
    return;
  }
  Part part;
  part.quoted = true;
  part.text = text;
  here.body.parts = {part};
}

std::vector<Part> Lexer::read_here_text() {
  std::vector<Part> parts;
  while (error_.empty() && !at_end()) read_piece(parts, Inside::Here);
  return parts;
}

std::vector<Part> parse_quoted_text(std::string_view text, int line, Tree& tree,
                                    std::string* error) {
  Lexer lexer(text, tree, 0, line);
  std::vector<Part> parts = lexer.read_here_text();
  if (error != nullptr && error->empty()) *error = lexer.error();
  return parts;
}

}  // namespace cutaway::sim::sh
