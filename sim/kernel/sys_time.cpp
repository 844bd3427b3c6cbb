// nanosleep(2), clock_nanosleep(2), clock_gettime(2), times(2), sysinfo(2), futex(2).
#include "sim/kernel/handlers.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/time_args.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

std::optional<std::int64_t> timespec(const Ask& ask, std::size_t n) {
  return ask.null(n) ? std::nullopt : ns_of(ask.request.args[n], kTimespec);
}

Decision sleep_until(const Ask& ask, std::int64_t deadline) {
  if (ask.now >= deadline) return answer(0);
  return wait_for("timer", WaitKey{WaitKind::Timer, ask.task.id.value}, deadline);
}

}  // namespace

Decision decide_nanosleep(const Ask& ask) {
  const auto ns = timespec(ask, 0);
  if (!ns) return refuse(abi::Errno::kEINVAL);
  return sleep_until(ask, ask.entered + *ns);
}

Decision decide_clock_nanosleep(const Ask& ask) {
  constexpr std::int64_t absolute = 1;
  // Of a thread's own cpu time nobody can wait for more (clock_nanosleep(2)).
  constexpr std::int64_t last = 11, thread_cpu = 3;
  if (ask.integer(0) > last || ask.integer(0) == thread_cpu) return refuse(abi::Errno::kEINVAL);
  const auto ns = timespec(ask, 2);
  if (!ns) return refuse(abi::Errno::kEINVAL);
  return sleep_until(ask, ask.integer(1) == absolute ? *ns : ask.entered + *ns);
}

/// All clocks count from the start of the trace: there is no time of day in a simulated trace.
Decision decide_clock_gettime(const Ask& ask) {
  if (ask.integer(0) < 0 || ask.integer(0) > 11) return refuse(abi::Errno::kEINVAL);
  Decision decision = answer(0);
  decision.reply.out = {ask.now / kSecond, ask.now % kSecond};
  return decision;
}

/// In ticks of 10 ms.
Decision decide_times(const Ask& ask) {
  constexpr std::int64_t tick = 10'000'000;
  Decision decision = answer(ask.now / tick);
  decision.reply.out = {0, ask.task.cpu_time / tick, 0, 0};
  return decision;
}

/// uptime, total and used memory in bytes, processes. Containers see the whole machine here.
Decision decide_sysinfo(const Ask& ask) {
  std::int64_t pages = 0, tasks = 0;
  ask.world.address_spaces.each([&](const AddressSpace& space) { pages += space.pages; });
  ask.world.tasks.each([&](const Task&) { ++tasks; });
  Decision decision = answer(0);
  decision.reply.out = {ask.now / kSecond, ask.world.machine.memory, pages * kPageBytes, tasks};
  return decision;
}

/// Words have names instead of addresses. A wait returns EAGAIN when the word was woken between the
/// program's look at it and this call, as the kernel's comparison of the value would (futex(2)).
/// FUTEX_WAIT's timeout is relative.
Decision decide_futex(const Ask& ask) {
  constexpr std::uint64_t operation = 0x7f, wait = 0, wake = 1;
  if ((ask.bits(1) & operation) == wake) {
    Decision decision = answer(0);
    decision.wake_futex = true;
    return decision;
  }
  if ((ask.bits(1) & operation) != wait) return refuse(abi::Errno::kENOSYS);
  if (ask.woken) return answer(0);
  std::int64_t deadline = -1;
  if (!ask.null(3)) {
    const auto timeout = timespec(ask, 3);
    if (!timeout) return refuse(abi::Errno::kEINVAL);
    deadline = ask.entered + *timeout;
    if (ask.now >= deadline) return refuse(abi::Errno::kETIMEDOUT);
  }
  return wait_for("futex " + ask.request.key, WaitKey{WaitKind::Futex, ask.task.memory.value},
                  deadline);
}

}  // namespace cutaway::sim
