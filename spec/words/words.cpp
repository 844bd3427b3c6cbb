#include "spec/words.h"

#include "base/check.h"
#include "base/json_value.h"
#include "embedded/cutaway_words.h"

namespace cutaway::spec {

namespace {

std::map<std::string, Words, std::less<>> load_all() {
  std::map<std::string, Words, std::less<>> languages;
  for (const EmbeddedFile& file : cutaway_words()) {
    const std::string path(file.path);
    auto words = Words::parse(path, file.bytes);
    CHECK(words.has_value());  // a test reads the same files and says what is wrong
    languages.emplace(path.substr(0, path.find('.')), std::move(*words));
  }
  return languages;
}

}  // namespace

const Words& Words::of(std::string_view language) {
  static const std::map<std::string, Words, std::less<>> languages = load_all();
  const auto found = languages.find(language);
  return found != languages.end() ? found->second : languages.at("en");
}

Result<Words> Words::parse(std::string name, std::string_view text) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(std::move(name), text));
  Words words;
  if (!document.value().is_object())
    return fail(document.error("", "an object of sentences was expected"));
  for (const auto& [key, value] : document.value().items()) {
    const bool pair =
        value.is_array() && value.size() == 2 && value[0].is_string() && value[1].is_string();
    if (!pair)
      return fail(document.error(pointer_join("", key),
                                 "two strings were expected: what happens, and why"));
    words.sentences_[key] = {value[0].get<std::string>(), value[1].get<std::string>()};
  }
  return words;
}

const Sentence& Words::operator[](std::string_view key) const {
  static const Sentence none;
  const auto found = sentences_.find(key);
  return found == sentences_.end() ? none : found->second;
}

}  // namespace cutaway::spec
