// One call's expectation: a row for each key that `expect` may have.
#include "spec/litmus_judge.h"

#include <algorithm>

#include "base/text.h"
#include "spec/document.h"
#include "trace/log/json_values.h"

namespace cutaway::spec {

namespace {

using JudgeComplaint = std::optional<std::string>;

/// How a wait's status is taken apart: WIFEXITED and its like (wait(2)).
struct Ending {
  std::string_view how;  ///< "exited", "signaled", "stopped", "continued"; empty: nobody
  int value = 0;         ///< status or signal
};
Ending ending_of(std::optional<std::int32_t> status) {
  if (!status) return {};
  const auto bits = static_cast<std::uint32_t>(*status);
  const int high = static_cast<int>(bits >> 8U & 0xffU);
  if (bits == 0xffffU) return {"continued", 0};
  if ((bits & 0xffU) == 0x7fU) return {"stopped", high};
  if ((bits & 0x7fU) != 0) return {"signaled", static_cast<int>(bits & 0x7fU)};
  return {"exited", high};
}

std::string ending_words(const Ending& ending) {
  if (ending.how.empty()) return "no end of a child";
  if (ending.how == "continued") return "continued";
  const std::string value =
      ending.how == "exited" ? decimal(ending.value) : abi::signal_name(ending.value);
  return std::string(ending.how) + " " + value;
}

/// What one key of `expect` is compared with.
struct Case {
  const Json& wanted;
  const LitmusOutcome& outcome;
  const LitmusVariables& variables;
};

std::string instead(const Case& the, const std::string& expected) {
  return "expected " + expected + ", got " + outcome_words(the.outcome);
}

/// A number, or that of a variable; none: it is not set.
std::optional<std::int64_t> number_of(const Case& the, const Json& wanted) {
  if (wanted.is_number_integer()) return wanted.get<std::int64_t>();
  const auto& text = wanted.get_ref<const std::string&>();
  return the.variables.number(std::string_view(text).substr(1));
}

struct Relation {
  std::string_view name;
  bool (*holds)(std::int64_t);
};
constexpr Relation kRelations[] = {{">0", [](std::int64_t n) { return n > 0; }},
                                   {">=0", [](std::int64_t n) { return n >= 0; }},
                                   {"<0", [](std::int64_t n) { return n < 0; }}};

const Relation* relation_of(const Json& wanted) {
  for (const Relation& each : kRelations) {
    if (wanted == Json(std::string(each.name))) return &each;
  }
  return nullptr;
}

/// What a number must be, in words: "3", ">0", "$v (7)".
std::string number_words(const Case& the, const Json& wanted) {
  if (wanted.is_number_integer()) return decimal(wanted.get<std::int64_t>());
  const auto& text = wanted.get_ref<const std::string&>();
  const auto number = relation_of(wanted) != nullptr ? std::nullopt : number_of(the, wanted);
  return number ? text + " (" + decimal(*number) + ")" : text;
}

bool number_holds(const Case& the, std::int64_t got) {
  if (const Relation* relation = relation_of(the.wanted)) return relation->holds(got);
  const auto wanted = number_of(the, the.wanted);
  return wanted && *wanted == got;
}

JudgeComplaint judge_ret(const Case& the) {
  const bool failed = the.outcome.err != abi::Errno::kOk;
  const bool wants_failure = the.wanted == Json("<0") || the.wanted == Json(-1);
  if (failed ? wants_failure : number_holds(the, the.outcome.ret)) return std::nullopt;
  return instead(the, "ret " + number_words(the, the.wanted));
}

JudgeComplaint judge_err(const Case& the) {
  if (abi::errno_of(the.wanted.get_ref<const std::string&>()) == the.outcome.err)
    return std::nullopt;
  return instead(the, the.wanted.get<std::string>());
}

JudgeComplaint judge_exited(const Case& the) {
  const Ending ending = ending_of(the.outcome.status);
  if (ending.how == "exited" && number_holds(the, ending.value)) return std::nullopt;
  return instead(the, "exited " + number_words(the, the.wanted));
}

JudgeComplaint judge_signal(const Case& the, std::string_view how) {
  const Ending ending = ending_of(the.outcome.status);
  const auto& name = the.wanted.get_ref<const std::string&>();
  if (ending.how == how && ending.value == abi::signal_of(name)) return std::nullopt;
  return instead(the, std::string(how) + " " + name);
}
JudgeComplaint judge_signaled(const Case& the) { return judge_signal(the, "signaled"); }
JudgeComplaint judge_stopped(const Case& the) { return judge_signal(the, "stopped"); }

JudgeComplaint judge_continued(const Case& the) {
  const bool continued = ending_of(the.outcome.status).how == "continued";
  if (continued == the.wanted.get<bool>()) return std::nullopt;
  return instead(the, continued ? "not continued" : "continued");
}

/// Bytes that a document writes: a text with variables, or {"b64"}. None: a variable is not set.
std::optional<std::string> bytes_of(const Case& the, const Json& wanted) {
  std::string bytes;
  if (wanted.is_object())
    return base64_decode(wanted.value("b64", std::string()), bytes) ? std::optional(bytes)
                                                                    : std::nullopt;
  const auto& text = wanted.get_ref<const std::string&>();
  const std::vector<std::string> names = variables_in(text);
  const bool whole = names.size() == 1 && text == "$" + names.front();
  if (!whole) return the.variables.text(text, bytes);
  if (auto data = the.variables.bytes(names.front())) return data;
  const auto number = the.variables.number(names.front());
  return number ? std::optional(decimal(*number)) : std::nullopt;
}

std::string in_quotes(std::string_view bytes) {
  constexpr std::size_t kLongest = 200;
  if (bytes.size() <= kLongest) return shown(text_json(bytes));
  return shown(text_json(bytes.substr(0, kLongest))) + "…";
}

std::string data_words(const LitmusOutcome& outcome) {
  return outcome.data ? "data " + in_quotes(*outcome.data)
                      : outcome_words(outcome) + " without data";
}

JudgeComplaint judge_data(const Case& the) {
  const auto wanted = bytes_of(the, the.wanted);
  if (wanted && the.outcome.data == wanted) return std::nullopt;
  return "expected data " + shown(the.wanted) + ", got " + data_words(the.outcome);
}

JudgeComplaint judge_parts(const Case& the, bool present) {
  const Json list = the.wanted.is_array() ? the.wanted : Json::array({the.wanted});
  for (const Json& part : list) {
    const auto wanted = bytes_of(the, part);
    const bool found =
        wanted && the.outcome.data && the.outcome.data->find(*wanted) != std::string::npos;
    if (wanted && the.outcome.data && found == present) continue;
    return "expected data " + std::string(present ? "with " : "without ") + shown(part) + ", got " +
           data_words(the.outcome);
  }
  return std::nullopt;
}
JudgeComplaint judge_data_has(const Case& the) { return judge_parts(the, true); }
JudgeComplaint judge_data_not(const Case& the) { return judge_parts(the, false); }

bool json_matches(const Case& the, const Json& wanted, const Json& got);

bool object_matches(const Case& the, const Json& wanted, const Json& got) {
  if (!got.is_object()) return false;
  for (const auto& [key, part] : wanted.items()) {
    // A mode with its type: ["S_IFBLK","0600"] is st_type and st_mode.
    if (key == "st_mode" && part.is_array() && part.size() == 2) {
      if (part[0] != got.value("st_type", Json()) ||
          !json_matches(the, part[1], got.value("st_mode", Json())))
        return false;
      continue;
    }
    if (!got.contains(key) || !json_matches(the, part, got[key])) return false;
  }
  return true;
}

/// Lists of names are sets: their order says nothing.
bool list_matches(const Case& the, const Json& wanted, const Json& got) {
  if (!got.is_array() || wanted.size() != got.size()) return false;
  const bool names =
      std::all_of(wanted.begin(), wanted.end(), [](const Json& each) { return each.is_string(); });
  if (names) {
    std::vector<Json> a(wanted.begin(), wanted.end()), b(got.begin(), got.end());
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!json_matches(the, wanted[i], got[i])) return false;
  }
  return true;
}

bool text_matches(const Case& the, const Json& wanted, const Json& got) {
  const auto& text = wanted.get_ref<const std::string&>();
  if (got.is_number()) {
    const Case inner{wanted, the.outcome, the.variables};
    if (relation_of(wanted) != nullptr || (text.size() > 1 && text[0] == '$'))
      return number_holds(inner, got.get<std::int64_t>());
    return false;
  }
  if (!got.is_string()) return false;
  std::uint64_t a = 0, b = 0;
  const auto& found = got.get_ref<const std::string&>();
  const bool octal =
      !text.empty() && text[0] == '0' && parse_unsigned(text, 8, a) && parse_unsigned(found, 8, b);
  if (octal) return a == b;
  return bytes_of(the, wanted) == found;
}

bool json_matches(const Case& the, const Json& wanted, const Json& got) {
  if (wanted.is_object()) return object_matches(the, wanted, got);
  if (wanted.is_array()) return list_matches(the, wanted, got);
  if (wanted.is_string()) return text_matches(the, wanted, got);
  return wanted == got;
}

JudgeComplaint judge_out(const Case& the) {
  for (const auto& [key, part] : the.wanted.items()) {
    Json wanted = Json::object();
    wanted[key] = part;
    if (object_matches(the, wanted, the.outcome.out)) continue;
    const Json got = the.outcome.out.is_object() ? the.outcome.out.value(key, Json()) : Json();
    const std::string found =
        got.is_null() ? outcome_words(the.outcome) + " without " + key : key + " " + shown(got);
    return "expected " + key + " " + shown(part) + ", got " + found;
  }
  return std::nullopt;
}

struct JudgeRow {
  std::string_view key;
  JudgeComplaint (*judge)(const Case&);
};
constexpr JudgeRow kJudgeRows[] = {{"ret", judge_ret},           {"err", judge_err},
                                   {"exited", judge_exited},     {"signaled", judge_signaled},
                                   {"stopped", judge_stopped},   {"continued", judge_continued},
                                   {"data", judge_data},         {"data_has", judge_data_has},
                                   {"data_not", judge_data_not}, {"out", judge_out}};

}  // namespace

std::string outcome_words(const LitmusOutcome& outcome) {
  if (outcome.err != abi::Errno::kOk) {
    return std::string(abi::errno_name(outcome.err)) + " (" +
           std::string(abi::errno_text(outcome.err)) + ")";
  }
  const Ending ending = ending_of(outcome.status);
  const std::string ret = "ret " + decimal(outcome.ret);
  return ending.how.empty() ? ret : ret + ", " + ending_words(ending);
}

std::optional<std::string> judge(const Json& expect, const LitmusOutcome& outcome,
                                 const LitmusVariables& variables) {
  if (!expect.is_object()) return std::nullopt;
  for (const JudgeRow& row : kJudgeRows) {
    const auto wanted = expect.find(row.key);
    if (wanted == expect.end()) continue;
    if (auto complaint = row.judge(Case{*wanted, outcome, variables})) return complaint;
  }
  return std::nullopt;
}

}  // namespace cutaway::spec
