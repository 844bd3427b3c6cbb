// JSON as a value (nlohmann), read with positions: every error names line and JSON pointer.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace cutaway {

/// Keys are kept sorted, so dumping is deterministic.
using Json = nlohmann::json;

/// A document that people write: the value and the line on which each JSON pointer begins.
class JsonDocument {
 public:
  /// `name` is the file's name as the person knows it; it opens every message.
  static Result<JsonDocument> parse(std::string name, std::string_view text);

  const Json& value() const { return *value_; }
  const std::string& name() const { return name_; }
  /// Line (from 1) on which the value at `pointer` begins; that of its nearest ancestor if unknown.
  int line_of(std::string_view pointer) const;
  /// "FILE:LINE: /pointer: message" with code Usage.
  Error error(std::string_view pointer, std::string_view message) const;

  ~JsonDocument();
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;

 private:
  JsonDocument();
  std::string name_;
  Json* value_ = nullptr;
  std::map<std::string, int, std::less<>> lines_;
};

/// Parses without positions; for machines' own output.
Result<Json> parse_json(std::string_view text);

/// One more step of a JSON pointer (RFC 6901): `~` and `/` are escaped.
std::string pointer_join(std::string_view pointer, std::string_view key);

}  // namespace cutaway
