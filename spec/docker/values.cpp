#include "spec/docker/values.h"

#include <array>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace cutaway::spec {

namespace {

constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

std::string syntax(std::string_view function, std::string_view text) {
  return "strconv." + std::string(function) + ": parsing " + go_quote(text) + ": invalid syntax";
}
std::string range(std::string_view function, std::string_view text) {
  return "strconv." + std::string(function) + ": parsing " + go_quote(text) +
         ": value out of range";
}

// 99: no digit of any base.
unsigned digit_value(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return small >= 'a' && small <= 'z' ? static_cast<unsigned>(small - 'a') + 10 : 99;
}

// Takes Go's prefix of a base off the front: 0x, 0b, 0o or 0.
unsigned take_base(std::string_view& text) {
  if (text.size() < 2 || text[0] != '0') return 10;
  const std::size_t letter = std::string_view("xXbBoO").find(text[1]);
  const bool named = letter != std::string_view::npos && text.size() > 2;
  text.remove_prefix(named ? 2 : 1);
  return !named ? 8 : letter < 2 ? 16 : letter < 4 ? 2 : 8;
}

// Digits with a prefix. False: no number; `over`: it does not fit.
bool parse_digits(std::string_view text, std::uint64_t& value, bool& over) {
  const unsigned base = take_base(text);
  value = 0;
  for (const char c : text) {
    const unsigned digit = digit_value(c);
    if (digit >= base) return false;
    over = over || value > (std::numeric_limits<std::uint64_t>::max() - digit) / base;
    value = value * base + digit;
  }
  return !text.empty();
}

// A decimal number as digits and a power of ten: "1.5e3" is 15 and 2. Up to 18 digits are kept.
struct Scientific {
  std::int64_t digits = 0;
  int power = 0;
  bool negative = false;
};

bool parse_exponent(std::string_view text, int& power) {
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  std::int64_t value = 0;
  if (text.empty() || !is_digit(text[0]) || !parse_decimal(text.substr(0, 6), value)) return false;
  power += static_cast<int>(negative ? -value : value);
  return true;
}

bool parse_scientific(std::string_view text, Scientific& number) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    number.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  bool any = false, after_point = false;
  std::size_t i = 0;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !after_point)); ++i) {
    if (text[i] == '.') {
      after_point = true;
      continue;
    }
    any = true;
    const bool fits = number.digits < 100'000'000'000'000'000;
    if (fits) number.digits = number.digits * 10 + (text[i] - '0');
    if (fits && after_point) --number.power;
    if (!fits && !after_point) ++number.power;
  }
  if (!any) return false;
  if (i == text.size()) return true;
  return (text[i] == 'e' || text[i] == 'E') && parse_exponent(text.substr(i + 1), number.power);
}

double to_double(const Scientific& number) {
  double value = static_cast<double>(number.digits);
  double scale = 1;
  for (int i = 0; i < (number.power < 0 ? -number.power : number.power) && scale < 1e300; ++i)
    scale *= 10;
  value = number.power < 0 ? value / scale : value * scale;
  return number.negative ? -value : value;
}

// What Go's int64(float) gives on amd64, where it does not fit.
std::int64_t truncate(double value) {
  return value >= 9223372036854775808.0 ? std::numeric_limits<std::int64_t>::min()
                                        : static_cast<std::int64_t>(value);
}

// The factor of a suffix such as "k", "mb", "gib"; 0 if there is none such.
double suffix_factor(const std::string& suffix) {
  constexpr std::string_view kUnits = "bkmgtp";
  const std::size_t unit = suffix.size() > 3 ? std::string_view::npos : kUnits.find(suffix[0]);
  if (unit == std::string_view::npos) return 0;
  const std::string rest = suffix.substr(1);
  if (unit == 0 && !rest.empty()) return 0;
  if (!rest.empty() && rest != "b" && rest != "ib") return 0;
  return static_cast<double>(std::int64_t{1} << (10 * unit));
}

}  // namespace

std::string parse_bool(std::string_view text, bool& value) {
  for (const std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"}) {
    if (text == yes) return value = true, "";
  }
  for (const std::string_view no : {"0", "f", "F", "false", "FALSE", "False"}) {
    if (text == no) return value = false, "";
  }
  return syntax("ParseBool", text);
}

std::string parse_int(std::string_view text, std::int64_t& value) {
  std::string_view digits = text;
  const bool negative = !digits.empty() && digits[0] == '-';
  if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) digits.remove_prefix(1);
  std::uint64_t magnitude = 0;
  bool over = false;
  if (!parse_digits(digits, magnitude, over)) return syntax("ParseInt", text);
  if (over || magnitude > static_cast<std::uint64_t>(kInt64Max)) return range("ParseInt", text);
  value = negative ? -static_cast<std::int64_t>(magnitude) : static_cast<std::int64_t>(magnitude);
  return "";
}

