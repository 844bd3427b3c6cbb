#include "sim/programs/sh/sh_arith.h"

#include <cctype>

#include "base/text.h"

namespace cutaway::sim::sh {

namespace {

// Signed overflow wraps, as it does on the machine.
std::int64_t wrapped(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }

std::int64_t power(std::int64_t base, std::int64_t exponent) {
  std::uint64_t result = 1;
  for (; exponent > 0; --exponent) result *= bits(base);
  return wrapped(result);
}

struct BinaryRow {
  std::string_view sign;
  int level;  ///< the higher, the tighter
  std::int64_t (*apply)(std::int64_t, std::int64_t);
  bool divides = false;
};
using I = std::int64_t;
constexpr BinaryRow kBinary[] = {
    {"||", 2, [](I a, I b) -> I { return a != 0 || b != 0; }},
    {"&&", 3, [](I a, I b) -> I { return a != 0 && b != 0; }},
    {"==", 7, [](I a, I b) -> I { return a == b; }},
    {"!=", 7, [](I a, I b) -> I { return a != b; }},
    {"<<", 9, [](I a, I b) -> I { return wrapped(bits(a) << (bits(b) & 63U)); }},
    {">>", 9, [](I a, I b) -> I { return a >> (bits(b) & 63U); }},
    {"<=", 8, [](I a, I b) -> I { return a <= b; }},
    {">=", 8, [](I a, I b) -> I { return a >= b; }},
    {"**", 12, power},
    {"<", 8, [](I a, I b) -> I { return a < b; }},
    {">", 8, [](I a, I b) -> I { return a > b; }},
    {"|", 4, [](I a, I b) -> I { return a | b; }},
    {"^", 5, [](I a, I b) -> I { return a ^ b; }},
    {"&", 6, [](I a, I b) -> I { return a & b; }},
    {"+", 10, [](I a, I b) -> I { return wrapped(bits(a) + bits(b)); }},
    {"-", 10, [](I a, I b) -> I { return wrapped(bits(a) - bits(b)); }},
    {"*", 11, [](I a, I b) -> I { return wrapped(bits(a) * bits(b)); }},
    {"/", 11, [](I a, I b) -> I { return b == -1 ? wrapped(0 - bits(a)) : a / b; }, true},
    {"%", 11, [](I a, I b) -> I { return b == -1 ? 0 : a % b; }, true},
};

class Evaluator {
 public:
  Evaluator(std::string_view text, Shell& shell, int depth)
      : text_(text), shell_(shell), depth_(depth) {}

  Arithmetic all() {
    blanks();
    if (at_ == text_.size()) return Arithmetic{};
    Arithmetic result{comma(), {}};
    blanks();
    if (at_ != text_.size()) fail("arithmetic syntax error");
    result.error = error_;
    return result;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n') ++at_;
  }
  void fail(std::string_view text) {
    if (error_.empty()) error_ = std::string(text);
  }
  bool take(std::string_view sign) {
    blanks();
    if (text_.substr(at_, sign.size()) != sign) return false;
    at_ += sign.size();
    return true;
  }

  I comma() {
    I value = assignment();
    while (take(",")) value = assignment();
    return value;
  }

  I assignment() {
    blanks();
    const std::size_t before = at_;
    const std::string name = read_name();
    if (name.empty()) return conditional();
    if (peek_assign_plain()) return store(name, assignment());
    for (const BinaryRow& row : kBinary) {
      if (row.sign == "||" || row.sign == "&&" || (row.level >= 7 && row.level <= 8)) continue;
      if (!take(std::string(row.sign) + "=")) continue;
      const I left = value_of_name(name);
      const I right = assignment();
      return store(name, apply(row, left, right));
    }
    at_ = before;
    return conditional();
  }
  bool peek_assign_plain() {
    blanks();
    if (peek() != '=' || peek(1) == '=') return false;
    ++at_;
    return true;
  }

  I conditional() {
    const I condition = binary(2);
    if (!take("?")) return condition;
    const bool skipped = skip_;
    skip_ = skipped || condition == 0;
    const I yes = comma();
    if (!take(":")) fail("malformed ?: operator");
    skip_ = skipped || condition != 0;
    const I no = assignment();
    skip_ = skipped;
    return condition != 0 ? yes : no;
  }

