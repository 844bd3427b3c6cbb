// expr: a word an operand; | & < <= = != >= > + - * / % : match substr index length ( ).
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/regex.h"

namespace cutaway::sim {

namespace {

class Expr {
 public:
  explicit Expr(std::vector<std::string> words) : words_(std::move(words)) {}

  std::string all() {
    std::string value = either();
    if (at_ < words_.size()) fail("syntax error");
    return value;
  }
  const std::string& error() const { return error_; }
  static bool null(const std::string& value) {
    std::int64_t number = 0;
    return value.empty() || (parse_decimal(value, number) && number == 0);
  }

 private:
  bool take(std::string_view word) {
    if (at_ >= words_.size() || words_[at_] != word || !error_.empty()) return false;
    ++at_;
    return true;
  }
  void fail(const std::string& text) {
    if (error_.empty()) error_ = text;
  }
  std::int64_t number(const std::string& text) {
    std::int64_t value = 0;
    if (!parse_decimal(text, value)) fail("non-numeric argument");
    return value;
  }

  std::string either() {
    std::string left = both();
    while (take("|")) {
      const std::string right = both();
      if (null(left)) left = right;
    }
    return left;
  }
  std::string both() {
    std::string left = comparison();
    while (take("&")) {
      const std::string right = comparison();
      if (null(left) || null(right)) left = "0";
    }
    return left;
  }
  static bool holds(std::string_view sign, int order) {
    struct Row {
      std::string_view sign;
      bool less, same, more;
    };
    static constexpr Row kRows[] = {{"<", true, false, false}, {"<=", true, true, false},
                                    {">", false, false, true}, {">=", false, true, true},
                                    {"!=", true, false, true}, {"=", false, true, false},
                                    {"==", false, true, false}};
    for (const Row& row : kRows) {
      if (row.sign == sign) return order < 0 ? row.less : order > 0 ? row.more : row.same;
    }
    return false;
  }
  static int ordered(const std::string& left, const std::string& right) {
    std::int64_t a = 0;
    std::int64_t b = 0;
    if (!parse_decimal(left, a) || !parse_decimal(right, b)) return left.compare(right);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  std::string comparison() {
    static constexpr std::string_view kSigns[] = {"<=", ">=", "!=", "==", "=", "<", ">"};
    std::string left = sum();
    while (true) {
      const auto* sign = std::find_if(std::begin(kSigns), std::end(kSigns),
                                      [this](std::string_view each) { return take(each); });
      if (sign == std::end(kSigns)) return left;
      const std::string right = sum();
      left = holds(*sign, ordered(left, right)) ? "1" : "0";
    }
  }
  std::string sum() {
    std::string left = product();
    while (true) {
      const bool plus = take("+");
      if (!plus && !take("-")) return left;
      const std::int64_t a = number(left);
      const std::int64_t b = number(product());
      left = decimal(plus ? a + b : a - b);
    }
  }
  std::string product() {
    std::string left = matching();
    while (at_ < words_.size() && error_.empty()) {
      const std::string sign = words_[at_];
      if (sign != "*" && sign != "/" && sign != "%") return left;
      ++at_;
      const std::int64_t a = number(left);
      const std::int64_t b = number(matching());
      if (b == 0 && sign != "*") {
        fail("division by zero");
        return left;
      }
      left = decimal(sign == "*" ? a * b : sign == "/" ? a / b : a % b);
    }
    return left;
  }
  std::string matching() {
    std::string left = primary();
    while (take(":")) left = matched(left, primary());
    return left;
  }
  /// How many characters match at the front, or what \( \) caught.
  std::string matched(const std::string& text, const std::string& pattern) {
    const Regex regex("^" + (starts_with(pattern, "^") ? pattern.substr(1) : pattern), 0);
    Match match;
    const bool found = regex.search(text, 0, match) && match.begin() == 0;
    const bool group = pattern.find("\\(") != std::string::npos;
    if (!found) return group ? "" : "0";
    if (!group) return decimal(static_cast<std::int64_t>(match.end()));
    const auto [from, to] = match.groups.at(1);
    return from == std::string::npos ? "" : text.substr(from, to - from);
  }
  std::string primary() {
    if (at_ >= words_.size()) {
      fail("syntax error");
      return {};
    }
    if (take("(")) {
      std::string value = either();
      if (!take(")")) fail("syntax error");
      return value;
    }
    if (take("length")) return decimal(static_cast<std::int64_t>(primary().size()));
    if (take("match")) {
      const std::string text = primary();
      return matched(text, primary());
    }
    if (take("index")) {
      const std::string text = primary();
      const std::size_t at = text.find_first_of(primary());
      return decimal(at == std::string::npos ? 0 : static_cast<std::int64_t>(at) + 1);
    }
    if (take("substr")) return substring();
    return words_[at_++];
  }
  std::string substring() {
    const std::string text = primary();
    const std::int64_t from = number(primary());
    const std::int64_t count = number(primary());
    if (from < 1 || count < 1 || from > static_cast<std::int64_t>(text.size())) return {};
    return text.substr(static_cast<std::size_t>(from) - 1, static_cast<std::size_t>(count));
  }

  std::vector<std::string> words_;
  std::size_t at_ = 0;
  std::string error_;
};

}  // namespace

Co<int> applet_expr(Sys sys, State state) {
  if (state.argv.size() < 2) {
    auto telling = put(sys, 2, "expr: too few arguments\n");
    co_await telling;
    co_return 2;
  }
  Expr expr(std::vector<std::string>(state.argv.begin() + 1, state.argv.end()));
  const std::string value = expr.all();
  if (!expr.error().empty()) {
    auto telling = put(sys, 2, "expr: " + expr.error() + "\n");
    co_await telling;
    co_return 2;
  }
  auto writing = print(sys, value + "\n");
  co_await writing;
  co_return Expr::null(value) ? 1 : 0;
}

}  // namespace cutaway::sim
