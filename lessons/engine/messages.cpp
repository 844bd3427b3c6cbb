#include "lessons/messages.h"

#include "base/check.h"
#include "base/json_value.h"
#include "embedded/cutaway_lesson_messages.h"

namespace cutaway::lessons {

namespace {

/// "de.json" → "de".
std::string_view language_of(std::string_view path) { return path.substr(0, path.find('.')); }

std::string_view file_of(std::string_view language) {
  std::string_view english;
  for (const EmbeddedFile& file : cutaway_lesson_messages()) {
    if (language_of(file.path) == language) return file.bytes;
    if (language_of(file.path) == "en") english = file.bytes;
  }
  return english;
}

}  // namespace

Messages::Messages(std::string_view language) {
  const auto document = JsonDocument::parse("messages", file_of(language));
  CHECK(document.has_value());
  for (const auto& [key, words] : document->value().items()) words_[key] = words.get<std::string>();
}

const std::string& Messages::operator[](std::string_view key) const {
  const auto found = words_.find(key);
  CHECK(found != words_.end());
  return found->second;
}

std::vector<std::string> Messages::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, words] : words_) keys.push_back(key);
  return keys;
}

std::vector<std::string> message_languages() {
  std::vector<std::string> languages;
  for (const EmbeddedFile& file : cutaway_lesson_messages())
    languages.emplace_back(language_of(file.path));
  return languages;
}

}  // namespace cutaway::lessons
