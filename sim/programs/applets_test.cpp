// test, [, [[: questions about files, texts and numbers (busybox's test.c in its grammar).
#include "sim/programs/applets.h"
#include "base/text.h"
#include "sim/programs/commands.h"
#include "sim/programs/pattern.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kUnary[] = {"-e", "-f", "-d", "-r", "-w", "-x", "-s",
                                       "-L", "-h", "-p", "-S", "-b", "-c", "-u",
                                       "-g", "-k", "-O", "-G", "-t", "-z", "-n"};
constexpr std::string_view kBinary[] = {"=",   "==",  "!=",  "<",   ">",   "-eq", "-ne",
                                        "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};

struct FileTypeRow {
  char letter;
  std::uint32_t type;
};
constexpr FileTypeRow kFileTypes[] = {{'f', abi::mode::kRegular}, {'d', abi::mode::kDirectory},
                                      {'L', abi::mode::kLink},    {'h', abi::mode::kLink},
                                      {'p', abi::mode::kFifo},    {'S', abi::mode::kSocket},
                                      {'b', abi::mode::kBlock},   {'c', abi::mode::kChar}};

/// The bit of a mode that -r, -w, -x ask for, by who asks.
Co<bool> may(Sys sys, Stat stat, std::uint32_t bit) {
  const std::vector<Arg> none;
  const std::int64_t user = co_await sys.call(abi::Sys::geteuid, none);
  if (user == 0) {  // root may all, but run only what somebody may run
    const bool folder = (stat.mode & abi::mode::kType) == abi::mode::kDirectory;
    co_return bit != 1 || folder || (stat.mode & 0111U) != 0;
  }
  if (static_cast<std::int64_t>(stat.uid) == user) co_return (stat.mode & bit << 6U) != 0;
  const std::int64_t group = co_await sys.call(abi::Sys::getegid, none);
  if (static_cast<std::int64_t>(stat.gid) == group) co_return (stat.mode & bit << 3U) != 0;
  co_return (stat.mode & bit) != 0;
}

Co<bool> about_file(Sys sys, char op, std::string path) {
  const bool itself = op == 'L' || op == 'h';
  const std::int64_t found = itself ? co_await sys.lstat(path) : co_await sys.stat(path);
  if (found < 0) co_return false;
  const Stat stat = sys.reply().stat;
  for (const FileTypeRow& row : kFileTypes) {
    if (row.letter == op) co_return (stat.mode & abi::mode::kType) == row.type;
  }
  const std::vector<Arg> none;
  switch (op) {
    case 's':
      co_return stat.size > 0;
    case 'u':
      co_return (stat.mode & abi::mode::kSetuid) != 0;
    case 'g':
      co_return (stat.mode & abi::mode::kSetgid) != 0;
    case 'k':
      co_return (stat.mode & abi::mode::kSticky) != 0;
    case 'O':
      co_return co_await sys.call(abi::Sys::geteuid, none) == std::int64_t{stat.uid};
    case 'G':
      co_return co_await sys.call(abi::Sys::getegid, none) == std::int64_t{stat.gid};
    case 'e':
      co_return true;
    default:
      break;
  }
  auto asking = may(sys, stat, op == 'r' ? 4U : op == 'w' ? 2U : 1U);
  co_return co_await asking;
}

struct Test {
  std::string name;
  std::vector<std::string> words;
  std::size_t at = 0;
  bool patterns = false;  ///< [[: the right side of = is one
  std::string wrong;

  /// A word as it is meant (those of [[ come as patterns).
  std::string word(std::size_t n) const {
    return patterns ? without_backslashes(words[n]) : words[n];
  }
  bool more() const { return at < words.size() && wrong.empty(); }
  std::size_t left() const { return words.size() - at; }
};

bool number_of(Test* test, const std::string& word, std::int64_t& value) {
  if (parse_decimal(trim(word), value)) return true;
  if (test->wrong.empty()) test->wrong = word + ": bad number";
  return false;
}

bool compare_numbers(Test* test, const std::string& left, const std::string& op,
                     const std::string& right) {
  struct Row {
    std::string_view op;
    bool (*holds)(std::int64_t, std::int64_t);
  };
  static constexpr Row kRows[] = {{"-eq", [](std::int64_t a, std::int64_t b) { return a == b; }},
                                  {"-ne", [](std::int64_t a, std::int64_t b) { return a != b; }},
                                  {"-lt", [](std::int64_t a, std::int64_t b) { return a < b; }},
                                  {"-le", [](std::int64_t a, std::int64_t b) { return a <= b; }},
                                  {"-gt", [](std::int64_t a, std::int64_t b) { return a > b; }},
                                  {"-ge", [](std::int64_t a, std::int64_t b) { return a >= b; }}};
  std::int64_t a = 0;
  std::int64_t b = 0;
  if (!number_of(test, left, a) || !number_of(test, right, b)) return false;
  for (const Row& row : kRows) {
    if (row.op == op) return row.holds(a, b);
  }
  return false;
}

Co<bool> same_file(Sys sys, std::string left, std::string right) {
  if (co_await sys.stat(left) < 0) co_return false;
  const Stat first = sys.reply().stat;
  if (co_await sys.stat(right) < 0) co_return false;
  const Stat second = sys.reply().stat;
  co_return first.inode == second.inode&& first.device == second.device;
}

Co<bool> binary(Sys sys, Test* test) {
  const std::string left = test->word(test->at);
  const std::string op = test->words[test->at + 1];
  const std::string right = test->words[test->at + 2];
  test->at += 3;
  if (op == "=" || op == "==" || op == "!=") {
    const bool same = test->patterns ? matches_pattern(right, left) : left == right;
    co_return same == (op != "!=");
  }
  if (op == "<") co_return left < right;
  if (op == ">") co_return left > right;
  if (op == "-ef") {
    auto asking = same_file(sys, left, right);
    co_return co_await asking;
  }
  // A file has no time of day here: none is newer.
  if (op == "-nt" || op == "-ot") co_return false;
  co_return compare_numbers(test, left, op, right);
}

Co<bool> unary(Sys sys, Test* test) {
  const std::string op = test->words[test->at];
  const std::string value = test->word(test->at + 1);
  test->at += 2;
  if (op == "-n") co_return !value.empty();
  if (op == "-z") co_return value.empty();
  if (op == "-t") {
    std::int64_t fd = 0;
    if (!number_of(test, value, fd)) co_return false;
    co_return co_await sys.ioctl(fd, 0x5401, 0) >= 0;  // TCGETS
  }
  auto asking = about_file(sys, op[1], value);
  co_return co_await asking;
}

Co<bool> either(Sys sys, Test* test);

Co<bool> primary(Sys sys, Test* test) {
  if (!test->more()) {
    if (test->wrong.empty()) test->wrong = "argument expected";
    co_return false;
  }
  if (test->left() >= 3 && is_one_of(kBinary, test->words[test->at + 1])) {
    auto comparing = binary(sys, test);
    co_return co_await comparing;
  }
  const std::string word = test->words[test->at];
  const bool half = test->left() == 2 && is_one_of(kBinary, test->words[test->at + 1]) &&
                    !is_one_of(kUnary, word) && word != "!";
  if (half) {
    test->wrong = test->words[test->at + 1] + ": argument expected";
    co_return false;
  }
  if (word == "!" && test->left() > 1) {
    ++test->at;
    auto asking = primary(sys, test);
    const bool holds = co_await asking;
    co_return !holds;
  }
  if (word == "(" && test->left() > 1) {
    ++test->at;
    auto asking = either(sys, test);
    const bool holds = co_await asking;
    if (!test->more() || test->words[test->at] != ")") test->wrong = "closing paren expected";
    ++test->at;
    co_return holds;
  }
  if (test->left() >= 2 && is_one_of(kUnary, word)) {
    auto asking = unary(sys, test);
    co_return co_await asking;
  }
  ++test->at;
  co_return !word.empty();
}

Co<bool> both(Sys sys, Test* test) {
  auto asking = primary(sys, test);
  bool holds = co_await asking;
  while (test->more() && (test->words[test->at] == "-a" || test->words[test->at] == "&&")) {
    ++test->at;
    auto next = primary(sys, test);
    const bool also = co_await next;
    holds = holds && also;
  }
  co_return holds;
}

Co<bool> either(Sys sys, Test* test) {
  auto asking = both(sys, test);
  bool holds = co_await asking;
  while (test->more() && (test->words[test->at] == "-o" || test->words[test->at] == "||")) {
    ++test->at;
    auto next = both(sys, test);
    const bool also = co_await next;
    holds = holds || also;
  }
  co_return holds;
}

}  // namespace

Co<int> test_command(Sys sys, std::string name, std::vector<std::string> words) {
  Test test;
  test.name = name;
  test.patterns = words[0] == "[[";
  test.words.assign(words.begin() + 1, words.end());
  const std::string end = words[0] == "[" ? "]" : words[0] == "[[" ? "]]" : "";
  const bool closed = end.empty() || (!test.words.empty() && test.words.back() == end);
  if (!closed) test.wrong = "missing " + end;
  if (closed && !end.empty()) test.words.pop_back();
  if (test.wrong.empty() && test.words.empty()) co_return 1;
  bool holds = false;
  if (test.wrong.empty()) {
    auto asking = either(sys, &test);
    holds = co_await asking;
  }
  if (test.wrong.empty() && test.at < test.words.size())
    test.wrong = test.words[test.at] + ": unknown operand";
  if (!test.wrong.empty()) {
    auto telling = put(sys, 2, name + ": " + test.wrong + "\n");
    co_await telling;
    co_return 2;
  }
  co_return holds ? 0 : 1;
}

Co<int> applet_test(Sys sys, State state) {
  auto testing = test_command(sys, state.argv[0], state.argv);
  co_return co_await testing;
}

}  // namespace cutaway::sim
