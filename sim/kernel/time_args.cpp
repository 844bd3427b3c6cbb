#include "sim/kernel/time_args.h"

#include <algorithm>
#include <string>

#include "trace/effects/call.h"

namespace cutaway::sim {
namespace {

Arg pair(std::string_view first, Arg one, std::string_view second, Arg other) {
  Arg made;
  made.tag = ArgTag::Struct;
  made.keys = {std::string(first), std::string(second)};
  made.items = {std::move(one), std::move(other)};
  return made;
}

Arg time_arg(std::int64_t ns, TimeUnit unit) {
  return pair("tv_sec", Arg::integer(ns / kSecond), unit.field,
              Arg::integer(ns % kSecond / unit.ns));
}

}  // namespace

std::optional<std::int64_t> ns_of(const Arg& time, TimeUnit unit) {
  constexpr std::int64_t longest = 9'000'000'000;  // seconds
  const std::int64_t seconds = field_number(time, "tv_sec"), rest = field_number(time, unit.field);
  if (seconds < 0 || rest < 0 || rest >= kSecond / unit.ns) return std::nullopt;
  return std::min(seconds, longest) * kSecond + rest * unit.ns;
}

std::optional<Interval> interval_of(const Arg& arg, TimeUnit unit) {
  const Arg zeros;
  const Arg *value = field(arg, "it_value"), *every = field(arg, "it_interval");
  const auto first = ns_of(value == nullptr ? zeros : *value, unit);
  const auto again = ns_of(every == nullptr ? zeros : *every, unit);
  if (!first || !again) return std::nullopt;
  return Interval{*first, *again};
}

Arg interval_arg(const Interval& interval, TimeUnit unit) {
  return pair("it_interval", time_arg(interval.every, unit), "it_value",
              time_arg(interval.value, unit));
}

}  // namespace cutaway::sim
