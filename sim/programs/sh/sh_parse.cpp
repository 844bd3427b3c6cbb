// Grammar of the shell: lists, pipelines, compound commands (POSIX 2.10), by recursive descent.
#include "sim/programs/sh/sh_lex.h"

namespace cutaway::sim::sh {

namespace {

class Parser {
 public:
  Parser(std::string_view script, Tree& tree) : tree_(tree), lexer_(script, tree) { advance(); }

  int parse_all() {
    const int root = list({});
    if (token_.kind != Token::Kind::End) unexpected();
    return root;
  }

 private:
  using Words = std::initializer_list<std::string_view>;

  void advance() {
    token_ = lexer_.next();
    if (!lexer_.error().empty()) fail(lexer_.error());
  }
  void fail(const std::string& text) {
    if (tree_.error.empty()) tree_.error = text;
  }
  bool ok() const { return tree_.error.empty(); }
  void unexpected() {
    const bool end = token_.kind == Token::Kind::End;
    fail("syntax error: unexpected " + (end ? std::string("end of file")
                                        : token_.kind == Token::Kind::Newline
                                            ? "newline"
                                            : "\"" + token_.text + "\""));
  }
  bool is_operator(std::string_view text) const {
    return token_.kind == Token::Kind::Operator && token_.text == text;
  }
  bool is_word(std::string_view text) const {
    return token_.kind == Token::Kind::Word && token_.text == text;
  }
  bool at_any(Words words) const {
    for (const std::string_view word : words) {
      if (is_word(word) || is_operator(word)) return true;
    }
    return false;
  }
  void skip_newlines() {
    while (ok() && token_.kind == Token::Kind::Newline) advance();
  }
  void expect(std::string_view word) {
    if (!is_word(word) && !is_operator(word))
      unexpected();
    else
      advance();
  }
  int add(Node node) {
    tree_.nodes.push_back(std::move(node));
    return static_cast<int>(tree_.nodes.size()) - 1;
  }
  int branch(Node::Kind kind, std::vector<int> children) {
    Node node;
    node.kind = kind;
    node.children = std::move(children);
    return add(std::move(node));
  }

  // Commands up to one of `ends` (which stays to be read) or the end. −1: none.
  int list(Words ends) {
    std::vector<int> items;
    skip_newlines();
    while (ok() && token_.kind != Token::Kind::End && !at_any(ends) && !is_operator(")")) {
      int item = and_or();
      if (is_operator("&")) item = branch(Node::Kind::Background, {item});
      items.push_back(item);
      if (!is_operator("&") && !is_operator(";") && token_.kind != Token::Kind::Newline) break;
      advance();
      skip_newlines();
    }
    if (items.empty()) return -1;
    return items.size() == 1 ? items[0] : branch(Node::Kind::Sequence, items);
  }
  int and_or() {
    int left = pipeline();
    while (ok() && (is_operator("&&") || is_operator("||"))) {
      const auto kind = is_operator("&&") ? Node::Kind::And : Node::Kind::Or;
      advance();
      skip_newlines();
      left = branch(kind, {left, pipeline()});
    }
    return left;
  }
  int pipeline() {
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
  int command() {
    if (is_operator("(")) return enclosed(Node::Kind::Subshell, ")");
    if (is_word("{")) return enclosed(Node::Kind::Group, "}");
    if (is_word("if")) return with_redirects(if_clause());
    if (is_word("while")) return with_redirects(loop(Node::Kind::While));
    if (is_word("until")) return with_redirects(loop(Node::Kind::Until));
    if (is_word("for")) return with_redirects(for_clause());
    return simple();
  }
  int enclosed(Node::Kind kind, std::string_view end) {
    advance();
    const int body = list({end});
    if (body < 0) unexpected();
    expect(end);
    return with_redirects(branch(kind, {body}));
  }
  int if_clause() {
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
  int loop(Node::Kind kind) {
    advance();
    std::vector<int> children = {list({"do"})};
    expect("do");
    children.push_back(list({"done"}));
    expect("done");
    return checked(branch(kind, children));
  }
  int for_clause() {
    advance();
    Node node;
    node.kind = Node::Kind::For;
    node.name = token_.text;
    if (token_.kind != Token::Kind::Word || node.name.empty()) unexpected();
    advance();
    if (is_word("in")) {
      for (advance(); ok() && token_.kind == Token::Kind::Word; advance())
        node.words.push_back(token_.word);
    }
    if (is_operator(";")) advance();
    skip_newlines();
    expect("do");
    node.children = {list({"done"})};
    expect("done");
    return checked(add(std::move(node)));
  }
  // A compound command needs something in each of its parts.
  int checked(int node) {
    for (const int child : tree_.nodes[static_cast<std::size_t>(node)].children) {
      if (child < 0) unexpected();
    }
    return node;
  }
  int with_redirects(int node) {
    while (ok() && redirect(tree_.nodes[static_cast<std::size_t>(node)].redirects)) {
    }
    return node;
  }
  bool redirect(std::vector<Redirect>& redirects) {
    if (token_.kind != Token::Kind::Operator ||
        token_.text.find_first_of("<>") == std::string::npos)
      return false;
    Redirect made;
    const std::string op = token_.text;
    made.kind = op == "<"    ? Redirect::Kind::In
                : op == ">>" ? Redirect::Kind::Append
                : op == ">"  ? Redirect::Kind::Out
                             : Redirect::Kind::Duplicate;
    made.fd = token_.io_number >= 0 ? token_.io_number : op[0] == '<' ? 0 : 1;
    advance();
    if (token_.kind != Token::Kind::Word) {
      unexpected();
      return false;
    }
    made.target = token_.word;
    redirects.push_back(std::move(made));
    advance();
    return true;
  }
  // NAME=value in front of the words.
  bool assignment(Node& node) {
    if (token_.word.parts.empty() || token_.word.parts[0].kind != Part::Kind::Text ||
        token_.word.parts[0].quoted)
      return false;
    const std::string& text = token_.word.parts[0].text;
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return false;
    const std::string name = text.substr(0, equals);
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") !=
        std::string::npos)
      return false;
    Word value = token_.word;
    value.parts[0].text = text.substr(equals + 1);
    value.parts[0].quoted = true;
    node.assignments.push_back({name, std::move(value)});
    return true;
  }
  int simple() {
    Node node;
    while (ok()) {
      if (redirect(node.redirects)) continue;
      if (token_.kind != Token::Kind::Word) break;
      if (!node.words.empty() || !assignment(node)) node.words.push_back(token_.word);
      advance();
    }
    if (node.words.empty() && node.assignments.empty() && node.redirects.empty()) unexpected();
    return add(std::move(node));
  }

  Tree& tree_;
  Lexer lexer_;
  Token token_;
};

}  // namespace

int parse_into(std::string_view script, Tree& tree) { return Parser(script, tree).parse_all(); }

Tree parse(std::string_view script) {
  Tree tree;
  tree.root = parse_into(script, tree);
  return tree;
}

}  // namespace cutaway::sim::sh
