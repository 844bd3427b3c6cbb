// Front door: the words of the player itself, by language (lessons/messages/*.json).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::lessons {

class Messages {
 public:
  /// Of a language that has none: English.
  explicit Messages(std::string_view language);
  /// Each key that is asked for is there; a test compares the files.
  const std::string& operator[](std::string_view key) const;
  std::vector<std::string> keys() const;

 private:
  std::map<std::string, std::string, std::less<>> words_;
};

/// "de", "en": those that there are.
std::vector<std::string> message_languages();

}  // namespace cutaway::lessons
