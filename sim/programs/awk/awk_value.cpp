#include "sim/programs/awk/awk_value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <tuple>

#include "base/text.h"

namespace cutaway::sim {

namespace {

/// busybox's FIRST_PRIME and PRIMES, and how many keys a bucket has before there are more of them.
constexpr std::array<std::size_t, 5> kBuckets = {61, 251, 1021, 4093, 16381};
constexpr std::size_t kKeysInBucket = 10;
constexpr double kExact = 9007199254740992.0;  // 2^53

unsigned hash_of(const std::string& key) {
  unsigned hash = 0;
  for (const char c : key) hash = static_cast<unsigned>(static_cast<int>(c)) + hash * 63U;
  return hash;
}

/// strtod, but for what a text of awk is not: hexadecimal, inf, nan.
double leading_number(const std::string& text, std::size_t& end) {
  end = 0;
  std::size_t begin = 0;
  while (begin < text.size() && std::isspace(static_cast<unsigned char>(text[begin])) != 0) ++begin;
  std::size_t digits = begin;
  if (digits < text.size() && (text[digits] == '-' || text[digits] == '+')) ++digits;
  const char first = digits < text.size() ? text[digits] : '\0';
  if ((first < '0' || first > '9') && first != '.') return 0;
  if (first == '0' && digits + 1 < text.size() && (text[digits + 1] | 0x20) == 'x') {
    end = digits + 1;
    return 0;
  }
  char* after = nullptr;
  const double number = std::strtod(text.c_str() + begin, &after);
  end = static_cast<std::size_t>(after - text.c_str());
  return number;
}

bool looks_like_number(const std::string& text) {
  std::size_t end = 0;
  leading_number(text, end);
  if (end == 0) return false;
  while (end < text.size() && std::isspace(static_cast<unsigned char>(text[end])) != 0) ++end;
  return end == text.size();
}

bool numeric(const AwkValue& value) {
  return value.is_number || value.unset || (value.looks && looks_like_number(value.text));
}

template <class T>
std::string printed(const std::string& format, T value) {
  const int length = std::snprintf(nullptr, 0, format.c_str(), value);
  std::string text(static_cast<std::size_t>(std::max(length, 0)) + 1, '\0');
  std::snprintf(text.data(), text.size(), format.c_str(), value);
  text.pop_back();
  return text;
}

/// "%-300000000d" would be a text larger than a machine: no number in a format is.
std::string with_small_numbers(const std::string& spec) {
  constexpr std::size_t kDigits = 4;
  std::string made;
  std::size_t digits = 0;
  for (const char c : spec) {
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits <= kDigits) made += c;
  }
  return made;
}

/// One conversion: "%-5" and its letter.
std::string converted(const std::string& given, char letter, const AwkValue& value,
                      const std::string& convfmt) {
  const std::string spec = with_small_numbers(given);
  if (letter == 'c' && numeric(value))
    return std::string(1, static_cast<char>(static_cast<int>(awk_number(value))));
  if (letter == 'c' || letter == 's') {
    const std::string text = awk_text(value, convfmt);
    return printed(spec + "s", (letter == 'c' ? text.substr(0, 1) : text).c_str());
  }
  const double number = awk_number(value);
  if (std::string_view("eEfFgG").find(letter) != std::string_view::npos)
    return printed(spec + letter, number);
  return printed(spec + "ll" + letter, static_cast<long long>(number));
}

}  // namespace

double awk_number(const AwkValue& value) {
  if (value.is_number) return value.number;
  std::size_t end = 0;
  return leading_number(value.text, end);
}

std::string awk_text(const AwkValue& value, const std::string& format) {
  if (!value.is_number) return value.text;
  const double number = value.number;
  if (std::floor(number) == number && std::fabs(number) < kExact)
    return decimal(static_cast<std::int64_t>(number));
  return printed(format, number);
}

bool awk_truth(const AwkValue& value) {
  if (value.is_number) return value.number != 0;
  if (value.looks && looks_like_number(value.text)) return awk_number(value) != 0;
  return !value.text.empty();
}

int awk_compare(const AwkValue& left, const AwkValue& right, const std::string& format) {
  if (numeric(left) && numeric(right)) {
    const double difference = awk_number(left) - awk_number(right);
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
  }
  return awk_text(left, format).compare(awk_text(right, format));
}

std::string awk_format(std::string_view format, const std::vector<AwkValue>& values,
                       const std::string& convfmt) {
  std::string made;
  std::size_t next = 0;
  const auto take = [&] { return next < values.size() ? values[next++] : AwkValue::nothing(); };
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      made += format[i];
      continue;
    }
    if (format[i + 1] == '%') {
      made += '%';
      ++i;
      continue;
    }
    std::string spec = "%";
    for (++i; i < format.size() &&
              std::string_view("-+ #0123456789.*hl").find(format[i]) != std::string_view::npos;
         ++i) {
      if (format[i] == '*')
        spec += decimal(static_cast<std::int64_t>(awk_number(take())));
      else if (format[i] != 'h' && format[i] != 'l')
        spec += format[i];
    }
    if (i == format.size()) break;
    if (std::string_view("diouxXcseEfFgG").find(format[i]) == std::string_view::npos) continue;
    made += converted(spec, format[i], take(), convfmt);
  }
  return made;
}

std::vector<std::string> awk_pieces(const std::string& text, const Regex& between) {
  std::vector<std::string> pieces;
  std::size_t at = 0;
  Match found;
  while (between.search(text, at, found) && found.end() > found.begin()) {
    pieces.push_back(text.substr(at, found.begin() - at));
    at = found.end();
  }
  pieces.push_back(text.substr(at));
  return pieces;
}

AwkValue& AwkArray::at(const std::string& key) {
  const auto found = values_.find(key);
  if (found != values_.end()) return found->second.value;
  if (values_.size() > buckets_ * kKeysInBucket) {
    const auto larger = std::upper_bound(kBuckets.begin(), kBuckets.end(), buckets_);
    if (larger != kBuckets.end()) buckets_ = *larger;
  }
  Entry& entry = values_[key];
  entry.value = AwkValue::nothing();
  entry.number = ++made_;
  return entry.value;
}

std::vector<std::string> AwkArray::keys() const {
  std::vector<std::tuple<std::size_t, std::uint64_t, std::string>> order;
  order.reserve(values_.size());
  for (const auto& [key, entry] : values_)
    order.emplace_back(hash_of(key) % buckets_, made_ - entry.number, key);
  std::sort(order.begin(), order.end());
  std::vector<std::string> keys;
  keys.reserve(order.size());
  for (auto& each : order) keys.push_back(std::move(std::get<2>(each)));
  return keys;
}

}  // namespace cutaway::sim
