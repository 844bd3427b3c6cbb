// Structs in JSON, driven by visit_fields. Readers accept unknown fields, and leave out what is
// missing or null.
#pragma once

#include <utility>

#include "base/text.h"
#include "trace/log/enum_names.h"
#include "trace/log/field_types.h"
#include "trace/log/json_values.h"

namespace cutaway {

template <class T>
Json write_json(const T& value, FieldStyle style = FieldStyle::Plain);
template <class T>
bool read_json(const Json& json, T& value, JsonProblem& problem,
               FieldStyle style = FieldStyle::Plain);

template <class T>
struct JsonFieldWriter {
  Json& object;
  template <class Field>
  void operator()(const char* name, const Field& field) {
    object[std::string(field_name<T>(name))] = write_json(field, field_style<T>(name));
  }
};

template <class T>
struct JsonFieldReader {
  const Json& object;
  JsonProblem& problem;
  bool& ok;
  template <class Field>
  void operator()(const char* name, Field& field) {
    if (!ok) return;
    const std::string_view key = field_name<T>(name);
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return;
    ok = read_json(*found, field, problem, field_style<T>(name)) || problem.below(key);
  }
};

template <class K>
std::string json_key(const K& key, FieldStyle style) {
  if constexpr (std::is_same_v<K, std::string>) {
    return key_text(key);
  } else {
    const Json named = style == FieldStyle::Signal ? signal_json(key) : Json();
    return named.is_string() ? named.get<std::string>() : decimal(std::int64_t{key});
  }
}

template <class K>
bool read_json_key(const std::string& text, K& key, FieldStyle style) {
  if constexpr (std::is_same_v<K, std::string>) {
    return read_key(text, key);
  } else {
    std::int64_t number = style == FieldStyle::Signal ? abi::signal_of(text) : 0;
    if (number == 0 && !parse_decimal(text, number)) return false;
    key = static_cast<K>(number);
    return key == number;
  }
}

template <class T>
Json write_json_object(const T& value, FieldStyle style) {
  Json object = Json::object();
  if constexpr (is_map<T>::value) {
    for (const auto& item : value) object[json_key(item.first, style)] = write_json(item.second);
  } else if constexpr (is_table<T>::value) {
    value.each(
        [&object](const auto& item) { object[decimal(table_key(item).value)] = write_json(item); });
  } else if constexpr (std::is_same_v<T, NsIds>) {
    for (unsigned kind = 0; kind < kNsKinds; ++kind) {
      if (value[kind])
        object[std::string(enum_name(static_cast<NsKind>(kind)))] = value[kind].value;
    }
  } else {
    visit_fields(value, JsonFieldWriter<T>{object});
  }
  return object;
}

template <class T>
Json write_json(const T& value, FieldStyle style) {
  if constexpr (std::is_same_v<T, bool>)
    return value;
  else if constexpr (std::is_enum_v<T>)
    return std::string(enum_name(value));
  else if constexpr (std::is_integral_v<T>) {
    if (style != FieldStyle::Plain) return styled_json(static_cast<std::uint64_t>(value), style);
    if constexpr (std::is_unsigned_v<T>)
      return integer_json(std::uint64_t{value});
    else
      return integer_json(std::int64_t{value});
  } else if constexpr (is_id<T>::value)
    return value ? Json(value.value) : Json(nullptr);
  else if constexpr (std::is_same_v<T, BlobId>)
    return blob_id_json(value);
  else if constexpr (std::is_same_v<T, std::string>)
    return text_json(value);
  else if constexpr (is_cow<T>::value)
    return write_json(*value);
  else if constexpr (is_optional<T>::value)
    return value ? write_json(*value) : Json(nullptr);
  else if constexpr (is_vector<T>::value) {
    Json array = Json::array();
    for (const auto& item : value) array.push_back(write_json(item));
    return array;
  } else
    return write_json_object(value, style);
}

template <class T>
bool read_json_integer(const Json& json, T& value, JsonProblem& problem, FieldStyle style) {
  using Wide = std::conditional_t<std::is_unsigned_v<T>, std::uint64_t, std::int64_t>;
  Wide wide = 0;
  if (style == FieldStyle::Plain) {
    if (!read_integer(json, wide, problem)) return false;
  } else {
    std::uint64_t bits = 0;
    if (!read_styled(json, bits, style, problem)) return false;
    wide = static_cast<Wide>(bits);
  }
  value = static_cast<T>(wide);
  return value == wide || problem.expected("a smaller number");
}

template <class T>
bool read_json_item(const Json& json, const std::string& key, T& items, JsonProblem& problem,
                    FieldStyle style) {
  if constexpr (is_map<T>::value) {
    typename T::key_type name{};
    if (!read_json_key(key, name, style)) return problem.expected("another key");
    return read_json(json, items[name], problem);
  } else {
    typename is_table<T>::Item item{};
    if (!read_json(json, item, problem)) return false;
    const auto id = table_key(item);
    if (!id) return problem.expected("an id");
    items.put(id, std::move(item));
    return true;
  }
}

template <class T>
bool read_json_object(const Json& json, T& value, JsonProblem& problem, FieldStyle style) {
  if (!json.is_object()) return problem.expected("an object");
  if constexpr (is_map<T>::value || is_table<T>::value) {
    value = T();
    for (auto item = json.begin(); item != json.end(); ++item) {
      if (!read_json_item(item.value(), item.key(), value, problem, style))
        return problem.below(item.key());
    }
    return true;
  } else if constexpr (std::is_same_v<T, NsIds>) {
    for (unsigned kind = 0; kind < kNsKinds; ++kind) {
      const std::string_view name = enum_name(static_cast<NsKind>(kind));
      const auto found = json.find(name);
      if (found != json.end() && !read_json(*found, value[kind], problem))
        return problem.below(name);
    }
    return true;
  } else {
    bool ok = true;
    visit_fields(value, JsonFieldReader<T>{json, problem, ok});
    return ok;
  }
}

template <class T>
bool read_json_array(const Json& json, T& items, JsonProblem& problem) {
  if (!json.is_array()) return problem.expected("a list");
  items.clear();
  for (const Json& element : json) {
    typename T::value_type item{};
    if (!read_json(element, item, problem))
      return problem.below(decimal(static_cast<std::int64_t>(items.size())));
    items.push_back(std::move(item));
  }
  return true;
}

template <class T>
bool read_json(const Json& json, T& value, JsonProblem& problem, FieldStyle style) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_boolean()) return problem.expected("true or false");
    value = json.get<bool>();
    return true;
  } else if constexpr (std::is_enum_v<T>) {
    const auto* name = json.get_ptr<const std::string*>();
    return (name != nullptr && enum_of(*name, value)) ||
           problem.expected("one of the words for this field");
  } else if constexpr (std::is_integral_v<T>)
    return read_json_integer(json, value, problem, style);
  else if constexpr (is_id<T>::value) {
    value = T();
    return json.is_null() || read_json_integer(json, value.value, problem, FieldStyle::Plain);
  } else if constexpr (std::is_same_v<T, BlobId>)
    return read_blob_id(json, value, problem);
  else if constexpr (std::is_same_v<T, std::string>)
    return read_text(json, value, problem);
  else if constexpr (is_cow<T>::value)
    return read_json(json, value.mutate(), problem);
  else if constexpr (is_optional<T>::value)
    return read_json(json, value.emplace(), problem);
  else if constexpr (is_vector<T>::value)
    return read_json_array(json, value, problem);
  else
    return read_json_object(json, value, problem, style);
}

}  // namespace cutaway
