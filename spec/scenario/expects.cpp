// The elements of "expect": read, and judged.
#include <algorithm>

#include "base/json_text.h"
#include "base/text.h"
#include "spec/document_parts.h"
#include "spec/expect.h"

namespace cutaway::spec {

namespace {

void read_exit(const ObjectReader& reader, Expect& expect) {
  const Json* exit = reader.find("exit");
  if (exit == nullptr) return;
  const Json list = exit->is_array() ? *exit : Json::array({*exit});
  for (const Json& one : list) {
    const bool good =
        one.is_number_integer() && one.get<std::int64_t>() >= 0 && one.get<std::int64_t>() <= 255;
    if (!good) return reader.wrong("exit", "a status from 0 to 255, or a list of those allowed");
    expect.exit.push_back(one.get<std::int64_t>());
  }
  if (list.empty()) reader.wrong("exit", "a status from 0 to 255, or a list of those allowed");
}

void read_took(const ObjectReader& reader, Expect& expect) {
  const Json* took = reader.find("took");
  if (took == nullptr) return;
  const ObjectReader inner(reader.problems(), *took, reader.at("took"), {"gt", "lt"});
  std::int64_t ns = 0;
  if (inner.duration("gt", ns)) expect.took_gt_ns = ns;
  if (inner.duration("lt", ns)) expect.took_lt_ns = ns;
  if (inner.is_object() && !inner.has("gt") && !inner.has("lt"))
    reader.wrong("took", "\"gt\" or \"lt\" with a time");
}

Expect read_of_command(const ObjectReader& reader, const ScenarioNames& names) {
  Expect expect;
  if (reader.text("of", expect.of) &&
      std::find(names.commands.begin(), names.commands.end(), expect.of) == names.commands.end()) {
    const std::string known =
        names.commands.empty() ? "no item has one before this" : join(names.commands, ", ");
    reader.wrong("of", "the name (\"as\") of a docker or host item (" + known + ")");
  }
  read_exit(reader, expect);
  std::string text;
  if (reader.text("stdout", text)) expect.stdout_text = text;
  if (reader.text("stderr", text)) expect.stderr_text = text;
  reader.text_or_texts("stdout_has", expect.stdout_has);
  reader.text_or_texts("stdout_not", expect.stdout_not);
  reader.text_or_texts("stderr_has", expect.stderr_has);
  reader.text_or_texts("stderr_not", expect.stderr_not);
  read_took(reader, expect);
  return expect;
}

}  // namespace

std::vector<Expect> read_expects(Problems& problems, const Json& value, const std::string& pointer,
                                 const ScenarioNames& names) {
  const Keys keys = {"of",     "exit",       "stdout",     "stdout_has", "stdout_not",
                     "stderr", "stderr_has", "stderr_not", "took"};
  std::vector<Expect> expects;
  if (!value.is_array()) {
    problems.wrong(pointer, value, "a list of expectations");
    return expects;
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string at = element(pointer, i);
    Expect expect;
    if (value[i].is_object() && value[i].contains("of")) {
      const ObjectReader reader(problems, value[i], at, keys);
      expect = read_of_command(reader, names);
      if (value[i].size() == 1)
        problems.add(
            at,
            "expects nothing, expected one of exit, stdout, stdout_has, stdout_not, stderr…, took");
    } else {
      expect.predicate = read_predicate(problems, value[i], at);
    }
    expect.pointer = at;
    expects.push_back(std::move(expect));
  }
  return expects;
}

namespace {

// A piece of output for a message: quoted, the middle left out when it is long.
std::string quoted_output(const std::string& text) {
  constexpr std::size_t kLongest = 120;
  if (text.size() <= kLongest) return json_text(Json(text));
  const std::string head = text.substr(0, utf8_prefix(text, kLongest));
  return json_text(Json(head)) + "… (" + decimal(static_cast<std::int64_t>(text.size())) +
         " bytes)";
}

struct Channel {
  std::string_view name;
  const std::string& text;
  const std::optional<std::string>& exact;
  const std::vector<std::string>& has;
  const std::vector<std::string>& has_not;
};

std::string judge_channel(const Channel& channel) {
  const std::string name(channel.name);
  if (channel.exact && channel.text != *channel.exact)
    return name + " is " + quoted_output(channel.text) + ", expected " +
           quoted_output(*channel.exact);
  for (const std::string& part : channel.has) {
    if (channel.text.find(part) == std::string::npos)
      return name + " is " + quoted_output(channel.text) + ", expected it to hold " +
             quoted_output(part);
  }
  for (const std::string& part : channel.has_not) {
    if (channel.text.find(part) != std::string::npos)
      return name + " is " + quoted_output(channel.text) + ", expected it not to hold " +
             quoted_output(part);
  }
  return "";
}

// Time as "1.900s".
std::string seconds(std::int64_t ns) {
  const std::string millis = decimal(ns / 1'000'000 % 1000 + 1000);
  return decimal(ns / 1'000'000'000) + "." + millis.substr(1) + "s";
}

std::string judge_exit_and_time(const Expect& expect, const CommandState& command) {
  if (!expect.exit.empty() &&
      std::find(expect.exit.begin(), expect.exit.end(), command.exit) == expect.exit.end()) {
    std::vector<std::string> allowed;
    for (const std::int64_t status : expect.exit) allowed.push_back(decimal(status));
    return "exit status is " + decimal(command.exit) + ", expected " + join(allowed, " or ");
  }
  const std::int64_t took = command.t1 - command.t0;
  if (expect.took_gt_ns && took <= *expect.took_gt_ns)
    return "took " + seconds(took) + ", expected more than " + seconds(*expect.took_gt_ns);
  if (expect.took_lt_ns && took >= *expect.took_lt_ns)
    return "took " + seconds(took) + ", expected less than " + seconds(*expect.took_lt_ns);
  return "";
}

}  // namespace

Verdict judge_expect(const Expect& expect, const CommandState* command, Timeline& timeline) {
  if (expect.of.empty()) return judge(expect.predicate, timeline);
  if (command == nullptr) return {false, "never reached"};
  // What it printed so far can be judged while it runs; how it ended and how long it took cannot.
  const bool of_end = !expect.exit.empty() || expect.took_gt_ns || expect.took_lt_ns;
  if (of_end && !command->done) return {false, "\"" + command->line + "\" has not ended"};
  std::string why = judge_exit_and_time(expect, *command);
  if (why.empty())
    why = judge_channel(
        {"stdout", command->stdout_text, expect.stdout_text, expect.stdout_has, expect.stdout_not});
  if (why.empty())
    why = judge_channel(
        {"stderr", command->stderr_text, expect.stderr_text, expect.stderr_has, expect.stderr_not});
  return {why.empty(), why};
}

}  // namespace cutaway::spec
