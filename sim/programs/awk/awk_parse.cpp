// From the text of an awk program to its tree: recursive descent, lowest precedence first.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/awk/awk_token.h"
#include "sim/programs/awk/awk_tree.h"

namespace cutaway::sim {

namespace {

using TokenKind = AwkToken::Kind;
constexpr std::string_view kBuiltins[] = {
    "length",  "substr", "index",  "split", "sub", "gsub", "match", "sprintf", "tolower",
    "toupper", "int",    "sqrt",   "exp",   "log", "sin",  "cos",   "atan2",   "rand",
    "srand",   "close",  "fflush", "and",   "or",  "xor",  "compl", "lshift",  "rshift"};
/// What busybox has and this does not: it would start programs or read other files.
constexpr std::string_view kNotYet[] = {"system", "systime", "strftime", "mktime"};
constexpr std::string_view kAssignments[] = {"=", "+=", "-=", "*=", "/=", "%=", "^="};
constexpr std::string_view kComparisons[] = {"<", "<=", "==", "!=", ">", ">="};

/// Who walks a tree does it by recursion: a program shall not be deeper than a stack of ours.
constexpr int kDeepestTree = 200;

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) { advance(); }

  AwkProgram run() {
    skip_ends();
    while (token_.kind != TokenKind::End && made_.error.empty()) {
      item();
      skip_ends();
    }
    return std::move(made_);
  }

 private:
  using Parse = AwkTree (Parser::*)();

  /// While something is read within something else.
  class Nested {
   public:
    explicit Nested(Parser& parser) : parser_(parser) {
      if (++parser_.nested_ > kDeepestTree) parser_.fail("Too deep");
    }
    ~Nested() { --parser_.nested_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Parser& parser_;
  };

  // ---- words
  void advance() {
    if (!made_.error.empty()) return;
    const bool operand = token_.kind == TokenKind::Number || token_.kind == TokenKind::Text ||
                         token_.kind == TokenKind::Name || is(")") || is("]") || is("++") ||
                         is("--");
    token_ = lexer_.next(operand);
  }
  bool is(std::string_view sign) const {
    return token_.kind == TokenKind::Operator && token_.text == sign;
  }
  bool is_word(std::string_view word) const {
    return token_.kind == TokenKind::Word && token_.text == word;
  }
  bool accept(std::string_view sign) {
    if (!is(sign)) return false;
    advance();
    return true;
  }
  bool accept_word(std::string_view word) {
    if (!is_word(word)) return false;
    advance();
    return true;
  }
  void expect(std::string_view sign) {
    if (!accept(sign)) fail("Unexpected token");
  }
  void fail(std::string_view what) {
    if (made_.error.empty())
      made_.error = "cmd. line:" + decimal(lexer_.line()) + ": " + std::string(what);
    token_ = {};
  }
  bool ends() const { return token_.kind == TokenKind::Newline || is(";"); }
  void skip_ends() {
    while (ends()) advance();
  }
  void skip_newlines() {
    while (token_.kind == TokenKind::Newline) advance();
  }
  AwkTree tree(AwkNode node) {
    for (const AwkTree& kid : node.kids)
      if (kid != nullptr) node.depth = std::max(node.depth, kid->depth + 1);
    if (node.depth > kDeepestTree) fail("Too deep");
    return std::make_shared<const AwkNode>(std::move(node));
  }
  AwkTree tree(AwkKind kind, std::vector<AwkTree> kids, std::string text = {}) {
    AwkNode node;
    node.kind = kind;
    node.kids = std::move(kids);
    node.text = std::move(text);
    return tree(std::move(node));
  }

  // ---- rules
  void item() {
    if (accept_word("function") || accept_word("func")) return function();
    AwkRule rule;
    if (accept_word("BEGIN")) {
      rule.when = AwkRule::When::Begin;
    } else if (accept_word("END")) {
      rule.when = AwkRule::When::End;
    } else if (!is("{")) {
      rule.pattern = expression();
      if (accept(",")) {
        skip_newlines();
        rule.until = expression();
      }
    }
    if (is("{"))
      rule.action = block();
    else if (rule.when != AwkRule::When::Line)
      fail("Unexpected token");
    made_.rules.push_back(std::move(rule));
  }

