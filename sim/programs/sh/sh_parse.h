// The parser of the shell's grammar; its front door is parse_command of sh_tree.h.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "sim/programs/sh/sh_lex.h"

namespace cutaway::sim::sh {

bool is_keyword(std::string_view word);

class Parser {
 public:
  Parser(std::string_view script, Tree& tree, std::size_t at, int line)
      : tree_(tree), lexer_(script, tree, at, line), first_line_(line) {
    advance();
  }
  int all();                 ///< the whole script
  Nested nested();           ///< up to the ")" that is not its own
  void one(Parsed& parsed);  ///< a line, or as many as its command needs

 private:
  using Words = std::initializer_list<std::string_view>;

  void advance();
  void fail(const std::string& text);
  bool ok() const { return tree_.error.empty(); }
  void unexpected(std::string_view wanted = {});
  bool is_operator(std::string_view text) const {
    return token_.kind == Token::Kind::Operator && token_.text == text;
  }
  bool is_word(std::string_view text) const {
    return token_.kind == Token::Kind::Word && token_.text == text;
  }
  bool at_any(Words words) const;
  void skip_newlines();
  void expect(std::string_view word);
  int add(Node node);
  int branch(Node::Kind kind, std::vector<int> children);
  int sequence(const std::vector<int>& items);

  /// Commands up to one of `ends` (which stays to be read) or the end. −1: none.
  int list(Words ends);
  int line();
  int and_or();
  int pipeline();
  int command();
  int enclosed(Node::Kind kind, std::string_view end);
  int subshell() { return enclosed(Node::Kind::Subshell, ")"); }
  int group() { return enclosed(Node::Kind::Group, "}"); }
  int if_clause();
  int loop(Node::Kind kind);
  int while_loop() { return loop(Node::Kind::While); }
  int until_loop() { return loop(Node::Kind::Until); }
  int for_clause();
  int case_clause();
  Branch case_branch();
  int checked(int node);
  int with_redirects(int node);
  bool redirect(std::vector<Redirect>& redirects);
  void here_document(Redirect& made, bool strips_tabs);
  bool assignment(Node& node);
  int simple();
  int function(const std::string& name);

  Tree& tree_;
  Lexer lexer_;
  Token token_;
  int first_line_;
};

}  // namespace cutaway::sim::sh
