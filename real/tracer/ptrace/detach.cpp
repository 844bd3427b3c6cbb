// The end of tracing while tasks go on. Only a stopped task can be let go, so each is asked to
// stop.
#include <sys/wait.h>

#include <unordered_set>

#include "real/tracer/ptrace/ptrace.h"
#include "real/tracer/ptrace/ptrace_tracer.h"

namespace cutaway::real {

namespace {

/// The signal with which it stopped, when that is for the task itself.
int own_signal(int status) {
  const int signal = WSTOPSIG(status);
  return status >> 16 != 0 || signal == (SIGTRAP | 0x80) ? 0 : signal;
}

bool is_fork(int status) {
  const int event = status >> 16;
  return event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK || event == PTRACE_EVENT_CLONE;
}

}  // namespace

void PtraceTracer::detach_all() {
  for (auto it = tracees_.begin(); it != tracees_.end();) {
    // Held, or in its first stop: at once. A zombie (a leader whose threads live) can neither stop
    // nor be let go.
    const bool gone = ptrace::detach(it->first) == 0 || ptrace::interrupt(it->first) != 0;
    it = gone ? tracees_.erase(it) : std::next(it);
  }
  std::unordered_set<int> freed;
  while (!tracees_.empty()) {
    siginfo_t info{};
    if (!next_change(info)) continue;
    const int tid = info.si_pid, status = take_status(tid);
    if (status == kNoStatus) continue;
    if (WIFSTOPPED(status) && is_fork(status)) {
      // A task that was born meanwhile has yet to stop for the first time.
      const std::int64_t child = ptrace::event_message(tid);
      if (child > 0 && freed.count(static_cast<int>(child)) == 0)
        tracees_[static_cast<int>(child)].tid = static_cast<int>(child);
    }
    if (WIFSTOPPED(status) && ptrace::detach(tid, own_signal(status)) != 0) continue;
    tracees_.erase(tid);
    if (WIFSTOPPED(status)) freed.insert(tid);
  }
  unannounced_ = 0;
}

}  // namespace cutaway::real
