// node, as far as it says something and ends.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/standins/standins.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kVersion = "v20.11.1";

/// A text in quotes, a number, or process.version; false for all else.
bool value_of(const std::string& argument, std::string& value) {
  std::int64_t number = 0;
  const bool quoted = argument.size() > 1 && argument.front() == argument.back() &&
                      std::string_view("\"'`").find(argument.front()) != std::string_view::npos;
  if (quoted)
    value = argument.substr(1, argument.size() - 2);
  else if (argument == "process.version")
    value = std::string(kVersion);
  else if (argument.empty() || parse_decimal(argument, number))
    value = argument;
  else
    return false;
  return true;
}

}  // namespace

Program node(Sys sys, State state) {
  const std::string first = state.argv.size() > 1 ? state.argv[1] : "";
  if (first == "-v" || first == "--version") {
    auto telling = put(sys, 1, std::string(kVersion) + "\n");
    co_return co_await telling;
  }
  auto reading = read_script(sys, state.argv, "-e");
  const Script script = co_await reading;
  if (script.err != 0) {
    auto telling = put(sys, 2, "Error: Cannot find module '" + script.name + "'\n");
    co_await telling;
    co_return 1;
  }
  for (const std::string& line : split(script.text, '\n')) {
    for (const std::string& part : split(line, ';')) {
      const std::string statement(trim(part));
      std::string argument;
      std::string value;
      if (statement.empty() || starts_with(statement, "//")) continue;
      if (call_of(statement, "console.log", argument) && value_of(argument, value)) {
        auto writing = put(sys, 1, value + "\n");
        co_await writing;
        continue;
      }
      std::int64_t code = 0;
      if (call_of(statement, "process.exit", argument)) {
        parse_decimal(argument, code);
        co_return static_cast<int>(code & 0xff);
      }
      auto telling = put(sys, 2,
                         "Error: this stand-in for node knows console.log and process.exit, "
                         "not: " +
                             statement + "\n");
      co_await telling;
      co_return 1;
    }
  }
  co_return 0;
}

}  // namespace cutaway::sim