std::string parse_uint(std::string_view text, int bits, std::uint64_t& value) {
  bool over = false;
  if (!parse_digits(text, value, over)) return syntax("ParseUint", text);
  if (over || (bits < 64 && (value >> bits) != 0)) return range("ParseUint", text);
  return "";
}

std::string parse_bytes(std::string_view text, std::int64_t& value) {
  const std::size_t last = text.find_last_of("0123456789. ");
  const std::string bad_size = "invalid size: '" + std::string(text) + "'";
  if (last == std::string_view::npos) return bad_size;
  const std::string_view number = text.substr(0, text[last] == ' ' ? last : last + 1);
  const std::string suffix = lower(text.substr(last + 1));
  Scientific parsed;
  if (!parse_scientific(number, parsed)) return syntax("ParseFloat", number);
  if (parsed.power > 308) return range("ParseFloat", number);
  if (parsed.negative && parsed.digits != 0) return bad_size;
  const double factor = suffix.empty() ? 1 : suffix_factor(suffix);
  // docker names the suffix as typed when it is too long, else in lower case.
  if (factor == 0) {
    return "invalid suffix: '" + (suffix.size() > 3 ? std::string(text.substr(last + 1)) : suffix) +
           "'";
  }
  value = truncate(to_double(parsed) * factor);
  return "";
}

std::string parse_swap_bytes(std::string_view text, std::int64_t& value) {
  if (text == "-1") return value = -1, "";
  return parse_bytes(text, value);
}

std::string parse_nano_cpus(std::string_view text, std::int64_t& value) {
  const std::string bad = "failed to parse " + std::string(text) + " as a rational number";
  const std::string precise = "value is too precise";
  std::string_view over = text, under;
  Scientific parsed;
  std::int64_t denominator = 1;
  const bool fraction = cut(text, '/', over, under);
  if (!parse_scientific(over, parsed)) return bad;
  if (fraction && (!parse_decimal(under, denominator) || denominator <= 0 || parsed.power != 0))
    return bad;
  std::int64_t nano = parsed.digits;
  for (int power = parsed.power + 9; power > 0; --power) {
    if (nano > kInt64Max / 10) return value = kInt64Max, "";
    nano *= 10;
  }
  for (int power = parsed.power + 9; power < 0 && nano != 0; ++power) {
    if (nano % 10 != 0) return precise;
    nano /= 10;
  }
  if (nano % denominator != 0) return precise;
  value = (parsed.negative ? -nano : nano) / denominator;
  return "";
}

namespace {

struct DurationUnit {
  std::string_view name;
  std::int64_t ns;
};
constexpr std::array<DurationUnit, 8> kDurationUnits{{{"ns", 1},
                                                      {"us", 1'000},
                                                      {"\xc2\xb5s", 1'000},
                                                      {"\xce\xbcs", 1'000},
                                                      {"ms", 1'000'000},
                                                      {"s", 1'000'000'000},
                                                      {"m", 60'000'000'000},
                                                      {"h", 3'600'000'000'000}}};

// Takes one "12.5ms" off the front of `rest` and adds it to `ns`.
std::string take_duration_part(std::string_view whole, std::string_view& rest, std::int64_t& ns) {
  const std::string invalid = "time: invalid duration " + go_quote(whole);
  std::size_t digits = 0;
  while (digits < rest.size() && (is_digit(rest[digits]) || rest[digits] == '.')) ++digits;
  Scientific number;
  if (!parse_scientific(rest.substr(0, digits), number)) return invalid;
  rest.remove_prefix(digits);
  std::size_t letters = 0;
  while (letters < rest.size() && !is_digit(rest[letters]) && rest[letters] != '.') ++letters;
  if (letters == 0) return "time: missing unit in duration " + go_quote(whole);
  const std::string_view name = rest.substr(0, letters);
  rest.remove_prefix(letters);
  for (const DurationUnit& unit : kDurationUnits) {
    if (unit.name != name) continue;
    const double part = to_double(number) * static_cast<double>(unit.ns);
    if (part > 9e18 - static_cast<double>(ns)) return invalid;
    ns += std::llround(part);
    return "";
  }
  return "time: unknown unit " + go_quote(name) + " in duration " + go_quote(whole);
}

}  // namespace

std::string parse_duration(std::string_view text, std::int64_t& ns) {
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest[0] == '-';
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) rest.remove_prefix(1);
  ns = 0;
  if (rest == "0") return "";
  if (rest.empty()) return "time: invalid duration " + go_quote(text);
  while (!rest.empty()) {
    const std::string error = take_duration_part(text, rest, ns);
    if (!error.empty()) return error;
  }
  if (negative) ns = -ns;
  return "";
}

std::string unescaped(std::string_view format) {
  std::string text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const bool escape = format[i] == '\\' && i + 1 < format.size();
    if (escape && (format[i + 1] == 't' || format[i + 1] == 'n'))
      text += format[++i] == 't' ? '\t' : '\n';
    else
      text += format[i];
  }
  return text;
}

std::string or_none(const std::string& text) { return text.empty() ? "<none>" : text; }

}  // namespace cutaway::spec
