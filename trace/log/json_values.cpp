#include "trace/log/json_values.h"

#include <algorithm>

#include "base/text.h"

namespace cutaway {

namespace {

constexpr std::uint64_t kJsonMax = std::uint64_t{1} << 53;

bool read_hex(std::string_view text, std::uint64_t& value) {
  return starts_with(text, "0x") && parse_unsigned(text.substr(2), 16, value);
}

}  // namespace

bool JsonProblem::expected(std::string_view what) {
  message = "expected ";
  message += what;
  return false;
}

bool JsonProblem::below(std::string_view key) {
  pointer = pointer_join("", key) + pointer;
  return false;
}

Json integer_json(std::uint64_t value) {
  return value < kJsonMax ? Json(value) : Json("0x" + hex(value));
}

Json integer_json(std::int64_t value) {
  if (value >= 0) return integer_json(static_cast<std::uint64_t>(value));
  if (value > -static_cast<std::int64_t>(kJsonMax)) return value;
  return "0x" + hex(static_cast<std::uint64_t>(value));
}

bool read_integer(const Json& json, std::uint64_t& value, JsonProblem& problem) {
  const auto* text = json.get_ptr<const std::string*>();
  if (text != nullptr && read_hex(*text, value)) return true;
  if (!json.is_number_integer() || json < 0)
    return problem.expected("a whole number, not negative");
  value = json.get<std::uint64_t>();
  return true;
}

bool read_integer(const Json& json, std::int64_t& value, JsonProblem& problem) {
  const auto* text = json.get_ptr<const std::string*>();
  if (std::uint64_t bits = 0; text != nullptr && read_hex(*text, bits)) {
    value = static_cast<std::int64_t>(bits);
    return true;
  }
  if (!json.is_number_integer() || json > INT64_MAX) return problem.expected("a whole number");
  value = json.get<std::int64_t>();
  return true;
}

Json text_json(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  Json json = Json::object();
  json["b64"] = base64_encode(bytes);
  return json;
}

bool read_text(const Json& json, std::string& bytes, JsonProblem& problem) {
  if (const auto* text = json.get_ptr<const std::string*>()) {
    bytes = *text;
    return true;
  }
  const auto coded = json.is_object() ? json.find("b64") : json.end();
  const bool found = json.is_object() && coded != json.end() && coded->is_string();
  if (found && base64_decode(coded->get_ref<const std::string&>(), bytes)) return true;
  return problem.expected("a string or {\"b64\":…}");
}

std::string key_text(std::string_view bytes) {
  const bool plain = is_utf8(bytes) && !starts_with(bytes, "b64:");
  return plain ? std::string(bytes) : "b64:" + base64_encode(bytes);
}

bool read_key(std::string_view key, std::string& bytes) {
  if (starts_with(key, "b64:")) return base64_decode(key.substr(4), bytes);
  bytes = key;
  return true;
}

Json blob_id_json(BlobId id) { return id ? Json("0x" + hex(id.value)) : Json(nullptr); }

bool read_blob_id(const Json& json, BlobId& id, JsonProblem& problem) {
  id = BlobId{};
  if (json.is_null()) return true;
  const auto* text = json.get_ptr<const std::string*>();
  if (text != nullptr && read_hex(*text, id.value)) return true;
  return problem.expected("\"0x…\" or null");
}

std::string mode_text(std::uint64_t mode) { return mode == 0 ? "0" : "0" + octal(mode); }

Json signal_json(std::int64_t signal) {
  return signal > 0 && signal <= 64 ? Json(abi::signal_name(static_cast<int>(signal)))
                                    : integer_json(signal);
}

bool read_signal(const Json& json, std::int64_t& signal, JsonProblem& problem) {
  if (const auto* name = json.get_ptr<const std::string*>()) {
    signal = abi::signal_of(*name);
    return signal != 0 || problem.expected("the name of a signal");
  }
  return read_integer(json, signal, problem);
}

Json flags_json(const abi::FlagTable& table, std::uint64_t bits) {
  return abi::flag_names(table, bits);
}

bool read_flags(const Json& json, const abi::FlagTable& table, std::uint64_t& bits,
                JsonProblem& problem) {
  bits = 0;
  if (!json.is_array()) return problem.expected("a list of names of flags");
  for (const Json& item : json) {
    const auto* name = item.get_ptr<const std::string*>();
    if (name == nullptr || !abi::flag_value(table, *name, bits)) {
      return problem.expected("names of flags of " + std::string(table.name));
    }
  }
  return true;
}

Json clone_flags_json(std::uint64_t bits) {
  const auto signal = static_cast<int>(bits & 0x7f);
  const bool named = signal > 0 && signal <= 64;
  std::vector<std::string> names =
      abi::flag_names(abi::kCloneFlags, named ? bits & ~std::uint64_t{0x7f} : bits);
  if (named) names.push_back(abi::signal_name(signal));
  std::sort(names.begin(), names.end());
  return names;
}

bool read_clone_flags(const Json& json, std::uint64_t& bits, JsonProblem& problem) {
  bits = 0;
  if (!json.is_array()) return problem.expected("a list of names of flags");
  for (const Json& item : json) {
    const auto* name = item.get_ptr<const std::string*>();
    if (name != nullptr && abi::flag_value(abi::kCloneFlags, *name, bits)) continue;
    const int signal = name == nullptr ? 0 : abi::signal_of(*name);
    if (signal == 0) return problem.expected("names of CLONE_* and of a signal");
    bits |= static_cast<std::uint64_t>(signal);
  }
  return true;
}

Json capabilities_json(std::uint64_t set) {
  std::vector<std::string> names;
  for (int number = 0; number < abi::kCapabilityCount; ++number) {
    if (((set >> number) & 1) != 0) names.emplace_back(abi::capability_name(number));
  }
  const std::uint64_t rest = set & ~abi::kAllCapabilities;
  if (rest != 0) names.push_back("0x" + hex(rest));
  std::sort(names.begin(), names.end());
  return names;
}

bool read_capabilities(const Json& json, std::uint64_t& set, JsonProblem& problem) {
  set = 0;
  if (!json.is_array()) return problem.expected("a list of names of capabilities");
  for (const Json& item : json) {
    const auto* name = item.get_ptr<const std::string*>();
    std::uint64_t bits = 0;
    const int number = name == nullptr ? -1 : abi::capability_of(*name);
    if (number >= 0)
      bits = std::uint64_t{1} << number;
    else if (name == nullptr || !read_hex(*name, bits))
      return problem.expected("names of capabilities");
    set |= bits;
  }
  return true;
}

namespace {

Json signal_set_json(std::uint64_t set) {
  std::vector<std::string> names;
  for (int signal = 1; signal <= 64; ++signal) {
    if (((set >> (signal - 1)) & 1) != 0) names.push_back(abi::signal_name(signal));
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool read_signal_set(const Json& json, std::uint64_t& set, JsonProblem& problem) {
  set = 0;
  if (!json.is_array()) return problem.expected("a list of names of signals");
  for (const Json& item : json) {
    const auto* name = item.get_ptr<const std::string*>();
    const int signal = name == nullptr ? 0 : abi::signal_of(*name);
    if (signal == 0) return problem.expected("names of signals");
    set |= std::uint64_t{1} << (signal - 1);
  }
  return true;
}

}  // namespace

Json styled_json(std::uint64_t bits, FieldStyle style) {
  switch (style) {
    case FieldStyle::Plain:
      break;
    case FieldStyle::Octal:
      return mode_text(bits);
    case FieldStyle::Signal:
      return signal_json(static_cast<std::int64_t>(bits));
    case FieldStyle::SignalSet:
      return signal_set_json(bits);
    case FieldStyle::HexWord:
      return "0x" + hex(bits);
    case FieldStyle::CloneFlags:
      return clone_flags_json(bits);
    case FieldStyle::MountFlags:
      return flags_json(abi::kMountFlags, bits);
    case FieldStyle::OpenFlags:
      return flags_json(abi::kOpenFlags, bits);
  }
  return integer_json(bits);
}

bool read_styled(const Json& json, std::uint64_t& bits, FieldStyle style, JsonProblem& problem) {
  if (style == FieldStyle::Octal) {
    const auto* text = json.get_ptr<const std::string*>();
    return (text != nullptr && parse_unsigned(*text, 8, bits)) ||
           problem.expected("an octal number in a string");
  }
  if (style == FieldStyle::Signal) {
    std::int64_t signal = 0;
    if (!read_signal(json, signal, problem)) return false;
    bits = static_cast<std::uint64_t>(signal);
    return true;
  }
  if (style == FieldStyle::SignalSet) return read_signal_set(json, bits, problem);
  if (style == FieldStyle::CloneFlags) return read_clone_flags(json, bits, problem);
  if (style == FieldStyle::MountFlags) return read_flags(json, abi::kMountFlags, bits, problem);
  if (style == FieldStyle::OpenFlags) return read_flags(json, abi::kOpenFlags, bits, problem);
  return read_integer(json, bits, problem);
}

std::string dump_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string dump_line(const Json& json, const std::vector<std::string_view>& first) {
  std::string line = "{";
  const auto add = [&line](const std::string& key, const Json& value) {
    if (line.size() > 1) line += ',';
    line += dump_line(Json(key));
    line += ':';
    line += dump_line(value);
  };
  for (const std::string_view key : first) {
    const auto found = json.find(key);
    if (found != json.end()) add(found.key(), *found);
  }
  for (auto item = json.begin(); item != json.end(); ++item) {
    if (std::find(first.begin(), first.end(), item.key()) == first.end())
      add(item.key(), item.value());
  }
  return line + "}";
}

}  // namespace cutaway
