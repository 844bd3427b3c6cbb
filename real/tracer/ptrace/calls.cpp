// Entries and exits of calls, and those that are neither: a call that a signal interrupts leaves
// the kernel with a number that programs never see, and comes back (signal(7), "Interruption of
// system calls").
#include <linux/audit.h>

#include <cerrno>
#include <csignal>

#include "real/sys/files.h"
#include "real/tracer/ptrace/ptrace.h"
#include "real/tracer/ptrace/ptrace_tracer.h"

namespace cutaway::real {

namespace {

constexpr std::uint64_t kRestartSyscall = 219;

/// The kernel's own errors (include/linux/errno.h).
constexpr int kRestartSys = 512, kRestartNoIntr = 513, kRestartNoHand = 514, kRestartBlock = 516;
bool is_restart(std::int64_t error) {
  return error == kRestartSys || error == kRestartNoIntr || error == kRestartNoHand ||
         error == kRestartBlock;
}

/// none for what is not of the 64-bit table: other arguments, other numbers (x32 has bit 30 set).
abi::Sys sys_of(std::uint32_t arch, std::uint64_t number) {
  constexpr std::uint64_t kMost = 1024;
  if (arch != AUDIT_ARCH_X86_64 || number >= kMost) return abi::Sys::none;
  static const std::array<bool, kMost> known = [] {
    std::array<bool, kMost> found{};
    for (std::size_t i = 0; i < kMost; ++i)
      found[i] = !abi::sys_name(static_cast<abi::Sys>(i)).empty();
    return found;
  }();
  return known[number] ? static_cast<abi::Sys>(number) : abi::Sys::none;
}

/// May it make a task? A call of another table might.
bool may_make_task(abi::Sys sys) {
  return sys == abi::Sys::none || sys == abi::Sys::clone || sys == abi::Sys::clone3 ||
         sys == abi::Sys::fork || sys == abi::Sys::vfork;
}

}  // namespace

void PtraceTracer::syscall_stop(Tracee& tracee, int status) {
  ptrace_syscall_info info{};
  tracee.fault = 0;
  if (ptrace::syscall_information(tracee.tid, info)) {
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) entry(tracee, info);
    if (info.op == PTRACE_SYSCALL_INFO_EXIT) exit(tracee, info);
  }
  if (tracee.held)
    stay(tracee.tid, status);
  else
    ptrace::go_on(tracee.tid);
}

void PtraceTracer::entry(Tracee& tracee, const ptrace_syscall_info& info) {
  const std::uint64_t number = info.entry.nr;
  if (tracee.in_call && tracee.interrupted != 0) {
    tracee.interrupted = 0;
    if (number == kRestartSyscall || number == tracee.number) return;  // it goes on
    returned(tracee, -EINTR, true);                                    // a handler ran after all
  }
  tracee.number = number;
  for (std::size_t i = 0; i < tracee.registers.size(); ++i)
    tracee.registers[i] = info.entry.args[i];
  SeenCall& call = tracee.call;
  call.tid = tracee.tid;
  call.sys = sys_of(info.arch, number);
  call.ret = 0;
  call.err = abi::Errno::kOk;
  call.entered = monotonic_ns();
  call.returned_at = 0;
  call.returned = false;
  call.data.clear();
  call.out.clear();
  call.step = tracee.step == nullptr ? 0 : *tracee.step;
  const Memory memory(tracee.tid);
  decode_entry(Raw{memory, tracee.registers}, call);
  tracee.held = observer_->hold(call);
  if (!tracee.held) enter(tracee);
}

void PtraceTracer::enter(Tracee& tracee) {
  tracee.in_call = true;
  tracee.forks = may_make_task(tracee.call.sys);
  observer_->entered(tracee.call);
}

void PtraceTracer::exit(Tracee& tracee, const ptrace_syscall_info& info) {
  if (!tracee.in_call) return;  // it was in the call when it was attached
  if (info.exit.is_error != 0 && is_restart(-info.exit.rval)) {
    tracee.interrupted = static_cast<int>(-info.exit.rval);
    return;
  }
  if (tracee.call.sys == abi::Sys::rt_sigaction && info.exit.is_error == 0) note_action(tracee);
  returned(tracee, info.exit.rval, info.exit.is_error != 0);
}

/// rt_sigaction(2) was told what to do on a signal. (The kernel's own struct: handler, flags …)
void PtraceTracer::note_action(const Tracee& tracee) {
  constexpr std::uint64_t kFlagsOffset = 8;
  const std::uint64_t signal = tracee.registers[0], action = tracee.registers[1];
  std::uint64_t flags = 0;
  if (action == 0 || signal == 0 || signal > 64) return;
  if (!Memory(tracee.tid).value(action + kFlagsOffset, flags)) return;
  const std::uint64_t bit = std::uint64_t{1} << (signal - 1);
  const bool restarts = (flags & SA_RESTART) != 0;
  *tracee.restarts = restarts ? *tracee.restarts | bit : *tracee.restarts & ~bit;
}

/// A handler will run: the program sees EINTR, or nothing, as the kernel makes the call again after
/// it (handle_signal in arch/x86/kernel/signal.c).
void PtraceTracer::broken_off(Tracee& tracee, int signal) {
  const bool asked = (*tracee.restarts >> static_cast<unsigned>(signal - 1) & 1U) != 0;
  const int with = tracee.interrupted;
  if (with != kRestartNoIntr && (with != kRestartSys || !asked))
    return returned(tracee, -EINTR, true);
  tracee.in_call = tracee.forks = false;
  tracee.interrupted = 0;
  tracee.call.returned_at = monotonic_ns();
  observer_->returned(tracee.call);
}

void PtraceTracer::returned(Tracee& tracee, std::int64_t value, bool is_error) {
  tracee.in_call = tracee.forks = false;
  tracee.interrupted = 0;
  SeenCall& call = tracee.call;
  call.returned = true;
  call.returned_at = monotonic_ns();
  call.ret = is_error ? -1 : value;
  call.err = is_error ? static_cast<abi::Errno>(-value) : abi::Errno::kOk;
  const Memory memory(tracee.tid);
  decode_return(Raw{memory, tracee.registers}, options_.data_max, call);
  observer_->returned(call);
}

}  // namespace cutaway::real
