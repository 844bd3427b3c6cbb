#include "spec/litmus_line.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/json.h"
#include "base/json_text.h"
#include "base/text.h"
#include "spec/document.h"
#include "spec/litmus_call.h"

namespace cutaway::spec {

namespace {

bool is_list_of_names(ArgKind kind) {
  return kind == ArgKind::Flags || kind == ArgKind::OpenFlags || kind == ArgKind::CloneFlags ||
         kind == ArgKind::Mode;
}

bool is_in_quotes(ArgKind kind) {
  return kind == ArgKind::Path || kind == ArgKind::Text || kind == ArgKind::Buffer;
}

/// Those that a caller writes, in their order.
std::vector<ArgShape> written_arguments(abi::Sys sys) {
  const std::vector<ArgShape>& all = syscall_shape(sys).args;
  const std::vector<LitmusParameter> parameters = litmus_parameters(sys);
  std::vector<ArgShape> written;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const LitmusPass pass = parameters[i].pass;
    if (pass != LitmusPass::Room && pass != LitmusPass::Result) written.push_back(all[i]);
  }
  return written;
}

bool is_name(std::string_view text) {
  const auto good = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  return !text.empty() && !std::isdigit(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), good);
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("01234567") == std::string_view::npos;
}

// --- from a line ---

/// Cuts at commas that stand in no quotes and no brackets. Not every bracket closed: nothing.
std::optional<std::vector<std::string>> parts_of(std::string_view list) {
  std::vector<std::string> parts(1);
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '[' || c == '{')) ++depth;
    if (!quoted && (c == ']' || c == '}')) --depth;
    if (!quoted && depth == 0 && c == ',') {
      parts.emplace_back();
      continue;
    }
    parts.back() += c;
    if (quoted && c == '\\' && i + 1 < list.size()) parts.back() += list[++i];
  }
  if (quoted || depth != 0) return std::nullopt;
  for (std::string& part : parts) part = trim(part);
  if (parts.size() == 1 && parts[0].empty()) parts.clear();
  return parts;
}

tl::unexpected<Error> misread(const ArgShape& shape, std::string_view text,
                              std::string_view expected) {
  return fail(ErrorCode::Usage, std::string(shape.name) + " is " +
                                    std::string(text.empty() ? "left out" : text) + ", expected " +
                                    std::string(expected));
}

Result<Json> parse_names(std::string_view text, const ArgShape& shape) {
  Json names = Json::array();
  if (text == "0") return names;
  for (const std::string& each : split(text, '|')) {
    const std::string name(trim(each));
    const bool bits = starts_with(name, "0x") || (shape.kind == ArgKind::Mode && is_digits(name));
    if (!bits && !is_name(name)) return misread(shape, text, "names with | between them, or 0");
    names.push_back(name);
  }
  return names;
}

Result<Json> value_of(std::string_view text, const ArgShape& shape) {
  std::int64_t number = 0;
  if (text == "NULL") return Json();
  if (starts_with(text, "$")) return Json(text);
  if (starts_with(text, "\"") || starts_with(text, "{") || starts_with(text, "[")) {
    auto value = parse_json(text);
    if (!value) return misread(shape, text, "a text, a struct or a list as JSON writes it");
    return *value;
  }
  if (shape.kind == ArgKind::Mode && is_digits(text)) return Json(text);
  if (is_list_of_names(shape.kind)) return parse_names(text, shape);
  if (parse_decimal(text, number)) return Json(number);
  if (starts_with(text, "0x") || shape.kind == ArgKind::Device) return Json(text);
  if (is_in_quotes(shape.kind)) return misread(shape, text, "a text in double quotes");
  if (!is_name(text)) return misread(shape, text, "a number, a name or $variable");
  return Json(text);
}

