// Shapes of calls: clocks and timers.
#include "trace/abi/more_flags.h"
#include "trace/event/shape_rows.h"

namespace cutaway::shapes {

using abi::Sys;
using enum ArgKind;

Rows time_rows() {
  return {
      {Sys::nanosleep, {{"req", Struct}, {"rem", Struct}}},
      {Sys::clock_nanosleep,
       {{"clockid", Constant, &abi::kClockIds},
        {"flags", Flags, &abi::kTimerFlags},
        {"request", Struct},
        {"remain", Struct}}},
      {Sys::clock_gettime, {{"clockid", Constant, &abi::kClockIds}, {"tp", Struct}}},
      {Sys::clock_settime, {{"clockid", Constant, &abi::kClockIds}, {"tp", Struct}}},
      {Sys::clock_getres, {{"clockid", Constant, &abi::kClockIds}, {"res", Struct}}},
      {Sys::gettimeofday, {{"tv", Struct}, {"tz", Struct}}},
      {Sys::time, {{"tloc", Address}}},
      {Sys::times, {{"buf", Struct}}},
      {Sys::alarm, {{"seconds", Unsigned}}},
      {Sys::settimeofday, {{"tv", Struct}, {"tz", Struct}}},
      {Sys::getitimer, {{"which", Constant, &abi::kIntervalTimers}, {"curr_value", Struct}}},
      {Sys::setitimer,
       {{"which", Constant, &abi::kIntervalTimers}, {"new_value", Struct}, {"old_value", Struct}}},
      {Sys::timer_create,
       {{"clockid", Constant, &abi::kClockIds}, {"sevp", Struct}, {"timerid", Struct}}},
      {Sys::timer_settime,
       {{"timerid", Int},
        {"flags", Flags, &abi::kTimerFlags},
        {"new_value", Struct},
        {"old_value", Struct}}},
      {Sys::timer_delete, {{"timerid", Int}}},
      {Sys::timerfd_create,
       {{"clockid", Constant, &abi::kClockIds}, {"flags", Flags, &abi::kTimerfdFlags}}},
      {Sys::timerfd_settime,
       {{"fd", Fd},
        {"flags", Flags, &abi::kTimerFlags},
        {"new_value", Struct},
        {"old_value", Struct}}},
      {Sys::timerfd_gettime, {{"fd", Fd}, {"curr_value", Struct}}},
  };
}

}  // namespace cutaway::shapes
