// alarm(2), getitimer(2), setitimer(2). (What runs out is timers.cpp.)
#include "sim/kernel/handlers.h"

namespace cutaway::sim {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000, kMicro = 1'000, kMicros = 1'000'000;

/// ITIMER_REAL 0, ITIMER_VIRTUAL 1, ITIMER_PROF 2.
bool is_real(const Ask& ask) { return ask.integer(0) == 0; }
bool is_timer(const Ask& ask) { return ask.integer(0) >= 0 && ask.integer(0) <= 2; }

IntervalTimer timer_of(const Ask& ask) {
  const auto found = ask.timers->find(ask.task.leader);
  return found == ask.timers->end() ? IntervalTimer{} : found->second;
}

/// The time left of one that runs is never 0 (itimer_get_remtime).
std::int64_t left_of(const Ask& ask, const IntervalTimer& timer) {
  if (timer.due == 0) return 0;
  return timer.due > ask.now + kMicro ? timer.due - ask.now : kMicro;
}

Arg timeval(std::int64_t ns) {
  Arg time;
  time.tag = ArgTag::Struct;
  time.keys = {"tv_sec", "tv_usec"};
  time.items = {Arg::integer(ns / kSecond), Arg::integer(ns % kSecond / kMicro)};
  return time;
}

Arg itimerval(const Ask& ask, const IntervalTimer& timer) {
  Arg value;
  value.tag = ArgTag::Struct;
  value.keys = {"it_interval", "it_value"};
  value.items = {timeval(timer.every), timeval(left_of(ask, timer))};
  return value;
}

/// A struct timeval within a struct itimerval, in ns. False when it is no legal time.
bool read_time(const Arg& value, std::string_view name, std::int64_t& ns) {
  std::int64_t seconds = 0, micros = 0;
  for (std::size_t i = 0; i < value.keys.size(); ++i) {
    if (value.keys[i] != name) continue;
    const Arg& time = value.items[i];
    for (std::size_t k = 0; k < time.keys.size(); ++k)
      (time.keys[k] == "tv_sec" ? seconds : micros) = time.items[k].value;
  }
  constexpr std::int64_t longest = 9'000'000'000;  // beyond, 64 bits of ns do not suffice
  if (seconds < 0 || micros < 0 || micros >= kMicros) return false;
  ns = (seconds > longest ? longest : seconds) * kSecond + micros * kMicro;
  return true;
}

}  // namespace

Decision decide_getitimer(const Ask& ask) {
  if (!is_timer(ask)) return refuse(abi::Errno::kEINVAL);
  Decision decision = answer(0);
  decision.filled.emplace_back(1, itimerval(ask, is_real(ask) ? timer_of(ask) : IntervalTimer{}));
  return decision;
}

/// NULL is a timer of zeros: it stops.
Decision decide_setitimer(const Ask& ask) {
  std::int64_t value = 0, every = 0;
  if (!ask.null(1)) {
    const Arg& wanted = ask.request.args[1];
    if (!read_time(wanted, "it_value", value) || !read_time(wanted, "it_interval", every))
      return refuse(abi::Errno::kEINVAL);
  }
  if (!is_timer(ask)) return refuse(abi::Errno::kEINVAL);
  Decision decision = answer(0);
  const IntervalTimer before = is_real(ask) ? timer_of(ask) : IntervalTimer{};
  decision.filled.emplace_back(2, itimerval(ask, before));
  if (is_real(ask))
    decision.timer = IntervalTimer{value > 0 ? ask.now + value : 0, value > 0 ? every : 0, 0};
  return decision;
}

/// Tells how many seconds were left of the alarm before, rounded, and never 0 (alarm_setitimer).
Decision decide_alarm(const Ask& ask) {
  const std::int64_t left = left_of(ask, timer_of(ask));
  const std::int64_t rounded = (left + kSecond / 2) / kSecond;
  Decision decision = answer(left > 0 && rounded == 0 ? 1 : rounded);
  const std::int64_t seconds = ask.word(0);
  decision.timer = IntervalTimer{seconds > 0 ? ask.now + seconds * kSecond : 0, 0, 0};
  return decision;
}

}  // namespace cutaway::sim
