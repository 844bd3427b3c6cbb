#include "viz/scene/grace_model.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr std::int64_t kTenth = 100'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;

std::string tenths_words(std::int64_t tenths) {
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

std::int64_t Grace::left_ns() const {
  return endless() ? 0 : std::max<std::int64_t>(0, patience_ns - waited_ns);
}

double Grace::share() const {
  if (patience_ns <= 0) return 0;
  return std::clamp(static_cast<double>(waited_ns) / static_cast<double>(patience_ns), 0.0, 1.0);
}

std::string seconds_words(std::int64_t ns) { return tenths_words((ns + kTenth / 2) / kTenth); }

std::string whole_seconds_words(std::int64_t ns) {
  return ns % kSecond == 0 ? std::to_string(ns / kSecond) : seconds_words(ns);
}

std::string grace_clock(const Grace& grace) {
  if (grace.end == GraceEnd::Ended || grace.endless()) return seconds_words(grace.waited_ns);
  // Rounded up: nought is shown when it is over, not before.
  return tenths_words((grace.left_ns() + kTenth - 1) / kTenth);
}

std::string grace_caption(const Grace& grace) {
  const std::string all = whole_seconds_words(grace.patience_ns);
  if (grace.end == GraceEnd::Ended) return grace.endless() ? "s it took" : "of " + all + " s used";
  return grace.endless() ? "s, without end" : "s left of " + all;
}

std::string grace_then(const Grace& grace) {
  if (grace.end == GraceEnd::Ended) return "no " + grace.next;
  if (grace.end == GraceEnd::Killed) return grace.next + " sent";
  return grace.endless() ? "no " + grace.next : "then " + grace.next;
}

std::string grace_words(const Grace& grace) {
  return grace_clock(grace) + " " + grace_caption(grace) + ", " + grace_then(grace);
}

std::string grace_passed_words(const Grace& grace) {
  const std::string passed = seconds_words(grace.waited_ns);
  if (grace.endless()) return "waits " + passed + " s";
  return passed + " of " + whole_seconds_words(grace.patience_ns) + " s";
}

}  // namespace cutaway::viz
