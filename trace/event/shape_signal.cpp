// Shapes of calls: signals.
#include "trace/event/shape_rows.h"

namespace cutaway::shapes {

using abi::Sys;
using enum ArgKind;

Rows signal_rows() {
  return {
      {Sys::kill, {{"pid", Pid}, {"sig", Signal}}},
      {Sys::tkill, {{"tid", Pid}, {"sig", Signal}}},
      {Sys::tgkill, {{"tgid", Pid}, {"tid", Pid}, {"sig", Signal}}},
      {Sys::rt_sigqueueinfo, {{"tgid", Pid}, {"sig", Signal}, {"info", Struct}}},
      {Sys::pidfd_send_signal,
       {{"pidfd", Fd}, {"sig", Signal}, {"info", Struct}, {"flags", Unsigned}}},
      {Sys::rt_sigaction,
       {{"signum", Signal}, {"act", Struct}, {"oldact", Struct}, {"sigsetsize", Unsigned}}},
      {Sys::rt_sigprocmask,
       {{"how", Constant, &abi::kSigprocmaskHows},
        {"set", Struct},
        {"oldset", Struct},
        {"sigsetsize", Unsigned}}},
      {Sys::rt_sigpending, {{"set", Struct}, {"sigsetsize", Unsigned}}},
      {Sys::rt_sigtimedwait,
       {{"set", Struct}, {"info", Struct}, {"timeout", Struct}, {"sigsetsize", Unsigned}}},
      {Sys::rt_sigsuspend, {{"mask", Struct}, {"sigsetsize", Unsigned}}},
      {Sys::sigaltstack, {{"ss", Struct}, {"old_ss", Struct}}},
      {Sys::signalfd4,
       {{"fd", Fd},
        {"mask", Struct},
        {"sizemask", Unsigned},
        {"flags", Flags, &abi::kSignalfdFlags}}},
  };
}

}  // namespace cutaway::shapes