  void function() {
    const std::string name = token_.text;
    if (token_.kind != TokenKind::Name && token_.kind != TokenKind::Function)
      return fail("Unexpected token");
    advance();
    expect("(");
    AwkFunction made;
    while (token_.kind == TokenKind::Name) {
      made.parameters.push_back(token_.text);
      advance();
      if (!accept(",")) break;
      skip_newlines();
    }
    expect(")");
    skip_newlines();
    made.body = block();
    made_.functions[name] = std::move(made);
  }

  // ---- statements
  AwkTree block() {
    expect("{");
    std::vector<AwkTree> all;
    skip_ends();
    while (!is("}") && token_.kind != TokenKind::End) {
      all.push_back(statement());
      skip_ends();
    }
    expect("}");
    return tree(AwkKind::Block, std::move(all));
  }

  AwkTree body() {
    skip_newlines();
    if (accept(";")) return tree(AwkKind::Nothing, {});
    return statement();
  }

  AwkTree statement() {
    const Nested nested(*this);
    if (is("{")) return block();
    if (accept_word("if")) return if_statement();
    if (accept_word("while")) {
      const AwkTree condition = in_parentheses();
      return tree(AwkKind::While, {condition, body()});
    }
    if (accept_word("do")) return do_statement();
    if (accept_word("for")) return for_statement();
    const AwkTree simple = simple_statement();
    if (!ends() && !is("}") && token_.kind != TokenKind::End) fail("Unexpected token");
    return simple;
  }

  AwkTree in_parentheses() {
    expect("(");
    const AwkTree inside = expression();
    expect(")");
    return inside;
  }

  AwkTree if_statement() {
    std::vector<AwkTree> parts;
    parts.push_back(in_parentheses());
    parts.push_back(body());
    // "if (x) a; else b": the end of a belongs to it only when an else follows.
    const AwkLexer lexer = lexer_;
    const AwkToken token = token_;
    skip_ends();
    if (accept_word("else")) {
      parts.push_back(body());
    } else {
      lexer_ = lexer;
      token_ = token;
    }
    return tree(AwkKind::If, std::move(parts));
  }

  AwkTree do_statement() {
    const AwkTree repeated = body();
    skip_ends();
    if (!accept_word("while")) fail("Unexpected token");
    return tree(AwkKind::Do, {repeated, in_parentheses()});
  }

  AwkTree for_statement() {
    expect("(");
    const AwkTree first = is(";") ? nullptr : simple_statement();
    const bool over_keys = first != nullptr && first->kind == AwkKind::In && is(")") &&
                           first->kids.size() == 1 && first->kids[0]->kind == AwkKind::Name;
    if (over_keys) {
      advance();
      AwkNode node;
      node.kind = AwkKind::ForIn;
      node.text = first->kids[0]->text;
      node.array = first->array;
      node.kids = {body()};
      return tree(std::move(node));
    }
    expect(";");
    skip_newlines();
    const AwkTree condition = is(";") ? nullptr : expression();
    expect(";");
    skip_newlines();
    const AwkTree step = is(")") ? nullptr : simple_statement();
    expect(")");
    return tree(AwkKind::For, {first, condition, step, body()});
  }

  AwkTree simple_statement() {
    if (is_word("print") || is_word("printf")) return print_statement();
    if (accept_word("next")) return tree(AwkKind::Next, {});
    if (accept_word("nextfile")) return tree(AwkKind::NextFile, {});
    if (accept_word("break")) return tree(AwkKind::Break, {});
    if (accept_word("continue")) return tree(AwkKind::Continue, {});
    if (accept_word("exit")) return with_value(AwkKind::Exit);
    if (accept_word("return")) return with_value(AwkKind::Return);
    if (accept_word("delete")) return delete_statement();
    return expression();
  }

  AwkTree with_value(AwkKind kind) {
    if (ends() || is("}") || token_.kind == TokenKind::End) return tree(kind, {});
    return tree(kind, {expression()});
  }

  AwkTree delete_statement() {
    AwkNode node;
    node.kind = AwkKind::Delete;
    node.array = token_.text;
    if (token_.kind != TokenKind::Name) fail("Unexpected token");
    advance();
    if (accept("[")) {
      node.kids = expressions("]");
      expect("]");
    }
    return tree(std::move(node));
  }

