// New tasks. The kernel attaches them by itself (PTRACE_O_TRACEFORK …) and stops them before their
// first instruction; they stay there until observers know them.
#include <sched.h>
#include <sys/wait.h>

#include <utility>

#include "real/tracer/ptrace/ptrace.h"
#include "real/tracer/ptrace/ptrace_tracer.h"

namespace cutaway::real {

namespace {

/// The call that makes a task lets it have the same table of handlers.
bool shares_handlers(const Tracee& parent) {
  if (!parent.in_call) return false;
  std::uint64_t flags = 0;
  if (parent.call.sys == abi::Sys::clone) flags = parent.registers[0];
  if (parent.call.sys == abi::Sys::clone3)
    (void)Memory(parent.tid).value(parent.registers[0], flags);
  return (flags & CLONE_SIGHAND) != 0;
}

}  // namespace

void PtraceTracer::forked(Tracee& parent) {
  const std::int64_t message = ptrace::event_message(parent.tid);
  if (message <= 0) return;
  const int tid = static_cast<int>(message);
  parent.forks = false;
  const auto known = tracees_.find(tid);
  if (known != tracees_.end() && known->second.announced) return;
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
  child.restarts =
      shares_handlers(parent) ? parent.restarts : std::make_shared<std::uint64_t>(*parent.restarts);
  SeenFork fork;
  fork.parent = parent.tid;
  fork.child = child.tid;
  if (parent.in_call) std::swap(fork.call, parent.call);
  observer_->forked(fork);
  if (parent.in_call) std::swap(fork.call, parent.call);
  if (!child.waiting) return;
  const int status = *std::exchange(child.waiting, std::nullopt);
  if (WIFSTOPPED(status))
    stopped(child, status);
  else
    ended(child.tid, status);
}

void PtraceTracer::first_stop(Tracee& child, int status) {
  if (!child.waiting) ++unannounced_;
  child.waiting = status;
  adopt_orphans();
}

/// A parent that is killed between its clone and the stop that would tell of it never tells. Its
/// child lives and waits for us (its first stop may come long after the parent's end); it is the
/// dead one's as soon as nobody else can be its parent.
void PtraceTracer::adopt_orphans() {
  if (unannounced_ == 0) return;
  std::vector<int> orphans;
  for (const auto& [tid, tracee] : tracees_) {
    if (tracee.announced && tracee.forks) return;
    if (!tracee.announced) orphans.push_back(tid);
  }
  for (const int tid : orphans) announce(tracees_[tid], dead_cloner_);
}

}  // namespace cutaway::real
