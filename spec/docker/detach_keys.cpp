#include "spec/detach_keys.h"

#include "base/text.h"

namespace cutaway::spec {

namespace {

constexpr std::string_view kDefault = "\x10\x11";  // Ctrl-P Ctrl-Q

/// One of a list (moby/term, ascii.go): a character, or ctrl- and a letter or one of @ [ \ ] ^ _.
/// False when it is neither.
bool read_key(const std::string& word, std::string& keys) {
  constexpr std::string_view kControl = "ctrl-";
  if (word.size() == 1) {
    keys += word;
    return true;
  }
  if (word.size() != kControl.size() + 1 || !starts_with(word, kControl)) return false;
  const char letter = word.back();
  const bool small = letter >= 'a' && letter <= 'z';
  if (!small && std::string_view("@[\\]^_").find(letter) == std::string_view::npos) return false;
  keys += static_cast<char>(letter & 0x1f);
  return true;
}

std::string keys_of(std::string_view asked) {
  std::string keys;
  for (const std::string& word : split(std::string(asked), ',')) {
    if (!read_key(word, keys)) return std::string(kDefault);
  }
  return keys.empty() ? std::string(kDefault) : keys;
}

}  // namespace

DetachKeys::DetachKeys(std::string_view asked) : keys_(keys_of(asked)) {}

std::string DetachKeys::pass(std::string_view typed) {
  std::string passed;
  for (const char key : typed) {
    if (left()) break;
    if (key == keys_[at_]) {
      ++at_;
      continue;
    }
    passed += keys_.substr(0, at_);
    at_ = key == keys_[0] ? 1 : 0;
    if (at_ == 0) passed += key;
  }
  return passed;
}

}  // namespace cutaway::spec
