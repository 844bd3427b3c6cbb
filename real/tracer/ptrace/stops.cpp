// What a stop means (ptrace(2), "Stopped states"), and what is told of it.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "real/sys/files.h"
#include "real/tracer/ptrace/proc.h"
#include "real/tracer/ptrace/ptrace.h"
#include "real/tracer/ptrace/ptrace_tracer.h"

namespace cutaway::real {

namespace {

constexpr int kSyscallStop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD

/// Who sent it says only what kill(2) and its kin filled in.
int sender_of(const siginfo_t& info) {
  const bool by_a_task =
      info.si_code == SI_USER || info.si_code == SI_TKILL || info.si_code == SI_QUEUE;
  return by_a_task ? info.si_pid : 0;
}

/// Not sent by anybody: the task did it itself (si_code > 0, sigaction(2)).
bool is_fault(const siginfo_t& info) {
  const int signal = info.si_signo;
  return info.si_code > 0 && (signal == SIGSEGV || signal == SIGBUS || signal == SIGILL ||
                              signal == SIGFPE || signal == SIGTRAP || signal == SIGSYS);
}

/// A wait status, or what PTRACE_EVENT_EXIT says, in words of its own.
SeenEnd end_of(int tid, int status) {
  SeenEnd end;
  end.tid = tid;
  end.kind = WIFSIGNALED(status) ? EndKind::Killed : EndKind::Exited;
  if (WIFSIGNALED(status)) {
    end.signal = WTERMSIG(status);
    end.core = WCOREDUMP(status);
  } else {
    end.code = WEXITSTATUS(status);
  }
  end.at = monotonic_ns();
  return end;
}

}  // namespace

void PtraceTracer::stopped(Tracee& tracee, int status) {
  const int signal = WSTOPSIG(status);
  const int what = status >> 16;
  if (what != 0)
    event(tracee, what, signal);
  else if (signal == kSyscallStop)
    syscall_stop(tracee, status);
  else
    signal_stop(tracee, signal);
}

void PtraceTracer::event(Tracee& tracee, int event, int signal) {
  switch (event) {
    case PTRACE_EVENT_FORK:
    case PTRACE_EVENT_VFORK:
    case PTRACE_EVENT_CLONE:
      forked(tracee);
      break;
    case PTRACE_EVENT_EXEC:
      execed(tracee);
      break;
    case PTRACE_EVENT_EXIT:
      ending(tracee);
      break;
    case PTRACE_EVENT_STOP:
      event_stop(tracee, signal);
      return;
    default:
      break;
  }
  ptrace::go_on(tracee.tid);
}

/// A group-stop says its signal; it lasts until SIGCONT, which stops the task once more. SIGTRAP:
/// that, or the first stop of a new task, or PTRACE_INTERRUPT.
void PtraceTracer::event_stop(Tracee& tracee, int signal) {
  if (signal != SIGTRAP) {
    if (!tracee.group_stopped) {
      tracee.group_stopped = true;
      observer_->stopped(tracee.tid, signal);
    }
    ptrace::listen(tracee.tid);
    return;
  }
  if (tracee.group_stopped) {
    tracee.group_stopped = false;
    observer_->continued(tracee.tid);
  }
  ptrace::go_on(tracee.tid);
}

/// Traced tasks stop for each signal, also for those that they ignore. It is passed on, and the
/// kernel does with it what it would have done. When it interrupts a call and a handler will run,
/// the call has returned EINTR; else the call goes on.
void PtraceTracer::signal_stop(Tracee& tracee, int signal) {
  SeenSignal seen;
  seen.tid = tracee.tid;
  seen.signal = signal;
  seen.at = monotonic_ns();
  siginfo_t info{};
  if (ptrace::signal_information(tracee.tid, info)) seen.sender = sender_of(info);
  const bool caught = catches(tracee.tid, signal);
  if (tracee.interrupted != 0 && caught) broken_off(tracee, signal);
  if (!caught && is_fault(info) && std::exchange(tracee.fault, signal) == signal)
    return let_it_die(tracee, signal);
  observer_->signalled(seen);
  ptrace::go_on(tracee.tid, signal);
}

/// It faults again at the same place: it is pid 1 of a namespace, which no fault ends while it is
/// traced ("users won't expect debugging to leave init killable", force_sig_info_to_task in
/// kernel/signal.c). Untraced the next fault ends it, so this is told as its end.
void PtraceTracer::let_it_die(const Tracee& tracee, int signal) {
  const int tid = tracee.tid;
  observer_->ending(end_of(tid, signal));
  if (parent_of(tid) == ::getpid()) left_.insert(tid);
  ended(tid, signal);
  ptrace::detach(tid);
}

/// The kernel gives a thread that execs the number of its leader, whatever became of that one.
void PtraceTracer::execed(Tracee& tracee) {
  const int tid = tracee.tid;
  const std::int64_t message = ptrace::event_message(tid);
  const int former = message > 0 ? static_cast<int>(message) : tid;
  if (former != tid) {
    const auto caller = tracees_.find(former);
    if (caller != tracees_.end()) {
      tracee = std::move(caller->second);
      tracees_.erase(caller);
    }
    tracee.tid = tid;
    tracee.call.tid = tid;
  }
  tracee.step = nullptr;
  tracee.restarts = std::make_shared<std::uint64_t>(0);  // its handlers are gone, not the others'
  observer_->execed(tid, former);
}

void PtraceTracer::ending(const Tracee& tracee) {
  const std::int64_t status = ptrace::event_message(tracee.tid);
  if (status >= 0) observer_->ending(end_of(tracee.tid, static_cast<int>(status)));
}

void PtraceTracer::ended(int tid, int status) {
  const auto found = tracees_.find(tid);
  if (found == tracees_.end() || !found->second.announced) {
    if (found == tracees_.end()) ++unannounced_;
    Tracee& child = tracees_[tid];  // killed before anybody said that it was born
    child.tid = tid;
    child.waiting = status;
    adopt_orphans();
    return;
  }
  if (found->second.forks) dead_cloner_ = std::move(found->second);
  tracees_.erase(found);
  observer_->ended(end_of(tid, status));
  adopt_orphans();
}

}  // namespace cutaway::real
