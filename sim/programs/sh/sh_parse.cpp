// Grammar of the shell: lists, pipelines, compound commands (POSIX 2.10), by recursive descent.
#include "sim/programs/sh/sh_parse.h"
#include "sim/programs/sh/sh_state.h"

#include <algorithm>

namespace cutaway::sim::sh {

namespace {

constexpr std::string_view kKeywords[] = {"!",    "{",    "}",     "case", "do",  "done",
                                          "elif", "else", "esac",  "fi",   "for", "if",
                                          "in",   "then", "until", "while"};

}  // namespace

bool is_keyword(std::string_view word) {
  return std::find(std::begin(kKeywords), std::end(kKeywords), word) != std::end(kKeywords);
}

void Parser::fail(const std::string& text) {
  if (!ok()) return;
  tree_.error = text;
  tree_.error_line = lexer_.line();
}

void Parser::advance() {
  token_ = lexer_.next();
  if (!lexer_.error().empty()) fail(lexer_.error());
}

void Parser::unexpected(std::string_view wanted) {
  std::string what;
  if (token_.kind == Token::Kind::End) what = "end of file";
  if (token_.kind == Token::Kind::Newline) what = "newline";
  if (token_.kind == Token::Kind::Operator) what = "\"" + token_.text + "\"";
  const bool keyword = is_keyword(token_.text);
  if (token_.kind == Token::Kind::Word) what = keyword ? "\"" + token_.text + "\"" : "word";
  std::string text = "syntax error: unexpected " + what;
  if (!wanted.empty()) text += " (expecting \"" + std::string(wanted) + "\")";
  fail(text);
}

void Parser::skip_newlines() {
  while (ok() && token_.kind == Token::Kind::Newline) advance();
}

void Parser::expect(std::string_view word) {
  if (!is_word(word) && !is_operator(word))
    unexpected(word);
  else
    advance();
}

int Parser::add(Node node) {
  tree_.nodes.push_back(std::move(node));
  return static_cast<int>(tree_.nodes.size()) - 1;
}

int Parser::branch(Node::Kind kind, std::vector<int> children) {
  Node node;
  node.kind = kind;
  node.children = std::move(children);
  node.line = lexer_.line();
  return add(std::move(node));
}

int Parser::sequence(const std::vector<int>& items) {
  if (items.empty()) return -1;
  return items.size() == 1 ? items[0] : branch(Node::Kind::Sequence, items);
}

bool Parser::at_any(Words words) const {
  return std::any_of(words.begin(), words.end(),
                     [this](std::string_view word) { return is_word(word) || is_operator(word); });
}

int Parser::list(Words ends) {
  std::vector<int> items;
  skip_newlines();
  while (ok() && token_.kind != Token::Kind::End && !at_any(ends)) {
    int item = and_or();
    if (is_operator("&")) item = branch(Node::Kind::Background, {item});
    items.push_back(item);
    if (!is_operator("&") && !is_operator(";") && token_.kind != Token::Kind::Newline) break;
    advance();
    skip_newlines();
  }
  return sequence(items);
}

int Parser::line() {
  std::vector<int> items;
  while (ok() && token_.kind != Token::Kind::End && token_.kind != Token::Kind::Newline) {
    int item = and_or();
    if (is_operator("&")) item = branch(Node::Kind::Background, {item});
    items.push_back(item);
    if (!is_operator("&") && !is_operator(";")) break;
    advance();
  }
  if (token_.kind != Token::Kind::End && token_.kind != Token::Kind::Newline) unexpected();
  return sequence(items);
}

int Parser::and_or() {
  int left = pipeline();
  while (ok() && (is_operator("&&") || is_operator("||"))) {
    const auto kind = is_operator("&&") ? Node::Kind::And : Node::Kind::Or;
    advance();
    skip_newlines();
    const int right = pipeline();
    left = branch(kind, {left, right});
  }
  return left;
}

int Parser::pipeline() {
  const bool negate = is_word("!");
  if (negate) advance();
  std::vector<int> parts = {command()};
  while (ok() && is_operator("|")) {
    advance();
    skip_newlines();
    parts.push_back(command());
  }
  const int node = parts.size() == 1 ? parts[0] : branch(Node::Kind::Pipeline, parts);
  return negate ? branch(Node::Kind::Not, {node}) : node;
}

int Parser::command() {
  struct Row {
    std::string_view word;
    int (Parser::*read)();
  };
  static constexpr Row kRows[] = {
      {"{", &Parser::group},          {"if", &Parser::if_clause},   {"while", &Parser::while_loop},
      {"until", &Parser::until_loop}, {"for", &Parser::for_clause}, {"case", &Parser::case_clause},
  };
  if (is_operator("(")) return with_redirects(subshell());
  for (const Row& row : kRows) {
    if (is_word(row.word)) return with_redirects((this->*row.read)());
  }
  return simple();
}

int Parser::with_redirects(int node) {
  std::vector<Redirect> redirects;
  while (ok() && redirect(redirects)) {
  }
  tree_.nodes[static_cast<std::size_t>(node)].redirects = std::move(redirects);
  return node;
}

// NAME=value in front of the words.
bool Parser::assignment(Node& node) {
  const std::vector<Part>& parts = token_.word.parts;
  if (parts.empty() || parts[0].kind != Part::Kind::Text || parts[0].quoted) return false;
  const std::string& text = parts[0].text;
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || !is_name(text.substr(0, equals))) return false;
  const std::string name = text.substr(0, equals);
  Word value = token_.word;
  value.parts[0].text = text.substr(equals + 1);
  if (value.parts[0].text.empty()) value.parts.erase(value.parts.begin());
  node.assignments.push_back({name, std::move(value)});
  return true;
}

int Parser::simple() {
  Node node;
  node.line = lexer_.line();
  while (ok()) {
    if (redirect(node.redirects)) continue;
    if (token_.kind != Token::Kind::Word) break;
    const bool assigns = node.words.empty() && assignment(node);
    if (!assigns) node.words.push_back(token_.word);
    const std::string first = token_.text;
    advance();
    const bool defines = node.words.size() == 1 && !assigns && node.assignments.empty() &&
                         node.redirects.empty() && is_operator("(");
    if (defines) return function(first);
  }
  if (node.words.empty() && node.assignments.empty() && node.redirects.empty()) unexpected();
  return add(std::move(node));
}

int Parser::function(const std::string& name) {
  advance();
  if (!is_operator(")")) unexpected(")");
  if (!is_name(name)) fail("syntax error: bad function name");
  advance();
  skip_newlines();
  Node node;
  node.kind = Node::Kind::Function;
  node.name = name;
  node.line = lexer_.line();
  node.children = {command()};
  return add(std::move(node));
}

int parse_into(std::string_view script, int line, Tree& tree) {
  Parser parser(script, tree, 0, line);
  return parser.all();
}

Nested parse_nested(std::string_view script, std::size_t at, int line, Tree& tree) {
  Parser parser(script, tree, at, line);
  return parser.nested();
}

Parsed parse_command(std::string_view script, int line) {
  Parsed parsed;
  Parser parser(script, parsed.tree, 0, line);
  parser.one(parsed);
  return parsed;
}

}  // namespace cutaway::sim::sh