struct Parts {
  std::string as, name, list;
};
Result<Parts> cut_line(std::string_view line) {
  const auto wrong = [&line]() {
    return fail(ErrorCode::Usage,
                "'" + std::string(trim(line)) +
                    "' is no call, expected a name and its arguments, as mkdir(\"/old\", 0755)");
  };
  line = trim(line);
  if (ends_with(line, ";")) line = trim(line.substr(0, line.size() - 1));
  const std::size_t open = line.find('(');
  if (open == std::string_view::npos || !ends_with(line, ")")) return wrong();
  Parts parts;
  parts.name = trim(line.substr(0, open));
  parts.list = line.substr(open + 1, line.size() - open - 2);
  const std::size_t equal = parts.name.find('=');
  if (equal != std::string::npos) {
    parts.as = trim(parts.name.substr(0, equal));
    parts.name = std::string(trim(parts.name.substr(equal + 1)));
    if (!is_name(parts.as)) return wrong();
  }
  return is_name(parts.name) ? Result<Parts>(parts) : wrong();
}

Status check_known(const std::string& name, abi::Sys sys) {
  if (sys != abi::Sys::none && in_litmus_vocabulary(sys)) return {};
  std::vector<std::string> names;
  for (const abi::Sys each : litmus_vocabulary()) names.emplace_back(abi::sys_name(each));
  return fail(ErrorCode::Usage, unknown_word("call", name, names));
}

tl::unexpected<Error> too_many(const std::string& name, const std::vector<ArgShape>& shapes) {
  std::vector<std::string> names;
  names.reserve(shapes.size());
  for (const ArgShape& shape : shapes) names.emplace_back(shape.name);
  return fail(ErrorCode::Usage, name + " has more arguments than it takes, expected " + name + "(" +
                                    join(names, ", ") + ")");
}

}  // namespace

Result<Json> litmus_call_of(std::string_view line) {
  TRY_ASSIGN(const Parts parts, cut_line(line));
  const abi::Sys sys = abi::sys_of(parts.name);
  TRY(check_known(parts.name, sys));
  const std::vector<ArgShape> shapes = written_arguments(sys);
  const auto values = parts_of(parts.list);
  if (!values) return fail(ErrorCode::Usage, parts.name + " leaves a quote or a bracket open");
  if (values->size() > shapes.size()) return too_many(parts.name, shapes);
  Json call = Json::object();
  for (std::size_t i = 0; i < values->size(); ++i) {
    TRY_ASSIGN(call[std::string(shapes[i].name)], value_of((*values)[i], shapes[i]));
  }
  const std::vector<LitmusProblem> problems = check_call(sys, call, "");
  if (!problems.empty())
    return fail(ErrorCode::Usage, problems[0].pointer.substr(1) + " " + problems[0].text);
  call["call"] = parts.name;
  if (!parts.as.empty()) call["as"] = parts.as;
  return call;
}

// --- to a line ---

namespace {

std::string argument_text(const Json& value, const ArgShape& shape) {
  if (value.is_null()) return "NULL";
  if (value.is_array() && is_list_of_names(shape.kind)) {
    std::vector<std::string> names;
    for (const Json& each : value) names.push_back(each.get<std::string>());
    return names.empty() ? "0" : join(names, "|");
  }
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const bool variable = starts_with(text, "$") && is_name(std::string_view(text).substr(1));
    if (variable || !is_in_quotes(shape.kind)) return text;
  }
  return json_text(value);
}

std::string call_line(const Json& call, const std::string& name) {
  const std::vector<ArgShape> shapes = written_arguments(abi::sys_of(name));
  std::vector<std::string> values;
  std::size_t last = 0;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const auto found = call.find(shapes[i].name);
    if (found != call.end()) last = i + 1;
    values.push_back(found == call.end() ? "0" : argument_text(*found, shapes[i]));
  }
  values.resize(last);
  const std::string as = call.value("as", "");
  return (as.empty() ? "" : as + " = ") + name + "(" + join(values, ", ") + ")";
}

}  // namespace

std::string litmus_line(const Json& call) {
  if (call.contains("call")) return call_line(call, call["call"].get<std::string>());
  for (const char* form : {"barrier", "resume", "handled"}) {
    if (call.contains(form)) return std::string(form) + " " + json_text(call[form]);
  }
  if (call.contains("block")) return "block " + litmus_line(call["block"]);
  return json_text(call);
}

}  // namespace cutaway::spec
