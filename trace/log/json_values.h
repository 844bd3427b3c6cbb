// Single values in JSON as CONTRACT §2 wants them: big numbers, bytes that are no text, flag words,
// modes, signals.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json_value.h"
#include "trace/abi/abi.h"
#include "trace/ids.h"
#include "trace/log/field_style.h"

namespace cutaway {

/// Why a JSON value could not be read, and where: the pointer grows from its end while readers
/// return.
struct JsonProblem {
  std::string pointer;
  std::string message;

  /// Always false.
  bool expected(std::string_view what);
  bool below(std::string_view key);
};

/// An integer of less than 54 bits is a number, any other "0x…" (negative ones as two's
/// complement).
Json integer_json(std::int64_t value);
Json integer_json(std::uint64_t value);
bool read_integer(const Json& json, std::int64_t& value, JsonProblem& problem);
bool read_integer(const Json& json, std::uint64_t& value, JsonProblem& problem);

/// UTF-8 as a string, else {"b64":…}.
Json text_json(std::string_view bytes);
bool read_text(const Json& json, std::string& bytes, JsonProblem& problem);
/// The same for keys of objects, which must be strings: "b64:…".
std::string key_text(std::string_view bytes);
bool read_key(std::string_view key, std::string& bytes);

Json blob_id_json(BlobId id);
bool read_blob_id(const Json& json, BlobId& id, JsonProblem& problem);

std::string mode_text(std::uint64_t mode);
Json signal_json(std::int64_t signal);
bool read_signal(const Json& json, std::int64_t& signal, JsonProblem& problem);
Json flags_json(const abi::FlagTable& table, std::uint64_t bits);
bool read_flags(const Json& json, const abi::FlagTable& table, std::uint64_t& bits,
                JsonProblem& problem);
/// CLONE_* with the exit signal of the low seven bits (CLONE_NEWTIME is the eighth).
Json clone_flags_json(std::uint64_t bits);
bool read_clone_flags(const Json& json, std::uint64_t& bits, JsonProblem& problem);
Json capabilities_json(std::uint64_t set);
bool read_capabilities(const Json& json, std::uint64_t& set, JsonProblem& problem);

/// A number in one of the styles.
Json styled_json(std::uint64_t bits, FieldStyle style);
bool read_styled(const Json& json, std::uint64_t& bits, FieldStyle style, JsonProblem& problem);

/// One line of text. With `first` these keys come first, in this order; the others are sorted.
std::string dump_line(const Json& json);
std::string dump_line(const Json& json, const std::vector<std::string_view>& first);

}  // namespace cutaway
