// Comparing: fields of events, values of the World.
#include <algorithm>

#include "base/text.h"
#include "spec/document.h"
#include "spec/predicate/node.h"

namespace cutaway::spec {

bool covers(const Json& pattern, const Json& value) {
  if (!pattern.is_object() || !value.is_object()) return pattern == value;
  for (const auto& [key, part] : pattern.items()) {
    const auto found = value.find(key);
    if (found == value.end() || !covers(part, *found)) return false;
  }
  return true;
}

bool matches(const EventPattern& pattern, const Json& event) {
  return pattern.fields() == nullptr || covers(*pattern.fields(), event);
}

std::string EventPattern::text() const { return fields_ == nullptr ? "{}" : shown(*fields_); }

namespace {

bool has(const Json& container, const Json& part) {
  if (container.is_array())
    return std::find(container.begin(), container.end(), part) != container.end();
  if (!part.is_string()) return false;
  const std::string& text = part.get_ref<const std::string&>();
  if (container.is_object()) return container.contains(text);
  return container.is_string() &&
         container.get_ref<const std::string&>().find(text) != std::string::npos;
}

bool numbers(const Json& a, const Json& b) { return a.is_number() && b.is_number(); }

// One step of a pointer, with ~0 and ~1 undone.
std::string unescape(std::string_view step) {
  std::string text;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const bool escape = step[i] == '~' && i + 1 < step.size();
    text += !escape ? step[i] : step[++i] == '1' ? '/' : '~';
  }
  return text;
}

const Json* child(const Json& value, const std::string& key) {
  if (value.is_object()) {
    const auto found = value.find(key);
    return found == value.end() ? nullptr : &*found;
  }
  std::int64_t index = 0;
  if (!value.is_array() || !parse_decimal(key, index) || index < 0) return nullptr;
  const auto at = static_cast<std::size_t>(index);
  return at < value.size() ? &value[at] : nullptr;
}

// A container by id, by name, or by the beginning of its id if that is one container's only.
const Json* container(const Json& containers, const std::string& key) {
  const Json* found = nullptr;
  for (const auto& [id, record] : containers.items()) {
    const bool named = record.is_object() && record.value("name", Json()) == Json(key);
    if (named) return &record;
    if (!starts_with(id, key)) continue;
    if (found != nullptr) return nullptr;
    found = &record;
  }
  return found;
}

}  // namespace

const Json* find_in_world(const Json& world, std::string_view pointer) {
  const Json* value = &world;
  std::size_t depth = 0;
  bool in_containers = false;
  for (const std::string& step : split(pointer, '/')) {
    if (depth++ == 0) {
      if (!step.empty()) return nullptr;  // a pointer begins with a slash
      continue;
    }
    const std::string key = unescape(step);
    const Json* next = child(*value, key);
    if (next == nullptr && depth == 3 && in_containers && value->is_object())
      next = container(*value, key);
    if (next == nullptr) return nullptr;
    in_containers = depth == 2 && key == "containers";
    value = next;
  }
  return value;
}

bool passes(const Test& test, const Json* value) {
  if (test.comparison == Comparison::Exists) return (value != nullptr) == test.value.get<bool>();
  if (value == nullptr) return false;
  switch (test.comparison) {
    case Comparison::Is:
      return covers(test.value, *value);
    case Comparison::Not:
      return !covers(test.value, *value);
    case Comparison::Lt:
      return numbers(*value, test.value) && *value < test.value;
    case Comparison::Gt:
      return numbers(*value, test.value) && *value > test.value;
    case Comparison::Has:
      return has(*value, test.value);
    case Comparison::Exists:
      break;
  }
  return false;
}

std::string expectation(const Test& test) {
  constexpr std::string_view kWords[] = {"", "anything but ", "less than ", "more than ",
                                         "something with "};
  if (test.comparison == Comparison::Exists)
    return test.value.get<bool>() ? "something there" : "nothing there";
  return std::string(kWords[static_cast<std::size_t>(test.comparison)]) + shown(test.value);
}

}  // namespace cutaway::spec
