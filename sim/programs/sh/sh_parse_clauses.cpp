// The parser: compound commands (POSIX 2.9.4).
#include "sim/programs/sh/sh_parse.h"
#include "sim/programs/sh/sh_state.h"

namespace cutaway::sim::sh {

int Parser::enclosed(Node::Kind kind, std::string_view end) {
  advance();
  const int body = list({end});
  if (body < 0) unexpected();
  expect(end);
  return branch(kind, {body});
}

int Parser::if_clause() {
  advance();
  std::vector<int> children = {list({"then"})};
  expect("then");
  children.push_back(list({"elif", "else", "fi"}));
  if (is_word("elif")) {
    children.push_back(if_clause());
    return checked(branch(Node::Kind::If, children));
  }
  if (is_word("else")) {
    advance();
    children.push_back(list({"fi"}));
  }
  expect("fi");
  return checked(branch(Node::Kind::If, children));
}

int Parser::loop(Node::Kind kind) {
  advance();
  std::vector<int> children = {list({"do"})};
  expect("do");
  children.push_back(list({"done"}));
  expect("done");
  return checked(branch(kind, children));
}

int Parser::for_clause() {
  advance();
  Node node;
  node.kind = Node::Kind::For;
  node.name = token_.text;
  node.line = lexer_.line();
  if (token_.kind != Token::Kind::Word || !is_name(node.name))
    fail("syntax error: bad for loop variable");
  advance();
  skip_newlines();
  node.over_arguments = !is_word("in");
  if (is_word("in")) {
    for (advance(); ok() && token_.kind == Token::Kind::Word; advance())
      node.words.push_back(token_.word);
  }
  if (is_operator(";")) advance();
  skip_newlines();
  expect("do");
  const int body = list({"done"});
  expect("done");
  node.children = {body};
  return checked(add(std::move(node)));
}

int Parser::case_clause() {
  advance();
  Node node;
  node.kind = Node::Kind::Case;
  node.line = lexer_.line();
  if (token_.kind != Token::Kind::Word) unexpected();
  node.words.push_back(token_.word);
  advance();
  skip_newlines();
  if (!is_word("in")) unexpected("in");
  advance();
  skip_newlines();
  while (ok() && !is_word("esac")) node.branches.push_back(case_branch());
  expect("esac");
  return add(std::move(node));
}

Branch Parser::case_branch() {
  Branch made;
  if (is_operator("(")) advance();
  while (ok()) {
    if (token_.kind != Token::Kind::Word) unexpected();
    made.patterns.push_back(token_.word);
    advance();
    if (!is_operator("|")) break;
    advance();
  }
  expect(")");
  made.body = list({";;", "esac"});
  if (is_operator(";;")) {
    advance();
    skip_newlines();
  } else if (!is_word("esac")) {
    unexpected(";;");
  }
  return made;
}

// A compound command needs something in each of its parts.
int Parser::checked(int node) {
  for (const int child : tree_.nodes[static_cast<std::size_t>(node)].children) {
    if (child < 0) unexpected();
  }
  return node;
}

}  // namespace cutaway::sim::sh
