#include "spec/litmus_variables.h"

#include "base/text.h"

namespace cutaway::spec {

namespace {

/// "p.1" is part 1 of "p".
struct NamedPart {
  std::string_view variable, part;
};
NamedPart split_name(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return {text, {}};
  return {text.substr(0, dot), text.substr(dot + 1)};
}

}  // namespace

void LitmusVariables::set(const std::string& name, const LitmusOutcome& outcome) {
  if (name.empty()) return;
  values_[name] = {outcome.ret, outcome.data, outcome.descriptors};
}

std::optional<std::int64_t> LitmusVariables::number(std::string_view name) const {
  const auto [variable, part] = split_name(name);
  const auto found = values_.find(variable);
  if (found == values_.end()) return std::nullopt;
  if (part.empty()) return found->second.ret;
  std::int64_t index = 0;
  const std::vector<std::int64_t>& parts = found->second.parts;
  if (!parse_decimal(part, index) || index < 0 || index >= static_cast<std::int64_t>(parts.size()))
    return std::nullopt;
  return parts[static_cast<std::size_t>(index)];
}

std::optional<std::string> LitmusVariables::bytes(std::string_view name) const {
  const auto [variable, part] = split_name(name);
  const auto found = values_.find(variable);
  if (found == values_.end() || part != "data") return std::nullopt;
  return found->second.data;
}

std::optional<std::string> LitmusVariables::text(std::string_view text,
                                                 std::string& missing) const {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] != '$' || (next != '$' && next != '{')) {
      result += text[i];
      continue;
    }
    const std::size_t close = next == '{' ? text.find('}', i) : std::string_view::npos;
    if (next == '$' || close == std::string_view::npos) {
      result += '$';
      i += next == '$' ? 1 : 0;
      continue;
    }
    const std::string_view name = text.substr(i + 2, close - i - 2);
    const auto data = bytes(name);
    const auto value = data ? std::nullopt : number(name);
    if (!data && !value) {
      missing = std::string(name);
      return std::nullopt;
    }
    result += data ? *data : decimal(*value);
    i = close;
  }
  return result;
}

}  // namespace cutaway::spec