  AwkTree print_statement() {
    AwkNode node;
    node.kind = token_.text == "print" ? AwkKind::Print : AwkKind::Printf;
    advance();
    const bool was = std::exchange(in_print_, true);
    if (!ends() && !is("}") && !is(">") && !is(">>") && !is("|") && token_.kind != TokenKind::End) {
      node.kids = expressions(">");
      // print (a, b): what is in the parentheses is the list.
      if (node.kids.size() == 1 && node.kids[0] != nullptr && is_group(*node.kids[0])) {
        const std::vector<AwkTree> inside = node.kids[0]->kids;
        node.kids = inside;
      }
    }
    if (is("|")) fail("print | needs a program, which is not modelled");
    if (is(">") || is(">>")) {
      node.appends = is(">>");
      advance();
      node.target = conditional();
    }
    in_print_ = was;
    return tree(std::move(node));
  }

  static bool is_group(const AwkNode& node) {
    return node.kind == AwkKind::Nothing && !node.kids.empty();
  }

  /// With commas between; `end` may follow at once.
  std::vector<AwkTree> expressions(std::string_view end) {
    std::vector<AwkTree> all;
    if (is(end)) return all;
    do {
      skip_newlines();
      all.push_back(expression());
    } while (accept(","));
    return all;
  }

  // ---- expressions
  AwkTree expression() {
    const Nested nested(*this);
    const AwkTree left = conditional();
    if (token_.kind != TokenKind::Operator || !is_one_of(kAssignments, token_.text)) return left;
    const std::string sign = token_.text.substr(0, token_.text.size() - 1);
    if (left == nullptr || !is_place(*left)) {
      fail("Unexpected token");
      return left;
    }
    advance();
    skip_newlines();
    return tree(AwkKind::Assign, {left, expression()}, sign);
  }

  static bool is_place(const AwkNode& node) {
    return node.kind == AwkKind::Name || node.kind == AwkKind::Element ||
           node.kind == AwkKind::Field;
  }

  AwkTree conditional() {
    const AwkTree asked = either();
    if (!accept("?")) return asked;
    skip_newlines();
    const AwkTree then = expression();
    skip_newlines();
    expect(":");
    skip_newlines();
    return tree(AwkKind::Condition, {asked, then, expression()});
  }

  AwkTree left_to_right(AwkKind kind, std::string_view sign, Parse inner) {
    AwkTree left = (this->*inner)();
    while (accept(sign)) {
      skip_newlines();
      left = tree(kind, {left, (this->*inner)()});
    }
    return left;
  }
  AwkTree either() { return left_to_right(AwkKind::Or, "||", &Parser::both); }
  AwkTree both() { return left_to_right(AwkKind::And, "&&", &Parser::membership); }

  AwkTree membership() {
    AwkTree left = matching();
    while (accept_word("in")) {
      AwkNode node;
      node.kind = AwkKind::In;
      node.array = token_.text;
      node.kids = left != nullptr && is_group(*left) ? left->kids : std::vector<AwkTree>{left};
      if (token_.kind != TokenKind::Name) fail("Unexpected token");
      advance();
      left = tree(std::move(node));
    }
    return left;
  }

  AwkTree matching() {
    AwkTree left = comparison();
    while (is("~") || is("!~")) {
      const std::string sign = token_.text;
      advance();
      left = tree(AwkKind::Match, {left, comparison()}, sign);
    }
    return left;
  }

  AwkTree comparison() {
    const AwkTree left = joined();
    const bool compares = token_.kind == TokenKind::Operator &&
                          is_one_of(kComparisons, token_.text) && !(in_print_ && is(">"));
    if (!compares) return left;
    const std::string sign = token_.text;
    advance();
    return tree(AwkKind::Compare, {left, joined()}, sign);
  }

  bool begins_operand() const {
    switch (token_.kind) {
      case TokenKind::Number:
      case TokenKind::Text:
      case TokenKind::Name:
      case TokenKind::Function:
      case TokenKind::Regex:
        return true;
      case TokenKind::Operator:
        return is("$") || is("!") || is("(") || is("-") || is("+") || is("++") || is("--");
      default:
        return false;
    }
  }

