// Front door: reading documents that a person wrote (scenarios, litmus programs; lessons use it
// too): typed members, unknown keys refused with the nearest known one, every problem with file,
// line, pointer, what was wrong and what was expected.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_value.h"
#include "base/result.h"

namespace cutaway::spec {

/// The largest integer that every reader of JSON keeps exactly (RFC 8259, section 6).
inline constexpr std::int64_t kSafeInteger = (std::int64_t{1} << 53) - 1;

/// What was found wrong so far. Reading goes on after a problem, so that all are found at once.
class Problems {
 public:
  explicit Problems(const JsonDocument& document) : document_(document) {}

  void add(std::string_view pointer, std::string_view message) {
    errors_.push_back(document_.error(pointer, message));
  }
  /// "is "two", expected a number".
  void wrong(std::string_view pointer, const Json& found, std::string_view expected);
  const std::vector<Error>& errors() const { return errors_; }
  const JsonDocument& document() const { return document_; }

 private:
  const JsonDocument& document_;
  std::vector<Error> errors_;
};

/// A short form of a value for messages.
std::string shown(const Json& value);
/// `unknown key "dockr", did you mean "docker"?`, or the known ones.
std::string unknown_word(std::string_view what, const std::string& word,
                         const std::vector<std::string>& known);

/// "/do/3".
std::string element(const std::string& pointer, std::size_t index);

using Keys = std::vector<std::string>;

class ObjectReader {
 public:
  /// Complains if `value` is no object (then it reads as an empty one) or has other keys than
  /// `keys`.
  ObjectReader(Problems& problems, const Json& value, std::string pointer, const Keys& keys);

  bool is_object() const { return object_ != nullptr; }
  const Json* find(const char* key) const;
  bool has(const char* key) const { return find(key) != nullptr; }
  std::string at(std::string_view key) const { return pointer_join(pointer_, key); }
  const std::string& pointer() const { return pointer_; }
  Problems& problems() const { return problems_; }

  /// Complains when the member is missing. `what` says what it is: "the image's name".
  bool require(const char* key, std::string_view what) const;

  /// Each sets `value` if the member is there and right; true then.
  bool text(const char* key, std::string& value) const;
  bool number(const char* key, std::int64_t& value, std::int64_t least, std::int64_t most) const;
  bool boolean(const char* key, bool& value) const;
  /// One of `words`.
  bool word(const char* key, std::string& value, const std::vector<std::string>& words) const;
  bool texts(const char* key, std::vector<std::string>& values) const;
  /// A text or a list of texts.
  bool text_or_texts(const char* key, std::vector<std::string>& values) const;
  /// "5s", "1.9s", "200ms": not negative.
  bool duration(const char* key, std::int64_t& ns) const;
  /// Elements of a list, or null after a complaint; `what` as in "a list of layers".
  const Json* list(const char* key, std::string_view what) const;
  void wrong(const char* key, std::string_view expected) const;

 private:
  Problems& problems_;
  const Json* object_ = nullptr;
  std::string pointer_;
};

}  // namespace cutaway::spec
