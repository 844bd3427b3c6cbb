// New tasks. The kernel attaches them by itself (PTRACE_O_TRACEFORK …) and stops them before their
// first instruction; they stay there until observers know them.
#include <sys/wait.h>

#include <utility>

#include "real/tracer/ptrace/ptrace.h"
#include "real/tracer/ptrace/ptrace_tracer.h"

namespace cutaway::real {

void PtraceTracer::forked(Tracee& parent) {
  const std::int64_t message = ptrace::event_message(parent.tid);
  if (message <= 0) return;
  const int tid = static_cast<int>(message);
  parent.forks = false;
  // A reference to an element of an unordered_map stays good when others are added.
  Tracee& child = tracees_[tid];
  if (child.tid == 0) ++unannounced_;
  child.tid = tid;
  announce(child, parent);
}

/// Told at the parent's event stop: the child exists, and waits.
void PtraceTracer::announce(Tracee& child, Tracee& parent) {
  child.announced = true;
  --unannounced_;
  child.step = parent.step;
  SeenFork fork;
  fork.parent = parent.tid;
  fork.child = child.tid;
  if (parent.in_call) std::swap(fork.call, parent.call);
  observer_->forked(fork);
  if (parent.in_call) std::swap(fork.call, parent.call);
  if (!child.waiting) return;
  const int status = *std::exchange(child.waiting, std::nullopt);
  const int tid = child.tid;
  if (WIFSTOPPED(status)) {
    stopped(child, status);
    return;
  }
  siginfo_t info{};
  info.si_code = WIFEXITED(status) ? CLD_EXITED : WCOREDUMP(status) ? CLD_DUMPED : CLD_KILLED;
  info.si_status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  ended(tid, info);
}

void PtraceTracer::first_stop(Tracee& child, int status) {
  if (!child.waiting) ++unannounced_;
  child.waiting = status;
  adopt_orphans();
}

/// A parent that is killed between its clone and the stop that would tell of it never tells. Its
/// child is alive and waits for us; it is the dead one's as soon as nobody else can be its parent.
void PtraceTracer::adopt_orphans() {
  if (dead_cloners_.empty()) return;
  for (const auto& [tid, tracee] : tracees_) {
    (void)tid;
    if (tracee.announced && tracee.forks) return;
  }
  Tracee parent = std::move(dead_cloners_.back());
  dead_cloners_.clear();
  if (unannounced_ == 0) return;
  std::vector<int> orphans;
  for (const auto& [tid, tracee] : tracees_) {
    if (!tracee.announced) orphans.push_back(tid);
  }
  for (const int tid : orphans) announce(tracees_[tid], parent);
}

}  // namespace cutaway::real
