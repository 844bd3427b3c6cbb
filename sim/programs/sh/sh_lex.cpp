#include "sim/programs/sh/sh_lex.h"

#include <cctype>

namespace cutaway::sim::sh {

namespace {

constexpr std::string_view kOperators[] = {"&&", "||", ";;", ">>", "<&", ">&", ";",
                                           "&",  "|",  "(",  ")",  "<",  ">"};

bool ends_word(char c) {
  return std::string_view(" \t\n;&|()<>").find(c) != std::string_view::npos || c == '\0';
}
bool name_char(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }

}  // namespace

void Lexer::skip_blanks() {
  while (!at_end()) {
    if (peek() == ' ' || peek() == '\t')
      ++at_;
    else if (peek() == '\\' && peek(1) == '\n')
      at_ += 2;
    else if (peek() == '#')
      while (!at_end() && peek() != '\n') ++at_;
    else
      return;
  }
}

Token Lexer::next() {
  skip_blanks();
  Token token;
  if (at_end()) return token;
  if (peek() == '\n') {
    ++at_;
    token.kind = Token::Kind::Newline;
    return token;
  }
  std::size_t digits = 0;
  while (std::isdigit(static_cast<unsigned char>(peek(digits))) != 0) ++digits;
  const bool redirects = digits > 0 && (peek(digits) == '<' || peek(digits) == '>');
  if (redirects) {
    token.io_number = script_[at_] - '0';
    at_ += digits;
  }
  for (const std::string_view op : kOperators) {
    if (script_.substr(at_, op.size()) != op) continue;
    at_ += op.size();
    token.kind = Token::Kind::Operator;
    token.text = std::string(op);
    return token;
  }
  return read_word();
}

void Lexer::add_text(Word& word, char c, bool quoted) {
  const bool fits = !word.parts.empty() && word.parts.back().kind == Part::Kind::Text &&
                    word.parts.back().quoted == quoted;
  if (!fits) word.parts.push_back({Part::Kind::Text, "", -1, quoted});
  word.parts.back().text += c;
}

Token Lexer::read_word() {
  Token token;
  token.kind = Token::Kind::Word;
  while (error_.empty() && !ends_word(peek())) {
    const char c = peek();
    if (c == '\'') {
      read_single_quotes(token.word);
    } else if (c == '"') {
      read_double_quotes(token.word);
    } else if (c == '$') {
      read_dollar(token.word, false);
    } else if (c == '`') {
      error_ = "syntax error: backquotes are not supported, use $(…)";
    } else if (c == '\\' && peek(1) != '\0') {
      add_text(token.word, peek(1), true);
      at_ += 2;
    } else {
      add_text(token.word, c, false);
      ++at_;
    }
  }
  const bool plain = token.word.parts.size() == 1 && token.word.parts[0].kind == Part::Kind::Text &&
                     !token.word.parts[0].quoted;
  if (plain) token.text = token.word.parts[0].text;
  return token;
}

void Lexer::read_single_quotes(Word& word) {
  word.parts.push_back({Part::Kind::Text, "", -1, true});
  for (++at_; !at_end() && peek() != '\''; ++at_) word.parts.back().text += peek();
  if (at_end()) error_ = "syntax error: unterminated quoted string";
  ++at_;
}

void Lexer::read_double_quotes(Word& word) {
  word.parts.push_back({Part::Kind::Text, "", -1, true});  // "" is an empty argument
  for (++at_; !at_end() && peek() != '"' && error_.empty();) {
    if (peek() == '$') {
      read_dollar(word, true);
    } else if (peek() == '\\' &&
               std::string_view("$`\"\\\n").find(peek(1)) != std::string_view::npos &&
               peek(1) != '\0') {
      if (peek(1) != '\n') add_text(word, peek(1), true);
      at_ += 2;
    } else {
      add_text(word, peek(), true);
      ++at_;
    }
  }
  if (at_end()) error_ = "syntax error: unterminated quoted string";
  ++at_;
}

void Lexer::read_dollar(Word& word, bool quoted) {
  const char c = peek(1);
  if (c == '(') {
    read_substitution(word, quoted);
    return;
  }
  std::string name;
  if (c == '{') {
    const std::size_t end = script_.find('}', at_);
    if (end == std::string_view::npos) {
      error_ = "syntax error: missing '}'";
      return;
    }
    name = std::string(script_.substr(at_ + 2, end - at_ - 2));
    at_ = end + 1;
  } else if (name_char(c) && std::isdigit(static_cast<unsigned char>(c)) == 0) {
    for (++at_; name_char(peek()); ++at_) name += peek();
  } else if (c != '\0' && std::string_view("?$!#@*0123456789").find(c) != std::string_view::npos) {
    name = std::string(1, c);
    at_ += 2;
  } else {
    add_text(word, '$', quoted);
    ++at_;
    return;
  }
  word.parts.push_back({Part::Kind::Variable, name, -1, quoted});
}

void Lexer::read_substitution(Word& word, bool quoted) {
  int depth = 0;
  char quote = 0;
  std::size_t end = at_ + 1;
  for (; end < script_.size(); ++end) {
    const char c = script_[end];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      break;
    }
  }
  if (end >= script_.size()) {
    error_ = "syntax error: unexpected end of file (expecting \")\")";
    return;
  }
  const int node = parse_into(script_.substr(at_ + 2, end - at_ - 2), tree_);
  word.parts.push_back({Part::Kind::Command, "", node, quoted});
  at_ = end + 1;
}

}  // namespace cutaway::sim::sh
