// Small text helpers that have no home in the standard library of C++20 on all our compilers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool starts_with(std::string_view text, std::string_view prefix);
bool ends_with(std::string_view text, std::string_view suffix);
/// One of the ten ASCII digits.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
std::string_view trim(std::string_view text);

/// Is this well-formed UTF-8 (RFC 3629)?
bool is_utf8(std::string_view bytes);
/// Length of the longest prefix of at most `limit` bytes that does not cut a UTF-8 sequence in two.
std::size_t utf8_prefix(std::string_view bytes, std::size_t limit);

std::string base64_encode(std::string_view bytes);
/// False if `text` is no base64 (RFC 4648, with padding).
bool base64_decode(std::string_view text, std::string& bytes);

/// Decimal digits of an integer, without locale.
std::string decimal(std::int64_t value);
std::string octal(std::uint64_t value);
std::string hex(std::uint64_t value);
/// Whole text as a number; false if it is none or does not fit.
bool parse_decimal(std::string_view text, std::int64_t& value);
/// The same for digits of base 8, 10 or 16 without a sign or prefix.
bool parse_unsigned(std::string_view text, unsigned base, std::uint64_t& value);

/// Splits as sh does: blanks, '…', "…", \; nothing is expanded. False if a quote is left open.
bool split_shell_words(std::string_view line, std::vector<std::string>& words);
/// The other way round: a word as a shell needs it typed.
std::string shell_quoted(const std::string& word);

/// The candidate nearest to `word` (edit distance ≤ 2), or empty.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace cutaway
