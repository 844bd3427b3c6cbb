#include "sim/programs/awk/awk_token.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "base/text.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kWords[] = {"BEGIN",    "END",   "function", "func",     "if",
                                       "else",     "while", "for",      "do",       "break",
                                       "continue", "next",  "exit",     "return",   "in",
                                       "delete",   "print", "printf",   "nextfile", "getline"};
constexpr std::string_view kAwkSigns[] = {"**=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=",
                                          "%=",  "^=", "==", "<=", ">=", "!=", "!~", ">>", "**"};

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
}  // namespace

std::string awk_unescaped(std::string_view text) {
  static constexpr std::string_view kLetters = "ntrabfv\\\"/", kMeant = "\n\t\r\a\b\f\v\\\"/";
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      made += text[i];
      continue;
    }
    const char c = text[++i];
    const std::size_t known = kLetters.find(c);
    if (known != std::string_view::npos) {
      made += kMeant[known];
    } else if (c >= '0' && c <= '7') {
      int value = 0;
      std::size_t end = i;
      while (end < text.size() && end < i + 3 && text[end] >= '0' && text[end] <= '7')
        value = value * 8 + (text[end++] - '0');
      made += static_cast<char>(value);
      i = end - 1;
    } else {
      made += '\\';
      made += c;
    }
  }
  return made;
}

void AwkLexer::skip_blanks() {
  while (true) {
    if (peek() == ' ' || peek() == '\t' || peek() == '\r') {
      ++at_;
    } else if (peek() == '\\' && peek(1) == '\n') {
      at_ += 2;
      ++line_;
    } else if (peek() == '#') {
      while (at_ < text_.size() && peek() != '\n') ++at_;
    } else {
      return;
    }
  }
}

AwkToken AwkLexer::next(bool operand_before) {
  skip_blanks();
  if (at_ >= text_.size()) return {};
  const char c = peek();
  if (c == '\n') {
    ++at_;
    ++line_;
    return {AwkToken::Kind::Newline, "\n"};
  }
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
  if (c == '"') return text();
  if (c == '/' && !operand_before) return regex();
  return is_name(c) ? word() : sign();
}

AwkToken AwkLexer::number() {
  const std::string rest(text_.substr(at_));
  char* end = nullptr;
  AwkToken token{AwkToken::Kind::Number, ""};
  token.number = std::strtod(rest.c_str(), &end);
  at_ += static_cast<std::size_t>(end - rest.c_str());
  return token;
}

AwkToken AwkLexer::text() {
  const std::size_t begin = ++at_;
  while (at_ < text_.size() && peek() != '"') at_ += peek() == '\\' ? 2 : 1;
  const std::size_t end = std::min(at_, text_.size());
  at_ = end + 1;
  return {AwkToken::Kind::Text, awk_unescaped(text_.substr(begin, end - begin))};
}

AwkToken AwkLexer::regex() {
  AwkToken token{AwkToken::Kind::Regex, ""};
  ++at_;
  while (at_ < text_.size() && peek() != '/' && peek() != '\n') {
    if (peek() == '\\' && peek(1) == '/') ++at_;  // only for us
    if (peek() == '\\' && peek(1) != '/' && at_ + 1 < text_.size()) token.text += text_[at_++];
    token.text += text_[at_++];
  }
  ++at_;
  return token;
}

AwkToken AwkLexer::word() {
  const std::size_t begin = at_;
  while (is_name(peek())) ++at_;
  AwkToken token{AwkToken::Kind::Name, std::string(text_.substr(begin, at_ - begin))};
  if (std::find(std::begin(kWords), std::end(kWords), token.text) != std::end(kWords))
    token.kind = AwkToken::Kind::Word;
  else if (peek() == '(')
    token.kind = AwkToken::Kind::Function;
  return token;
}

AwkToken AwkLexer::sign() {
  for (const std::string_view sign : kAwkSigns) {
    if (text_.substr(at_, sign.size()) != sign) continue;
    at_ += sign.size();
    if (sign == "**") return {AwkToken::Kind::Operator, "^"};
    return {AwkToken::Kind::Operator, sign == "**=" ? "^=" : std::string(sign)};
  }
  return {AwkToken::Kind::Operator, std::string(1, text_[at_++])};
}

}  // namespace cutaway::sim
