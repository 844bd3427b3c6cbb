// docker's units: sizes by Go's %.3g of a double divided by 1000 again and again, and rough
// durations.
#include <array>
#include <cmath>
#include <iterator>

#include "base/text.h"
#include "spec/docker_views.h"

namespace cutaway::spec {

namespace {

// `value` in [0, 1000) with `decimals` digits after the point, exactly and half to even, as printf
// rounds the binary value: value * 10^decimals is taken apart as an integer over a power of two.
std::uint64_t rounded(double value, int decimals) {
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);  // value = fraction * 2^exponent
  auto mantissa = static_cast<std::uint64_t>(std::ldexp(fraction, 53));
  int shift = 53 - exponent;
  while (shift > 0 && mantissa != 0 && (mantissa & 1) == 0) {
    mantissa >>= 1;
    --shift;
  }
  for (int i = 0; i < decimals; ++i) mantissa *= 10;
  if (shift <= 0) return mantissa << -shift;
  const std::uint64_t whole = mantissa >> shift;
  const std::uint64_t rest = mantissa & ((std::uint64_t{1} << shift) - 1);
  const std::uint64_t half = std::uint64_t{1} << (shift - 1);
  return rest > half || (rest == half && (whole & 1) != 0) ? whole + 1 : whole;
}

std::uint64_t power_of_ten(int exponent) {
  std::uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// %.*g of a value in [0, 1000): no trailing zeros; what rounds up to 1000 with three digits is
// "1e+03".
std::string general(double value, int digits) {
  if (value == 0) return "0";
  const int whole_digits = value < 10 ? 1 : value < 100 ? 2 : 3;
  const int decimals = digits - whole_digits;
  const std::uint64_t scaled = rounded(value, decimals);
  if (scaled == power_of_ten(digits) && whole_digits == digits) return "1e+0" + decimal(digits);
  std::string text = decimal(static_cast<std::int64_t>(scaled / power_of_ten(decimals)));
  std::string fraction =
      decimal(static_cast<std::int64_t>(scaled % power_of_ten(decimals) + power_of_ten(decimals)))
          .substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? text : text + "." + fraction;
}

struct Step {
  std::int64_t below;  ///< hours
  std::int64_t divisor;
  std::string_view word;
};
constexpr std::int64_t kDay = 24;
constexpr std::array<Step, 4> kSteps{{{48, 1, " hours"},
                                      {kDay * 14, kDay, " days"},
                                      {kDay * 60, kDay * 7, " weeks"},
                                      {kDay * 365 * 2, kDay * 30, " months"}}};

}  // namespace

std::string human_size(std::int64_t bytes, int digits) {
  constexpr std::array<std::string_view, 7> kUnits{"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1000.0 && unit + 1 < kUnits.size()) {
    value /= 1000.0;
    ++unit;
  }
  return general(value, digits) + std::string(kUnits[unit]);
}

std::string human_duration(std::int64_t seconds) {
  if (seconds < 1) return "Less than a second";
  if (seconds == 1) return "1 second";
  if (seconds < 60) return decimal(seconds) + " seconds";
  const std::int64_t minutes = seconds / 60;
  if (minutes == 1) return "About a minute";
  if (minutes < 60) return decimal(minutes) + " minutes";
  const std::int64_t hours = (seconds + 1800) / 3600;
  if (hours == 1) return "About an hour";
  for (const Step& step : kSteps) {
    if (hours < step.below) return decimal(hours / step.divisor) + std::string(step.word);
  }
  return decimal(seconds / 3600 / 24 / 365) + " years";
}

std::string short_id(std::string_view id) {
  const std::size_t colon = id.find(':');
  if (colon != std::string_view::npos) id.remove_prefix(colon + 1);
  return std::string(id.substr(0, 12));
}

// As %.4g prints it, in whole numbers.
std::string binary_size(std::int64_t bytes) {
  static constexpr const char* kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  std::int64_t scale = 1;
  while (bytes / scale >= 1024 && unit + 1 < std::size(kUnits)) {
    scale *= 1024;
    ++unit;
  }
  int digits = 3;
  for (std::int64_t whole = bytes / scale; whole >= 10 && digits > 0; whole /= 10) --digits;
  std::int64_t tens = 1;
  for (int i = 0; i < digits; ++i) tens *= 10;
  const std::int64_t rounded = (bytes * tens + scale / 2) / scale;
  std::string fraction = decimal(tens + rounded % tens).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return decimal(rounded / tens) + (fraction.empty() ? "" : "." + fraction) + kUnits[unit];
}

}  // namespace cutaway::spec
