// Applets that read text.
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "sim/programs/applets.h"

namespace cutaway::sim {

namespace {

// Files named behind the options, or stdin.
std::vector<std::string> inputs(const State& state, std::size_t from) {
  std::vector<std::string> paths(state.argv.begin() + static_cast<std::ptrdiff_t>(from),
                                 state.argv.end());
  if (paths.empty()) paths.push_back("-");
  return paths;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines = split(text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

struct TextCounts {
  std::int64_t lines = 0, words = 0, bytes = 0;
};

TextCounts counts_of(const std::string& text) {
  TextCounts counts;
  counts.bytes = static_cast<std::int64_t>(text.size());
  bool in_word = false;
  for (const char c : text) {
    counts.lines += c == '\n' ? 1 : 0;
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    counts.words += !blank && !in_word ? 1 : 0;
    in_word = !blank;
  }
  return counts;
}

/// busybox pads each figure to nine columns.
std::string in_columns(const TextCounts& counts) {
  std::string text;
  for (const std::int64_t value : {counts.lines, counts.words, counts.bytes}) {
    const std::string shown = decimal(value);
    text += (text.empty() ? "" : " ") + std::string(shown.size() < 9 ? 9 - shown.size() : 0, ' ') +
            shown;
  }
  return text;
}

}  // namespace

Co<int> applet_wc(Sys sys, State state) {
  const bool only_lines = state.argv.size() > 1 && state.argv[1] == "-l";
  const bool only_bytes = state.argv.size() > 1 && state.argv[1] == "-c";
  const std::vector<std::string> paths = inputs(state, only_lines || only_bytes ? 2 : 1);
  for (const std::string& path : paths) {
    auto reading = slurp_path(sys, path);
    const Slurped file = co_await reading;
    const TextCounts counts = counts_of(file.text);
    std::string text = only_lines   ? decimal(counts.lines)
                       : only_bytes ? decimal(counts.bytes)
                                    : in_columns(counts);
    if (path != "-") text += " " + path;
    auto writing = print(sys, text + "\n");
    co_await writing;
  }
  co_return 0;
}

Co<int> applet_head(Sys sys, State state) {
  std::int64_t count = 10;
  std::size_t from = 1;
  if (state.argv.size() > 2 && state.argv[1] == "-n" && parse_decimal(state.argv[2], count))
    from = 3;
  const std::vector<std::string> paths = inputs(state, from);
  for (const std::string& path : paths) {
    auto reading = slurp_path(sys, path);
    const Slurped file = co_await reading;
    if (file.err != 0) {
      auto telling = put(sys, 2, cannot("head", "", path, -file.err));
      co_await telling;
      co_return 1;
    }
    std::string text;
    const std::vector<std::string> lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size() && i < static_cast<std::size_t>(count); ++i)
      text += lines[i] + "\n";
    auto writing = print(sys, text);
    co_await writing;
  }
  co_return 0;
}

// Plain strings only, no patterns (FIDELITY).
Co<int> applet_grep(Sys sys, State state) {
  bool invert = false;
  bool count = false;
  bool quiet = false;
  std::size_t at = 1;
  for (; at < state.argv.size() && state.argv[at].size() > 1 && state.argv[at][0] == '-'; ++at) {
    invert = invert || state.argv[at].find('v') != std::string::npos;
    count = count || state.argv[at].find('c') != std::string::npos;
    quiet = quiet || state.argv[at].find('q') != std::string::npos;
  }
  if (at >= state.argv.size()) co_return 2;
  const std::string wanted = state.argv[at];
  const std::vector<std::string> paths = inputs(state, at + 1);
  std::int64_t found = 0;
  std::string text;
  for (const std::string& path : paths) {
    auto reading = slurp_path(sys, path);
    const Slurped file = co_await reading;
    for (const std::string& line : lines_of(file.text)) {
      if ((line.find(wanted) != std::string::npos) == invert) continue;
      ++found;
      text += (paths.size() > 1 ? path + ":" : "") + line + "\n";
    }
  }
  if (count) text = decimal(found) + "\n";
  if (!quiet) {
    auto writing = print(sys, text);
    co_await writing;
  }
  co_return found > 0 ? 0 : 1;
}

namespace {

Co<int> test_unary(Sys sys, std::string op, std::string value) {
  if (op == "-n") co_return value.empty() ? 1 : 0;
  if (op == "-z") co_return value.empty() ? 0 : 1;
  const std::int64_t found = co_await sys.stat(value);
  if (found < 0) co_return 1;
  const Stat stat = sys.reply().stat;
  const std::uint32_t type = stat.mode & abi::mode::kType;
  if (op == "-e") co_return 0;
  if (op == "-f") co_return type == abi::mode::kRegular ? 0 : 1;
  if (op == "-d") co_return type == abi::mode::kDirectory ? 0 : 1;
  if (op == "-s") co_return stat.size > 0 ? 0 : 1;
  if (op == "-x") co_return (stat.mode & 0111) != 0 ? 0 : 1;
  co_return 2;
}

int test_binary(const std::string& left, const std::string& op, const std::string& right) {
  if (op == "=" || op == "==") return left == right ? 0 : 1;
  if (op == "!=") return left != right ? 0 : 1;
  static const std::map<std::string, bool (*)(std::int64_t, std::int64_t)> kCompare = {
      {"-eq", [](std::int64_t a, std::int64_t b) { return a == b; }},
      {"-ne", [](std::int64_t a, std::int64_t b) { return a != b; }},
      {"-lt", [](std::int64_t a, std::int64_t b) { return a < b; }},
      {"-le", [](std::int64_t a, std::int64_t b) { return a <= b; }},
      {"-gt", [](std::int64_t a, std::int64_t b) { return a > b; }},
      {"-ge", [](std::int64_t a, std::int64_t b) { return a >= b; }}};
  const auto compare = kCompare.find(op);
  std::int64_t a = 0;
  std::int64_t b = 0;
  if (compare == kCompare.end() || !parse_decimal(left, a) || !parse_decimal(right, b)) return 2;
  return compare->second(a, b) ? 0 : 1;
}

}  // namespace

Co<int> applet_test(Sys sys, State state) {
  std::vector<std::string> words(state.argv.begin() + 1, state.argv.end());
  if (state.argv[0] == "[" && !words.empty() && words.back() == "]") words.pop_back();
  bool negate = false;
  while (!words.empty() && words[0] == "!") {
    negate = !negate;
    words.erase(words.begin());
  }
  int result = 1;
  if (words.size() == 1) result = words[0].empty() ? 1 : 0;
  if (words.size() == 3) result = test_binary(words[0], words[1], words[2]);
  if (words.size() == 2) {
    auto testing = test_unary(sys, words[0], words[1]);
    result = co_await testing;
  }
  if (result == 2) {
    auto telling =
        put(sys, 2, "sh: " + (words.size() > 1 ? words[1] : std::string()) + ": unknown operand\n");
    co_await telling;
    co_return 2;
  }
  co_return negate ? 1 - result : result;
}

}  // namespace cutaway::sim
