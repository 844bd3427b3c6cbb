#include "viz/text/world_words.h"

#include <array>

#include "base/text.h"

namespace cutaway::viz {

namespace {

struct Unit {
  std::int64_t size;
  std::string_view name;
};

constexpr std::array<Unit, 5> kBinary = {{{1, "B"},
                                          {std::int64_t{1} << 10, "KiB"},
                                          {std::int64_t{1} << 20, "MiB"},
                                          {std::int64_t{1} << 30, "GiB"},
                                          {std::int64_t{1} << 40, "TiB"}}};
constexpr std::array<Unit, 5> kDecimal = {
    {{1, "B"}, {1000, "kB"}, {1'000'000, "MB"}, {1'000'000'000, "GB"}, {1'000'000'000'000, "TB"}}};

const Unit& unit_of(const std::array<Unit, 5>& units, std::int64_t value) {
  std::size_t at = 0;
  while (at + 1 < units.size() && value >= units[at + 1].size) ++at;
  return units[at];
}

/// value / unit with so many digits behind the point, rounded to the nearest.
std::string fixed(std::int64_t value, std::int64_t unit, int decimals) {
  std::int64_t ten = 1;
  for (int i = 0; i < decimals; ++i) ten *= 10;
  // In two parts: the whole of a huge value times ten would not fit.
  const std::int64_t whole = value / unit;
  const std::int64_t rest = ((value % unit) * ten + unit / 2) / unit;
  std::string text = decimal(whole + rest / ten);
  if (decimals == 0) return text;
  return text + "." + decimal(ten + rest % ten).substr(1);
}

std::string without_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

/// Three digits, as docker shows sizes.
std::string three_digits(std::int64_t value, std::int64_t unit) {
  const int decimals = value < 10 * unit ? 2 : value < 100 * unit ? 1 : 0;
  return without_zeros(fixed(value, unit, decimals));
}

/// One digit behind the point, none where there is nothing to say.
std::string one_digit(std::int64_t value, std::int64_t unit) {
  return value % unit == 0 ? decimal(value / unit) : fixed(value, unit, 1);
}

std::string with(const std::string& figure, std::string_view unit) {
  return figure + " " + std::string(unit);
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

/// Where the character with this number begins.
std::size_t offset_of(std::string_view text, std::size_t character) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size(); ++at) {
    if (continues_letter(text[at])) continue;
    if (seen == character) break;
    ++seen;
  }
  return at;
}

}  // namespace

std::string memory_words(std::int64_t bytes) {
  const Unit& unit = unit_of(kBinary, bytes);
  return with(one_digit(bytes, unit.size), unit.name);
}

std::string memory_of_words(std::int64_t used, std::int64_t limit) {
  const Unit& unit = unit_of(kBinary, limit);
  return fixed(used, unit.size, 1) + " of " + with(one_digit(limit, unit.size), unit.name);
}

std::string memory_part_words(std::int64_t part, std::int64_t total) {
  return fixed(part, unit_of(kBinary, total).size, 1);
}

std::string size_words(std::int64_t bytes) {
  const Unit& unit = unit_of(kDecimal, bytes);
  return with(three_digits(bytes, unit.size), unit.name);
}

std::string size_of_words(std::int64_t here, std::int64_t all) {
  const Unit& unit = unit_of(kDecimal, all);
  return three_digits(here, unit.size) + " of " + with(three_digits(all, unit.size), unit.name);
}

std::string cpu_words(std::int64_t ppm) { return fixed(ppm, 1'000'000, 1); }
std::string cpu_limit_words(std::int64_t ppm) {
  return fixed(ppm, 1'000'000, ppm % 100'000 == 0 ? 1 : 2);
}

std::string clock_words(std::int64_t ns) { return with(fixed(ns, 1'000'000'000, 4), "s"); }

std::string duration_words(std::int64_t ns) {
  if (ns < 1000) return with(decimal(ns), "ns");
  if (ns < 1'000'000) return with(three_digits(ns, 1000), "µs");
  if (ns < 1'000'000'000) return with(three_digits(ns, 1'000'000), "ms");
  return with(three_digits(ns, 1'000'000'000), "s");
}

std::string digits_of(std::size_t n) { return decimal(static_cast<std::int64_t>(n)); }

std::string counted(std::int64_t n, std::string_view thing) {
  return decimal(n) + " " + std::string(thing) + (n == 1 ? "" : "s");
}

std::string number_word(std::int64_t n) {
  static constexpr std::array<std::string_view, 13> kWords = {
      "no",    "one",   "two",  "three", "four",   "five",  "six",
      "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  if (n < 0 || n >= static_cast<std::int64_t>(kWords.size())) return decimal(n);
  return std::string(kWords[static_cast<std::size_t>(n)]);
}

std::string ordinal_words(std::int64_t n) {
  const bool teen = n % 100 >= 11 && n % 100 <= 13;
  const std::int64_t last = teen ? 0 : n % 10;
  return decimal(n) + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

std::size_t text_length(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) length += continues_letter(c) ? 0 : 1;
  return length;
}

std::string printable(std::string_view bytes) {
  const bool text = is_utf8(bytes);
  std::string shown;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x20 && byte != 0x7f && (text || byte < 0x80);
    shown += plain ? c : '.';
  }
  return shown;
}

std::string short_text(std::string_view text, std::size_t length) {
  if (text_length(text) <= length || length == 0) return std::string(text);
  return std::string(text.substr(0, offset_of(text, length - 1))) + "…";
}

std::string short_ids(std::string_view text) {
  constexpr std::size_t kLongId = 32;
  constexpr std::size_t kKept = 4;
  std::string shown;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && is_hex(text[end])) ++end;
    const bool id = end - at >= kLongId;
    const std::size_t next = end > at ? end : at + 1;
    shown +=
        id ? std::string(text.substr(at, kKept)) + "…" : std::string(text.substr(at, next - at));
    at = next;
  }
  return shown;
}

std::string short_path(std::string_view path, std::size_t length) {
  const std::size_t whole = text_length(path);
  if (whole <= length || length == 0) return std::string(path);
  std::string_view tail = path.substr(offset_of(path, whole - (length - 1)));
  const std::size_t slash = tail.find('/');
  if (slash != std::string_view::npos && slash + 1 < tail.size()) tail = tail.substr(slash);
  return "…" + std::string(tail);
}

std::string image_name(std::string_view ref) {
  constexpr std::string_view kLatest = ":latest";
  if (ends_with(ref, kLatest)) ref.remove_suffix(kLatest.size());
  return std::string(ref);
}

std::string ns_number(const Namespace& ns) {
  const std::string number = decimal(static_cast<std::int64_t>(ns.inode));
  return number.size() <= 4 ? number : "…" + number.substr(number.size() - 4);
}

std::string whose_words(bool own) { return own ? "own" : "the host's"; }

std::string user_words(std::uint32_t uid) {
  return uid == 0 ? "0 root" : decimal(static_cast<std::int64_t>(uid));
}

}  // namespace cutaway::viz
