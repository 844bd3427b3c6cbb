#include "viz/text/argument_words.h"

#include "base/json.h"
#include "base/text.h"
#include "trace/event/shape.h"
#include "trace/log/arg_json.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

std::string value_words(const Json& value) {
  if (value.is_null()) return "NULL";
  if (value.is_string()) return short_ids(printable(value.get<std::string>()));
  return short_ids(printable(value.dump()));
}

/// {"fd":3,"is":"pipe:[17]"}.
std::string descriptor_words(const Json& value) {
  const std::string is = value.contains("is") ? value_words(value["is"]) : "";
  return value_words(value["fd"]) + (is.empty() ? "" : " (" + is + ")");
}

std::string list_words(const Json& list, std::string_view between) {
  std::vector<std::string> words;
  for (const Json& item : list) words.push_back(value_words(item));
  return words.empty() ? "none" : join(words, between);
}

bool is_text(ArgKind kind) {
  return kind == ArgKind::Path || kind == ArgKind::Text || kind == ArgKind::Buffer;
}

}  // namespace

std::string argument_words(const Syscall& call, std::size_t index) {
  const SyscallShape& shape = syscall_shape(call.sys);
  const ArgShape kind = index < shape.args.size() ? shape.args[index] : ArgShape{};
  const Json value = arg_json(call.args[index], kind);
  if (value.is_object() && value.contains("fd")) return descriptor_words(value);
  if (value.is_object() && value.contains("text")) return "\"" + value_words(value["text"]) + "…\"";
  if (value.is_array()) return list_words(value, kind.kind == ArgKind::TextList ? " " : " | ");
  const std::string words = value_words(value);
  return value.is_string() && is_text(kind.kind) ? "\"" + words + "\"" : words;
}

}  // namespace cutaway::viz
