#include "spec/scenario/litmus_values.h"

#include "base/text.h"
#include "spec/litmus.h"
#include "trace/abi/abi.h"

namespace cutaway::spec {

namespace {

bool is_variable(const Json& value) {
  return value.is_string() && !variables_in(value.get_ref<const std::string&>()).empty();
}

bool is_signal(const Json& value) {
  return value.is_string() && abi::signal_of(value.get_ref<const std::string&>()) != 0;
}

bool good_number(const Json& value) {
  if (value.is_number_integer() || is_variable(value)) return true;
  return value == Json(">0") || value == Json(">=0") || value == Json("<0");
}
bool good_errno(const Json& value) {
  return value.is_string() && abi::errno_of(value.get_ref<const std::string&>()) != abi::Errno::kOk;
}
bool good_text(const Json& value) { return value.is_string() || value.is_object(); }
bool good_texts(const Json& value) {
  for (const Json& one : value) {
    if (!one.is_string()) return false;
  }
  return value.is_array() || value.is_string();
}
bool good_bool(const Json& value) { return value.is_boolean(); }
bool good_object(const Json& value) { return value.is_object(); }

struct ResultRow {
  const char* key;
  bool (*good)(const Json&);
  const char* expected;
};
constexpr ResultRow kResults[] = {
    {"ret", good_number, "a whole number, \"$variable\", \">0\", \">=0\" or \"<0\""},
    {"err", good_errno, "an error's name, such as \"EPERM\""},
    {"exited", good_number, "an exit status"},
    {"signaled", is_signal, "a signal's name, such as \"SIGKILL\""},
    {"stopped", is_signal, "a signal's name, such as \"SIGSTOP\""},
    {"continued", good_bool, "true or false"},
    {"data", good_text, "a text, or {\"b64\":…}"},
    {"data_has", good_texts, "a text or a list of texts"},
    {"data_not", good_texts, "a text or a list of texts"},
    {"out", good_object, "an object with fields of the struct"},
};

}  // namespace

void check_result(Problems& problems, const Json& value, const std::string& pointer) {
  Keys keys;
  for (const ResultRow& row : kResults) keys.emplace_back(row.key);
  const ObjectReader reader(problems, value, pointer, keys);
  for (const ResultRow& row : kResults) {
    const Json* member = reader.find(row.key);
    if (member != nullptr && !row.good(*member)) reader.wrong(row.key, row.expected);
  }
  if (reader.has("ret") && reader.has("err"))
    problems.add(pointer, "expects ret and err at once, expected one of them");
}

bool good_variable(std::string_view name) {
  bool good = !name.empty() && !(name[0] >= '0' && name[0] <= '9');
  for (const char c : name) {
    good = good &&
           ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
  }
  return good;
}

const std::vector<std::string>& syscall_names() {
  static const std::vector<std::string> names = {
#define CUTAWAY_SYSCALL(number, name) #name,
#include "trace/abi/syscalls.inc"
#undef CUTAWAY_SYSCALL
  };
  return names;
}

std::vector<std::string> variables_in(std::string_view text) {
  std::vector<std::string> names;
  const bool whole = text.size() > 1 && text[0] == '$' && text[1] != '$' && text[1] != '{';
  if (whole) return {std::string(text.substr(1))};
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '$') continue;
    const std::size_t close = text.find('}', i);
    if (text[i + 1] == '{' && close != std::string_view::npos)
      names.emplace_back(text.substr(i + 2, close - i - 2));
    ++i;  // "$$" is a dollar
  }
  return names;
}

}  // namespace cutaway::spec
