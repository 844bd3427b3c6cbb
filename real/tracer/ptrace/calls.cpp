// Entries and exits of calls, and those that are neither: a call that a signal interrupts leaves
// the kernel with a number that programs never see, and comes back (signal(7), "Interruption of
// system calls").
#include <linux/audit.h>

#include <cerrno>

#include "real/sys/files.h"
#include "real/tracer/ptrace/ptrace.h"
#include "real/tracer/ptrace/ptrace_tracer.h"

namespace cutaway::real {

namespace {

constexpr std::uint64_t kRestartSyscall = 219;

/// The kernel's own errors (include/linux/errno.h): ERESTARTSYS, ERESTARTNOINTR, ERESTARTNOHAND,
/// ERESTART_RESTARTBLOCK.
bool is_restart(std::int64_t value) {
  return value == -512 || value == -513 || value == -514 || value == -516;
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
bool makes_task(abi::Sys sys) {
  return sys == abi::Sys::none || sys == abi::Sys::clone || sys == abi::Sys::clone3 ||
         sys == abi::Sys::fork || sys == abi::Sys::vfork;
}

}  // namespace

void PtraceTracer::syscall_stop(Tracee& tracee, int status) {
  ptrace_syscall_info info{};
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
  if (tracee.in_call && tracee.interrupted) {
    tracee.interrupted = false;
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
  tracee.forks = makes_task(tracee.call.sys);
  observer_->entered(tracee.call);
}

void PtraceTracer::exit(Tracee& tracee, const ptrace_syscall_info& info) {
  if (!tracee.in_call) return;  // it was in the call when it was attached
  if (info.exit.is_error != 0 && is_restart(info.exit.rval)) {
    tracee.interrupted = true;
    return;
  }
  returned(tracee, info.exit.rval, info.exit.is_error != 0);
}

void PtraceTracer::returned(Tracee& tracee, std::int64_t value, bool is_error) {
  tracee.in_call = false;
  tracee.interrupted = false;
  tracee.forks = false;
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
