// Python 2 and 3, as far as a lesson about two versions at one path needs them: the same file is
// read, and only one of them can run it.
#include <cctype>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/standins/standins.h"

namespace cutaway::sim {

namespace {

struct Version {
  int major;
  std::string_view text;
};
constexpr Version kTwo{2, "2.7.18"}, kThree{3, "3.11.2"};

/// What a line leads to.
struct Outcome {
  std::string out;
  std::string error;             ///< the error's own line: "SyntaxError: …"
  std::size_t from = 0, to = 0;  ///< what is underlined
  bool runtime = false;          ///< a traceback, not a syntax error
  int exit = -1;
  std::int64_t sleep_ns = 0;
};

/// A text in quotes at `at`; false when there is none. `at` moves behind it.
bool literal(std::string_view line, std::size_t& at, std::string& text) {
  if (at >= line.size() || (line[at] != '"' && line[at] != '\'')) return false;
  const std::size_t end = line.find(line[at], at + 1);
  if (end == std::string_view::npos) return false;
  text = std::string(line.substr(at + 1, end - at - 1));
  at = end + 1;
  return true;
}

std::string after_point(std::int64_t a, std::int64_t b) {
  const std::int64_t tenths = a * 10 / b;
  return decimal(tenths / 10) + "." + decimal(tenths % 10);
}

/// A literal, sys.version, N, or N/M: where the versions differ.
bool expression(std::string_view text, const Version& version, std::string& value) {
  std::size_t at = 0;
  if (literal(text, at, value) && at == text.size()) return true;
  if (text == "sys.version" || text == "sys.version.split()[0]") {
    value = std::string(version.text);
    return true;
  }
  if (text == "sys.version_info[0]" || text == "sys.version_info.major") {
    value = decimal(version.major);
    return true;
  }
  const std::size_t slash = text.find('/');
  std::int64_t left = 0;
  std::int64_t right = 1;
  if (!parse_decimal(trim(text.substr(0, slash)), left)) return false;
  if (slash == std::string_view::npos) {
    value = decimal(left);
    return true;
  }
  if (!parse_decimal(trim(text.substr(slash + 1)), right) || right == 0) return false;
  value = version.major == 2 ? decimal(left / right) : after_point(left, right);
  return true;
}

Outcome unknown(std::string_view line) {
  Outcome outcome;
  outcome.runtime = true;
  outcome.error =
      "NotImplementedError: this stand-in for python knows print, import, sys.exit and "
      "time.sleep, not: " +
      std::string(line);
  return outcome;
}

Outcome print_statement(std::string_view line, const Version& version) {
  Outcome outcome;
  std::string_view rest = trim(line.substr(5));
  const bool call = !rest.empty() && rest.front() == '(' && rest.back() == ')';
  if (!call && version.major == 3) {
    outcome.error = "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?";
    outcome.to = line.size();
    return outcome;
  }
  if (call) rest = trim(rest.substr(1, rest.size() - 2));
  const bool formatted = rest.size() > 1 && rest[0] == 'f' && (rest[1] == '"' || rest[1] == '\'');
  if (formatted && version.major == 2) {
    outcome.error = "SyntaxError: invalid syntax";
    outcome.from = line.rfind(rest[1]);
    outcome.to = outcome.from + 1;
    return outcome;
  }
  if (formatted) rest.remove_prefix(1);
  std::string value;
  if (!rest.empty() && !expression(rest, version, value)) return unknown(line);
  outcome.out = value + "\n";
  return outcome;
}

Outcome run_line(std::string_view line, const Version& version) {
  Outcome outcome;
  std::string argument;
  if (line.empty() || line[0] == '#' || starts_with(line, "import ") || line == "pass")
    return outcome;
  const bool prints =
      starts_with(line, "print") && (line.size() == 5 || line[5] == '(' || line[5] == ' ');
  if (prints) return print_statement(line, version);
  if (call_of(line, "sys.exit", argument) || call_of(line, "exit", argument)) {
    std::int64_t code = 0;
    parse_decimal(argument, code);
    outcome.exit = static_cast<int>(code & 0xff);
    return outcome;
  }
  if (call_of(line, "time.sleep", argument)) {
    outcome.sleep_ns = duration_ns(argument);
    return outcome;
  }
  return unknown(line);
}

std::string complaint(const Script& script, std::size_t number, const std::string& line,
                      const Outcome& outcome) {
  const std::string place =
      "  File \"" + script.name + "\", line " + decimal(static_cast<std::int64_t>(number));
  if (outcome.runtime)
    return "Traceback (most recent call last):\n" + place + ", in <module>\n" + outcome.error +
           "\n";
  return place + "\n    " + line + "\n    " + std::string(outcome.from, ' ') +
         std::string(outcome.to - outcome.from, '^') + "\n" + outcome.error + "\n";
}

/// Statements by line, and by ; within one.
std::vector<std::pair<std::size_t, std::string>> statements(const std::string& text) {
  std::vector<std::pair<std::size_t, std::string>> all;
  std::size_t number = 0;
  for (const std::string& line : split(text, '\n')) {
    ++number;
    for (const std::string& part : split(line, ';')) all.emplace_back(number, trim(part));
  }
  return all;
}

Co<int> run_python(Sys sys, State state, Version version) {
  const std::string first = state.argv.size() > 1 ? state.argv[1] : "";
  if (first == "-V" || first == "--version") {
    // Python 2 says it on stderr.
    auto telling =
        put(sys, version.major == 2 ? 2 : 1, "Python " + std::string(version.text) + "\n");
    co_return co_await telling;
  }
  auto reading = read_script(sys, state.argv, "-c");
  const Script script = co_await reading;
  if (script.err != 0) {
    auto telling = put(
        sys, 2,
        state.argv[0] + ": can't open file '" + script.name + "': [Errno " + decimal(script.err) +
            "] " + std::string(abi::errno_text(static_cast<abi::Errno>(script.err))) + "\n");
    co_await telling;
    co_return 2;
  }
  const auto lines = statements(script.text);
  // A script is compiled as a whole: a syntax error anywhere, and nothing of it runs.
  for (const auto& [number, line] : lines) {
    const Outcome outcome = run_line(line, version);
    if (outcome.error.empty() || outcome.runtime) continue;
    auto telling = put(sys, 2, complaint(script, number, line, outcome));
    co_await telling;
    co_return 1;
  }
  for (const auto& [number, line] : lines) {
    const Outcome outcome = run_line(line, version);
    if (outcome.sleep_ns > 0) co_await sys.nanosleep(outcome.sleep_ns);
    if (!outcome.out.empty()) {
      auto writing = put(sys, 1, outcome.out);
      co_await writing;
    }
    if (outcome.exit >= 0) co_return outcome.exit;
    if (outcome.error.empty()) continue;
    auto telling = put(sys, 2, complaint(script, number, line, outcome));
    co_await telling;
    co_return 1;
  }
  co_return 0;
}

}  // namespace

bool call_of(std::string_view line, std::string_view name, std::string& argument) {
  if (!starts_with(line, name) || line.size() < name.size() + 2) return false;
  if (line[name.size()] != '(' || line.back() != ')') return false;
  argument = std::string(trim(line.substr(name.size() + 1, line.size() - name.size() - 2)));
  return true;
}

Co<Script> read_script(Sys sys, std::vector<std::string> argv, std::string code_option) {
  Script script;
  script.name = "<stdin>";
  if (argv.size() > 2 && argv[1] == code_option) {
    script.name = "<string>";
    script.text = argv[2];
    co_return script;
  }
  if (argv.size() > 1 && argv[1] != "-") script.name = argv[1];
  auto reading = slurp_path(sys, script.name == "<stdin>" ? "-" : script.name);
  const Slurped file = co_await reading;
  script.text = file.text;
  script.err = file.err;
  co_return script;
}

Program python2(Sys sys, State state) {
  auto running = run_python(sys, state, kTwo);
  co_return co_await running;
}
Program python3(Sys sys, State state) {
  auto running = run_python(sys, state, kThree);
  co_return co_await running;
}

}  // namespace cutaway::sim
