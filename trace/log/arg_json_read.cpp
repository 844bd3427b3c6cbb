#include "base/text.h"
#include "trace/log/arg_json.h"

namespace cutaway {

namespace {

constexpr std::string_view kCapabilitySets[] = {"effective", "permitted", "inheritable"};

bool is_hex_number(const std::string& text) {
  std::uint64_t value = 0;
  return starts_with(text, "0x") && parse_unsigned(std::string_view(text).substr(2), 16, value);
}

constexpr int kDeepestText = 16;

bool read_plain(const Json& json, Arg& arg, JsonProblem& problem, int depth);

bool read_bytes(const Json& json, Arg& arg, JsonProblem& problem) {
  const auto text = json.find("text");
  if (!read_text(text == json.end() ? json : *text, arg.text, problem)) return false;
  arg.tag = ArgTag::Bytes;
  arg.length = arg.text.size();
  const auto length = json.find("len");
  return length == json.end() || read_integer(*length, arg.length, problem) || problem.below("len");
}

bool read_fd(const Json& json, Arg& arg, JsonProblem& problem) {
  arg.tag = ArgTag::Integer;
  if (!read_integer(json.at("fd"), arg.value, problem)) return problem.below("fd");
  const auto is = json.find("is");
  return is == json.end() || read_text(*is, arg.text, problem) || problem.below("is");
}

bool read_struct(const Json& json, Arg& arg, JsonProblem& problem, int depth) {
  arg.tag = ArgTag::Struct;
  for (auto item = json.begin(); item != json.end(); ++item) {
    if (!read_key(item.key(), arg.keys.emplace_back())) return problem.expected("another key");
    if (!read_plain(item.value(), arg.items.emplace_back(), problem, depth + 1))
      return problem.below(item.key());
  }
  return true;
}

bool read_list(const Json& json, Arg& arg, JsonProblem& problem, int depth) {
  arg.tag = ArgTag::List;
  for (const Json& item : json) {
    if (!read_plain(item, arg.items.emplace_back(), problem, depth + 1)) return false;
  }
  return true;
}

bool has_only(const Json& object, std::initializer_list<std::string_view> keys) {
  std::size_t known = 0;
  for (const std::string_view key : keys) known += object.contains(key) ? 1U : 0U;
  return known == object.size();
}

bool read_plain(const Json& json, Arg& arg, JsonProblem& problem, int depth) {
  arg = Arg();
  if (depth > kDeepestText) return problem.expected("a less deep structure");
  if (json.is_null()) return true;
  if (json.is_array()) return read_list(json, arg, problem, depth);
  if (json.is_object()) {
    if (json.contains("fd") && has_only(json, {"fd", "is"})) return read_fd(json, arg, problem);
    if ((json.contains("text") || json.contains("b64")) && has_only(json, {"text", "b64", "len"})) {
      return read_bytes(json, arg, problem);
    }
    return read_struct(json, arg, problem, depth);
  }
  const auto* text = json.get_ptr<const std::string*>();
  if (text != nullptr && !is_hex_number(*text)) {
    arg = Arg::bytes(*text);
    return true;
  }
  arg.tag = ArgTag::Integer;
  if (json.is_number_unsigned())
    arg.value = static_cast<std::int64_t>(json.get<std::uint64_t>());
  else
    return read_integer(json, arg.value, problem);
  return true;
}

bool read_mode(const Json& json, std::uint64_t& mode) {
  const bool typed =
      json.is_array() && json.size() == 2 && json[0].is_string() && json[1].is_string();
  const Json& permissions = typed ? json[1] : json;
  const auto* text = permissions.get_ptr<const std::string*>();
  if (text == nullptr || !parse_unsigned(*text, 8, mode)) return false;
  if (!typed) return true;
  for (const abi::Flag& type : abi::kFileTypes) {
    if (json[0].get_ref<const std::string&>() != type.name) continue;
    mode |= type.value;
    return true;
  }
  return false;
}

bool read_device(const Json& json, std::uint64_t& device) {
  const auto* text = json.get_ptr<const std::string*>();
  const std::size_t colon = text == nullptr ? std::string::npos : text->find(':');
  if (colon == std::string::npos) return false;
  std::uint64_t major = 0, minor = 0;
  const std::string_view view = *text;
  if (!parse_unsigned(view.substr(0, colon), 10, major) ||
      !parse_unsigned(view.substr(colon + 1), 10, minor))
    return false;
  if (major > 0xfff || minor > 0xfffff) return false;
  device = (major << 8) | (minor & 0xff) | ((minor & ~std::uint64_t{0xff}) << 12);
  return true;
}

bool read_constant(const Json& json, const abi::FlagTable* table, std::uint64_t& value) {
  const auto* name = json.get_ptr<const std::string*>();
  value = 0;
  return name != nullptr && table != nullptr && !is_hex_number(*name) &&
         abi::flag_value(*table, *name, value);
}

/// Forms that only some shapes have. False: it is none of these.
bool read_shaped(const Json& json, const ArgShape& shape, std::uint64_t& bits) {
  JsonProblem ignored;
  std::int64_t signal = 0;
  switch (shape.kind) {
    case ArgKind::Flags:
    case ArgKind::OpenFlags:
      return json.is_array() && read_flags(json, *shape.table, bits, ignored);
    case ArgKind::CloneFlags:
      return json.is_array() && read_clone_flags(json, bits, ignored);
    case ArgKind::Constant:
      return read_constant(json, shape.table, bits);
    case ArgKind::Mode:
      return read_mode(json, bits);
    case ArgKind::Device:
      return read_device(json, bits);
    case ArgKind::DirFd:
      bits = static_cast<std::uint64_t>(abi::at::kFdcwd);
      return json == "AT_FDCWD";
    case ArgKind::Signal:
      if (!json.is_string() || !read_signal(json, signal, ignored)) return false;
      bits = static_cast<std::uint64_t>(signal);
      return true;
    default:
      return false;
  }
}

bool may_be_null(ArgKind kind) {
  return kind == ArgKind::Path || kind == ArgKind::Text || kind == ArgKind::Buffer ||
         kind == ArgKind::Address || kind == ArgKind::TextList || kind == ArgKind::Caps ||
         kind == ArgKind::Struct;
}

/// {effective, permitted, inheritable} as lists of names become numbers, in this order.
bool read_capability_sets(const Json& json, Arg& arg) {
  if (!json.is_object() || json.empty() ||
      !has_only(json, {kCapabilitySets[0], kCapabilitySets[1], kCapabilitySets[2]})) {
    return false;
  }
  Arg read;
  read.tag = ArgTag::Struct;
  for (const std::string_view key : kCapabilitySets) {
    const auto found = json.find(key);
    if (found == json.end()) continue;
    JsonProblem ignored;
    std::uint64_t set = 0;
    if (!read_capabilities(*found, set, ignored)) return false;
    read.keys.emplace_back(key);
    read.items.push_back(Arg::integer(static_cast<std::int64_t>(set)));
  }
  arg = std::move(read);
  return true;
}

}  // namespace

bool read_arg(const Json& json, const ArgShape& shape, Arg& arg, JsonProblem& problem) {
  std::uint64_t bits = 0;
  if (read_shaped(json, shape, bits) || (may_be_null(shape.kind) && json.is_null())) {
    arg = Arg::integer(static_cast<std::int64_t>(bits));
    return true;
  }
  if (shape.kind == ArgKind::Caps && read_capability_sets(json, arg)) return true;
  return read_plain(json, arg, problem, 0);
}

}  // namespace cutaway
