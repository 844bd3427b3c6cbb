// alarm(2), getitimer(2), setitimer(2). (What runs out is timers.cpp.)
#include "sim/kernel/handlers.h"
#include "sim/kernel/time_args.h"

namespace cutaway::sim {
namespace {

constexpr std::int64_t kMicro = 1'000;

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

Arg itimerval(const Ask& ask, const IntervalTimer& timer) {
  return interval_arg({left_of(ask, timer), timer.every}, kTimeval);
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
  const auto wanted = ask.null(1) ? Interval{} : interval_of(ask.request.args[1], kTimeval);
  if (!wanted) return refuse(abi::Errno::kEINVAL);
  if (!is_timer(ask)) return refuse(abi::Errno::kEINVAL);
  Decision decision = answer(0);
  const IntervalTimer before = is_real(ask) ? timer_of(ask) : IntervalTimer{};
  decision.filled.emplace_back(2, itimerval(ask, before));
  if (is_real(ask))
    decision.timer = wanted->value > 0 ? IntervalTimer{ask.now + wanted->value, wanted->every, 0}
                                       : IntervalTimer{};
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
