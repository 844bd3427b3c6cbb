// Signals: what is to happen on one, sets of them, who sent it.
#include <csignal>

#include "real/tracer/decode/rows.h"

namespace cutaway::real::decode {

namespace {

using abi::Sys;

/// The kernel's struct sigaction (not the C library's): handler, flags, restorer, mask.
struct KernelSigaction {
  std::uint64_t handler, flags, restorer, mask;
};

Arg action(const Asked& asked) {
  return shown<KernelSigaction>(asked, [](const KernelSigaction& act) {
    const char* handler = act.handler == 0 ? "SIG_DFL" : act.handler == 1 ? "SIG_IGN" : "handler";
    return structure({{"sa_handler", text(handler)}, {"sa_flags", number(act.flags)}});
  });
}

Arg information(const Asked& asked) {
  return shown<siginfo_t>(asked, [](const siginfo_t& info) {
    return structure({{"si_signo", signed_number(info.si_signo)},
                      {"si_code", signed_number(info.si_code)},
                      {"si_pid", signed_number(info.si_pid)}});
  });
}

}  // namespace

Arg signal_set(const Asked& asked) {
  return shown<std::uint64_t>(asked, [](std::uint64_t set) {
    std::vector<Arg> names;
    for (int sig = 1; sig <= 64; ++sig) {
      if ((set >> static_cast<unsigned>(sig - 1) & 1U) != 0)
        names.push_back(text(abi::signal_name(sig)));
    }
    return list(std::move(names));
  });
}

Rows signal_rows() {
  return {
      {Sys::rt_sigaction, 1, When::Entry, action},
      {Sys::rt_sigaction, 2, When::Return, action},
      {Sys::rt_sigprocmask, 1, When::Entry, signal_set},
      {Sys::rt_sigprocmask, 2, When::Return, signal_set},
      {Sys::rt_sigpending, 0, When::Return, signal_set},
      {Sys::rt_sigtimedwait, 0, When::Entry, signal_set},
      {Sys::rt_sigtimedwait, 1, When::Return, information},
      {Sys::rt_sigsuspend, 0, When::Entry, signal_set},
      {Sys::rt_sigqueueinfo, 2, When::Entry, information},
      {Sys::pidfd_send_signal, 2, When::Entry, information},
      {Sys::signalfd4, 1, When::Entry, signal_set},
  };
}

}  // namespace cutaway::real::decode