  const BinaryRow* operator_here() {
    blanks();
    for (const BinaryRow& row : kBinary) {
      if (text_.substr(at_, row.sign.size()) != row.sign) continue;
      const bool assigns =
          peek(row.sign.size()) == '=' && row.level >= 4 && (row.level < 7 || row.level > 8);
      return assigns ? nullptr : &row;
    }
    return nullptr;
  }

  I binary(int least) {
    I left = unary();
    while (error_.empty()) {
      const BinaryRow* row = operator_here();
      if (row == nullptr || row->level < least) return left;
      at_ += row->sign.size();
      const bool skipped = skip_;
      skip_ = skipped || (row->sign == "&&" && left == 0) || (row->sign == "||" && left != 0);
      const I right = binary(row->sign == "**" ? row->level : row->level + 1);
      left = apply(*row, left, right);
      skip_ = skipped;
    }
    return left;
  }

  I apply(const BinaryRow& row, I left, I right) {
    if (row.divides && right == 0) {
      if (!skip_) fail("divide by zero");
      return 0;
    }
    if (row.sign == "**" && right < 0) {
      fail("exponent less than 0");
      return 0;
    }
    return row.apply(left, right);
  }

  I unary() {
    blanks();
    if (take("++")) return step_before(1);
    if (take("--")) return step_before(-1);
    if (take("!")) return unary() == 0 ? 1 : 0;
    if (take("~")) return ~unary();
    if (take("-")) return wrapped(0 - bits(unary()));
    if (take("+")) return unary();
    return primary();
  }
  I step_before(I by) {
    blanks();
    const std::string name = read_name();
    if (name.empty()) {
      fail("arithmetic syntax error");
      return 0;
    }
    return store(name, value_of_name(name) + by);
  }

  I primary() {
    if (take("(")) {
      const I value = comma();
      if (!take(")")) fail("arithmetic syntax error");
      return value;
    }
    if (std::isdigit(static_cast<unsigned char>(peek())) != 0) return number();
    const std::string name = read_name();
    if (name.empty()) {
      fail("arithmetic syntax error");
      return 0;
    }
    const I value = value_of_name(name);
    if (take("++")) return store(name, value + 1), value;
    if (take("--")) return store(name, value - 1), value;
    return value;
  }

  I number() {
    unsigned base = 10;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      base = 16;
      at_ += 2;
    } else if (peek() == '0') {
      base = 8;
    }
    const std::size_t from = at_;
    while (std::isalnum(static_cast<unsigned char>(peek())) != 0) ++at_;
    std::uint64_t value = 0;
    if (!parse_unsigned(text_.substr(from, at_ - from), base, value))
      fail("arithmetic syntax error");
    return wrapped(value);
  }

  std::string read_name() {
    const std::size_t from = at_;
    while (peek() == '_' || std::isalpha(static_cast<unsigned char>(peek())) != 0 ||
           (at_ > from && std::isdigit(static_cast<unsigned char>(peek())) != 0))
      ++at_;
    return std::string(text_.substr(from, at_ - from));
  }

  /// A variable's value is an expression again (ash follows it so deep).
  I value_of_name(const std::string& name) {
    constexpr int deepest = 32;
    const std::string text = text_of(shell_, name);
    if (text.empty()) {
      if (shell_.option('u') && !value_of(shell_, name)) fail(name + ": parameter not set");
      return 0;
    }
    if (depth_ > deepest) {
      fail("expression recursion loop detected");
      return 0;
    }
    const Arithmetic inner = Evaluator(text, shell_, depth_ + 1).all();
    if (!inner.error.empty()) fail(inner.error);
    return inner.value;
  }

  I store(const std::string& name, I value) {
    if (!skip_ && error_.empty() && !assign(shell_, name, decimal(value)))
      fail(name + ": is read only");
    return value;
  }

  std::string_view text_;
  Shell& shell_;
  int depth_;
  std::size_t at_ = 0;
  bool skip_ = false;  ///< in the branch that is not taken
  std::string error_;
};

}  // namespace

Arithmetic evaluate(std::string_view expression, Shell& shell) {
  return Evaluator(expression, shell, 0).all();
}

}  // namespace cutaway::sim::sh
