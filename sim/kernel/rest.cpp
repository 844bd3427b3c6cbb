// Programs whose tasks take turns: who has not the turn rests, in no call, until it is roused. The
// trace shows it as waiting for its turn.
#include <utility>

#include "sim/core/sys.h"
#include "sim/kernel/kernel_impl.h"
#include "sim/kernel/sink.h"
#include "trace/world/signal_action.h"

namespace cutaway::sim {

/// A signal that came in the meantime lets it go on at once.
void Kernel::Impl::rest(TaskRun& run) {
  if (has_signal(run)) return;
  emit(run.id, TaskBlocked{"", "its turn"});
  run.phase = Phase::Resting;
  leave_cpu(run);
  ++run.ticket;
}

void Kernel::Impl::rouse(TaskId task) {
  TaskRun* run = run_of(task);
  if (run != nullptr && run->phase == Phase::Resting) enqueue(*run, kNoEvent);
}

/// A fault is forced: neither a mask nor being pid 1 protects (force_sig in kernel/signal.c). A
/// handler that is not blocked takes it.
void Kernel::Impl::fault(TaskId task) {
  const bool blocked = (world().tasks.at(task).blocked >> (abi::sig::kSegv - 1) & 1U) != 0;
  const SignalAction action = signal_action(world(), task, abi::sig::kSegv);
  if (action == SignalAction::Handler && !blocked) {
    const EventIndex sent = emit(task, SignalSent{abi::sig::kSegv, TaskId{}, task, "page fault"});
    emit(task, SignalDelivered{abi::sig::kSegv, TaskId{}, task, std::string(signal_rule(action))},
         sent);
    run_of(task)->caught.push_back(abi::sig::kSegv);
    return;
  }
  const EventIndex sent = emit(task, SignalSent{abi::sig::kSegv, TaskId{}, task, "page fault"});
  const EventIndex delivered =
      emit(task,
           SignalDelivered{abi::sig::kSegv, TaskId{}, task,
                           std::string(signal_rule(SignalAction::Terminate))},
           sent);
  Sink sink(*this, delivered);
  exit_effects(task, 0, abi::sig::kSegv, sink);
}

/// Whoever they rouse may do what lets others go on at once (a page fault), and then nothing comes
/// of itself any more: they look again.
void Kernel::Impl::let_watchers_look() {
  std::size_t seen = 0;
  do {
    seen = trace.size();
    settle();
    dispatch();
    std::vector<std::shared_ptr<Watcher>> go_on;
    for (const std::shared_ptr<Watcher>& watcher : std::exchange(watchers, {})) {
      if (watcher->look(*self)) go_on.push_back(watcher);
    }
    watchers.insert(watchers.begin(), go_on.begin(), go_on.end());
    settle();
    dispatch();
    drop_stale();
  } while (trace.size() > seen);
}

void Kernel::note(std::string text, std::string kind) {
  impl_->emit(TaskId{}, Note{std::move(text), std::move(kind)});
}

/// Who is beside a VM is no part of this.
bool Kernel::Impl::alone(TaskId task) const {
  for (const std::unique_ptr<TaskRun>& run : runs) {
    if (run == nullptr || run->id == task || run->outside) continue;
    if (run->phase == Phase::Queued || run->phase == Phase::Running) return false;
  }
  return true;
}

void Kernel::rouse(TaskId task) { impl_->rouse(task); }

Whereabouts Kernel::whereabouts(TaskId task) const {
  const TaskRun* run = impl_->run_of(task);
  if (run == nullptr) return Whereabouts::Gone;
  switch (run->phase) {
    case Phase::Ended:
      return Whereabouts::Gone;
    case Phase::Waiting:
      return Whereabouts::Waits;
    case Phase::Resting:
      return Whereabouts::Rests;
    case Phase::Stopped:
    case Phase::Frozen:
      return Whereabouts::Stopped;
    case Phase::Queued:
    case Phase::Running:
      break;
  }
  return Whereabouts::Runs;
}

bool Kernel::quiet() const { return impl_->alone(TaskId{}); }

void Sys::rouse(TaskId task) { kernel_->impl_->rouse(task); }
void Sys::watch(const std::shared_ptr<Watcher>& watcher) {
  context_->looked_around();
  kernel_->impl_->watchers.push_back(watcher);
}
std::shared_ptr<Watcher> Sys::watcher_of(TaskId task) const {
  for (const std::shared_ptr<Watcher>& watcher : kernel_->impl_->watchers) {
    if (watcher->knows(task)) return watcher;
  }
  return nullptr;
}
bool Sys::alone() const {
  context_->looked_around();
  return kernel_->impl_->alone(self());
}
void Sys::fault() { kernel_->impl_->fault(self()); }

}  // namespace cutaway::sim