  AwkTree joined() {
    AwkTree left = sum();
    while (begins_operand()) left = tree(AwkKind::Join, {left, sum()});
    return left;
  }

  AwkTree sum() {
    AwkTree left = product();
    while (is("+") || is("-")) {
      const std::string sign = token_.text;
      advance();
      left = tree(AwkKind::Binary, {left, product()}, sign);
    }
    return left;
  }

  AwkTree product() {
    AwkTree left = signed_one();
    while (is("*") || is("/") || is("%")) {
      const std::string sign = token_.text;
      advance();
      left = tree(AwkKind::Binary, {left, signed_one()}, sign);
    }
    return left;
  }

  AwkTree signed_one() {
    const Nested nested(*this);
    if (accept("!")) return tree(AwkKind::Not, {signed_one()});
    if (accept("-")) return tree(AwkKind::Negate, {signed_one()});
    if (accept("+")) return tree(AwkKind::Plus, {signed_one()});
    return power();
  }

  AwkTree power() {
    const AwkTree base = counted();
    if (!accept("^")) return base;
    return tree(AwkKind::Binary, {base, signed_one()}, "^");
  }

  AwkTree counted() {
    const Nested nested(*this);
    if (is("++") || is("--")) {
      const std::string sign(1, token_.text[0]);
      advance();
      return tree(AwkKind::Before, {counted()}, sign);
    }
    const AwkTree place = primary();
    if ((is("++") || is("--")) && place != nullptr && is_place(*place)) {
      const std::string sign(1, token_.text[0]);
      advance();
      return tree(AwkKind::After, {place}, sign);
    }
    return place;
  }

  AwkTree primary() {
    const Nested nested(*this);
    const AwkToken token = token_;
    AwkNode node;
    switch (token.kind) {
      case TokenKind::Number:
        node.kind = AwkKind::Number;
        node.number = token.number;
        break;
      case TokenKind::Text:
        node.kind = AwkKind::Text;
        node.text = token.text;
        break;
      case TokenKind::Regex:
        node.kind = AwkKind::Regex;
        node.regex = Regex(token.text, Regex::kExtended);
        break;
      case TokenKind::Name:
        return name();
      case TokenKind::Function:
        return call();
      default:
        return sign_or_word();
    }
    advance();
    return tree(std::move(node));
  }

  AwkTree sign_or_word() {
    // $i++ counts up the field, not i.
    if (accept("$")) return tree(AwkKind::Field, {is("++") || is("--") ? counted() : primary()});
    if (accept_word("getline")) return get_line();
    if (!accept("(")) {
      fail("Unexpected token");
      return nullptr;
    }
    const bool was = std::exchange(in_print_, false);
    std::vector<AwkTree> inside = expressions(")");
    in_print_ = was;
    expect(")");
    if (inside.size() == 1) return tree(AwkKind::Plain, std::move(inside));
    return tree(AwkKind::Nothing, std::move(inside));
  }

  AwkTree get_line() {
    if (is("<") || begins_operand()) fail("getline from a file is not modelled");
    return tree(AwkKind::GetLine, {});
  }

  AwkTree name() {
    AwkNode node;
    node.kind = AwkKind::Name;
    node.text = token_.text;
    advance();
    if (node.text == "length") {
      node.kind = AwkKind::Builtin;
    } else if (accept("[")) {
      node.kind = AwkKind::Element;
      node.array = std::exchange(node.text, {});
      node.kids = expressions("]");
      expect("]");
    }
    return tree(std::move(node));
  }

  AwkTree call() {
    AwkNode node;
    node.text = token_.text;
    node.kind = is_one_of(kBuiltins, node.text) ? AwkKind::Builtin : AwkKind::Call;
    if (is_one_of(kNotYet, node.text)) fail(node.text + "() is not modelled");
    advance();
    expect("(");
    const bool was = std::exchange(in_print_, false);
    node.kids = expressions(")");
    in_print_ = was;
    skip_newlines();
    expect(")");
    return tree(std::move(node));
  }

  AwkLexer lexer_;
  AwkToken token_;
  AwkProgram made_;
  bool in_print_ = false;  ///< ">" says where to
  int nested_ = 0;
};

}  // namespace

AwkProgram parse_awk(std::string_view text) { return Parser(text).run(); }

}  // namespace cutaway::sim
