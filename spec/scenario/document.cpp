#include "spec/document.h"
#include "base/json_text.h"

#include <algorithm>

#include "base/text.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

std::string shown(const Json& value) {
  constexpr std::size_t kLongest = 40;
  const std::string text = json_text(value);
  if (text.size() <= kLongest) return text;
  return text.substr(0, utf8_prefix(text, kLongest)) + "…";
}

std::string unknown_word(std::string_view what, const std::string& word,
                         const std::vector<std::string>& known) {
  constexpr std::size_t kListed = 20;  // more names than that help nobody
  const std::string near = nearest(word, known);
  std::string message = "unknown " + std::string(what) + " \"" + word + "\", ";
  // Short words are all near one another: they should at least begin alike.
  const bool likely =
      !near.empty() && !word.empty() && (word.size() > 4 || lower(word)[0] == lower(near)[0]);
  if (likely) return message + "did you mean \"" + near + "\"?";
  if (known.size() > kListed) return message + "expected the name of one";
  return message + "expected one of " + join(known, ", ");
}

std::string element(const std::string& pointer, std::size_t index) {
  return pointer_join(pointer, decimal(static_cast<std::int64_t>(index)));
}

void Problems::wrong(std::string_view pointer, const Json& found, std::string_view expected) {
  add(pointer, "is " + shown(found) + ", expected " + std::string(expected));
}

ObjectReader::ObjectReader(Problems& problems, const Json& value, std::string pointer,
                           const Keys& keys)
    : problems_(problems), pointer_(std::move(pointer)) {
  if (!value.is_object()) {
    problems_.wrong(pointer_, value, "an object with " + join(keys, ", "));
    return;
  }
  object_ = &value;
  for (const auto& [key, member] : value.items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
      problems_.add(at(key), unknown_word("key", key, keys));
  }
}

const Json* ObjectReader::find(const char* key) const {
  if (object_ == nullptr) return nullptr;
  const auto member = object_->find(key);
  return member == object_->end() ? nullptr : &*member;
}

void ObjectReader::wrong(const char* key, std::string_view expected) const {
  const Json* member = find(key);
  if (member != nullptr) problems_.wrong(at(key), *member, expected);
}

bool ObjectReader::require(const char* key, std::string_view what) const {
  if (object_ == nullptr || has(key)) return object_ != nullptr;
  problems_.add(pointer_, "\"" + std::string(key) + "\" is missing, expected " + std::string(what));
  return false;
}

bool ObjectReader::text(const char* key, std::string& value) const {
  const Json* member = find(key);
  if (member == nullptr) return false;
  if (!member->is_string()) return wrong(key, "a text"), false;
  value = member->get<std::string>();
  return true;
}

bool ObjectReader::number(const char* key, std::int64_t& value, std::int64_t least,
                          std::int64_t most) const {
  const Json* member = find(key);
  if (member == nullptr) return false;
  const bool fits = member->is_number_integer() && member->get<std::int64_t>() >= least &&
                    member->get<std::int64_t>() <= most;
  if (!fits)
    return wrong(key, "a whole number from " + decimal(least) + " to " + decimal(most)), false;
  value = member->get<std::int64_t>();
  return true;
}

bool ObjectReader::boolean(const char* key, bool& value) const {
  const Json* member = find(key);
  if (member == nullptr) return false;
  if (!member->is_boolean()) return wrong(key, "true or false"), false;
  value = member->get<bool>();
  return true;
}

bool ObjectReader::word(const char* key, std::string& value,
                        const std::vector<std::string>& words) const {
  std::string found;
  if (!text(key, found)) return false;
  if (std::find(words.begin(), words.end(), found) == words.end())
    return wrong(key, "one of " + join(words, ", ")), false;
  value = found;
  return true;
}

bool ObjectReader::texts(const char* key, std::vector<std::string>& values) const {
  const Json* member = find(key);
  if (member == nullptr) return false;
  if (!member->is_array()) return wrong(key, "a list of texts"), false;
  std::vector<std::string> found;
  for (std::size_t i = 0; i < member->size(); ++i) {
    const Json& one = (*member)[i];
    if (!one.is_string()) {
      problems_.wrong(pointer_join(at(key), decimal(static_cast<std::int64_t>(i))), one, "a text");
      return false;
    }
    found.push_back(one.get<std::string>());
  }
  values = std::move(found);
  return true;
}

bool ObjectReader::text_or_texts(const char* key, std::vector<std::string>& values) const {
  const Json* member = find(key);
  if (member == nullptr) return false;
  if (member->is_array()) return texts(key, values);
  if (!member->is_string()) return wrong(key, "a text or a list of texts"), false;
  values = {member->get<std::string>()};
  return true;
}

bool ObjectReader::duration(const char* key, std::int64_t& ns) const {
  const Json* member = find(key);
  if (member == nullptr) return false;
  std::int64_t value = 0;
  const bool good = member->is_string() &&
                    parse_duration(member->get<std::string>(), value).empty() && value >= 0;
  if (!good) return wrong(key, "a time such as \"5s\" or \"200ms\""), false;
  ns = value;
  return true;
}

const Json* ObjectReader::list(const char* key, std::string_view what) const {
  const Json* member = find(key);
  if (member == nullptr) return nullptr;
  if (!member->is_array()) return wrong(key, "a list of " + std::string(what)), nullptr;
  return member;
}

}  // namespace cutaway::spec
