// Times: timespec, timeval, timers.
#include <sys/time.h>

#include <ctime>

#include "real/tracer/decode/rows.h"

namespace cutaway::real::decode {

namespace {

using abi::Sys;

Arg time_arg(const timespec& time) {
  return structure(
      {{"tv_sec", signed_number(time.tv_sec)}, {"tv_nsec", signed_number(time.tv_nsec)}});
}
Arg time_arg(const timeval& time) {
  return structure(
      {{"tv_sec", signed_number(time.tv_sec)}, {"tv_usec", signed_number(time.tv_usec)}});
}
template <class Timer>
Arg timer_arg(const Timer& timer) {
  return structure(
      {{"it_interval", time_arg(timer.it_interval)}, {"it_value", time_arg(timer.it_value)}});
}

Arg nanoseconds(const Asked& asked) {
  return shown<timespec>(asked, [](const timespec& time) { return time_arg(time); });
}
/// What was left when a handler ran.
Arg left(const Asked& asked) {
  return asked.call.err == abi::Errno::kEINTR ? nanoseconds(asked) : Arg{};
}
Arg microseconds(const Asked& asked) {
  return shown<timeval>(asked, [](const timeval& time) { return time_arg(time); });
}
Arg timer(const Asked& asked) {
  return shown<itimerspec>(asked, [](const itimerspec& seen) { return timer_arg(seen); });
}
Arg interval_timer(const Asked& asked) {
  return shown<itimerval>(asked, [](const itimerval& seen) { return timer_arg(seen); });
}
/// utimensat(2): last access, last change.
Arg two_times(const Asked& asked) {
  std::vector<timespec> times;
  if (!many(asked.memory(), asked.address(), 2, times)) return pointer(asked);
  return list({time_arg(times[0]), time_arg(times[1])});
}
/// Of futex(2)'s operations only those that wait look at the time (FUTEX_WAIT, LOCK_PI,
/// WAIT_BITSET, WAIT_REQUEUE_PI, LOCK_PI2).
Arg futex_timeout(const Asked& asked) {
  constexpr std::uint64_t kCommand = 0x7f;
  const std::uint64_t command = asked.raw.at(1) & kCommand;
  const bool waits = command == 0 || command == 6 || command == 9 || command == 11 || command == 13;
  return waits ? nanoseconds(asked) : Arg{};
}

}  // namespace

Rows time_rows() {
  return {
      {Sys::nanosleep, 0, When::Entry, nanoseconds},
      {Sys::nanosleep, 1, When::Failure, left},
      {Sys::clock_nanosleep, 2, When::Entry, nanoseconds},
      {Sys::clock_nanosleep, 3, When::Failure, left},
      {Sys::clock_gettime, 1, When::Return, nanoseconds},
      {Sys::clock_getres, 1, When::Return, nanoseconds},
      {Sys::clock_settime, 1, When::Entry, nanoseconds},
      {Sys::gettimeofday, 0, When::Return, microseconds},
      {Sys::setitimer, 1, When::Entry, interval_timer},
      {Sys::setitimer, 2, When::Return, interval_timer},
      {Sys::getitimer, 1, When::Return, interval_timer},
      {Sys::timer_settime, 2, When::Entry, timer},
      {Sys::timer_settime, 3, When::Return, timer},
      {Sys::timerfd_settime, 2, When::Entry, timer},
      {Sys::timerfd_settime, 3, When::Return, timer},
      {Sys::timerfd_gettime, 1, When::Return, timer},
      {Sys::utimensat, 2, When::Entry, two_times},
      {Sys::futex, 3, When::Entry, futex_timeout},
      {Sys::ppoll, 2, When::Entry, nanoseconds},
      {Sys::pselect6, 4, When::Entry, nanoseconds},
      {Sys::select, 4, When::Entry, microseconds},
      {Sys::rt_sigtimedwait, 2, When::Entry, nanoseconds},
  };
}

}  // namespace cutaway::real::decode
