// Signals reach a task when it would return to user mode (signal(7)); a waiting one is woken for
// that. Who may signal whom is sys_signal.cpp; what is ignored at once is trace/effects.
#include <algorithm>
#include <iterator>

#include "sim/kernel/kernel_impl.h"
#include "sim/kernel/sink.h"
#include "trace/world/signal_action.h"

namespace cutaway::sim {
namespace {

/// Calls that SA_RESTART restarts. Sleeping, poll, pause and sigsuspend always end (signal(7)).
constexpr abi::Sys kRestarting[] = {
    abi::Sys::read,    abi::Sys::write,   abi::Sys::writev,  abi::Sys::sendfile, abi::Sys::open,
    abi::Sys::openat,  abi::Sys::creat,   abi::Sys::wait4,   abi::Sys::waitid,   abi::Sys::futex,
    abi::Sys::accept,  abi::Sys::accept4, abi::Sys::connect, abi::Sys::sendto,   abi::Sys::sendmsg,
    abi::Sys::recvmsg, abi::Sys::recvfrom};

std::uint64_t deliverable(const World& world, const TaskRun& run) {
  const Task* task = world.tasks.find(run.id);
  if (task == nullptr || task->zombie()) return 0;
  constexpr std::uint64_t unmaskable =
      (std::uint64_t{1} << (abi::sig::kKill - 1)) | (std::uint64_t{1} << (abi::sig::kStop - 1));
  return task->pending & (~run.suspended.value_or(task->blocked) | unmaskable);
}

/// SIGKILL first, then the lowest number (kernel/signal.c, next_signal).
int first_signal(std::uint64_t set) {
  if (set == 0) return 0;
  if ((set & (std::uint64_t{1} << (abi::sig::kKill - 1))) != 0) return abi::sig::kKill;
  for (int signal = 1; signal <= 64; ++signal) {
    if ((set & (std::uint64_t{1} << (signal - 1))) != 0) return signal;
  }
  return 0;
}

}  // namespace

bool Kernel::Impl::has_signal(const TaskRun& run) const { return deliverable(world(), run) != 0; }

bool Kernel::Impl::is_killed(const TaskRun& run) const {
  return first_signal(deliverable(world(), run)) == abi::sig::kKill;
}

bool Kernel::Impl::has_fatal_signal(const TaskRun& run) const {
  const int signal = first_signal(deliverable(world(), run));
  return signal != 0 && signal_action(world(), run.id, signal) == SignalAction::Terminate;
}

bool Kernel::Impl::has_deadly_signal(const TaskRun& run) const {
  // SIGQUIT, ILL, TRAP, ABRT, BUS, FPE, SEGV, XCPU, XFSZ, SYS (SIG_KERNEL_COREDUMP_MASK)
  constexpr int kCoreDumps[] = {3, 4, 5, 6, 7, 8, 11, 24, 25, 31};
  std::uint64_t set = deliverable(world(), run);
  while (const int signal = first_signal(set)) {
    set &= ~(std::uint64_t{1} << (signal - 1));
    const bool core =
        std::find(std::begin(kCoreDumps), std::end(kCoreDumps), signal) != std::end(kCoreDumps);
    if (!core && signal_action(world(), run.id, signal) == SignalAction::Terminate) return true;
  }
  return false;
}

bool Kernel::Impl::has_caught_signal(const TaskRun& run) const {
  std::uint64_t set = deliverable(world(), run);
  while (const int signal = first_signal(set)) {
    if (signal_action(world(), run.id, signal) == SignalAction::Handler) return true;
    set &= ~(std::uint64_t{1} << (signal - 1));
  }
  return false;
}

bool Kernel::Impl::restarts(const TaskRun& run) const {
  const auto* const same =
      std::find(std::begin(kRestarting), std::end(kRestarting), request_of(run).sys);
  if (same == std::end(kRestarting)) return false;
  constexpr std::int64_t kRestart = 0x10000000;  // SA_RESTART
  const SighandId handlers = world().tasks.at(run.id).sighand;
  std::uint64_t set = deliverable(world(), run);
  while (const int signal = first_signal(set)) {
    set &= ~(std::uint64_t{1} << (signal - 1));
    if (signal_action(world(), run.id, signal) != SignalAction::Handler) continue;
    const bool ends = (run.handlers_end >> (signal - 1) & 1U) != 0;
    const auto flags = action_flags.find({handlers, signal});
    return !ends && flags != action_flags.end() && (flags->second & kRestart) != 0;
  }
  return false;
}

/// A handler is to run. Then the call returns, or it is made again as it was (signal(7)).
void Kernel::Impl::interrupt_call(TaskRun& run, const Decision& decision) {
  if (run.progress > 0) return finish(run, answer(run.progress));
  if (!restarts(run)) return finish(run, refuse(abi::Errno::kEINTR));
  leave_fifo(run);
  run.args = request_of(run).args;
  emit_syscall(run, decision, false);
}

/// A signal came. A stopped task goes on when the World says so (SIGCONT, SIGKILL); a waiting one
/// is woken.
void Kernel::Impl::interrupt(TaskRun& run) {
  if (run.phase == Phase::Stopped) {
    if (world().tasks.at(run.id).state == TaskState::Stopped) return;
    if (!is_killed(run)) note_change(run.id, abi::sig::kCont);
    enqueue(run, run.signalled_by);
    return;
  }
  if (run.phase == Phase::Frozen && !is_frozen(run)) {
    frozen.erase(run.id);
    enqueue(run, run.signalled_by);
    return;
  }
  // vfork's parent waits until it is killed (wait_for_vfork_done: TASK_KILLABLE).
  const bool interruptible = !run.decided || has_fatal_signal(run);
  const bool waits = (run.phase == Phase::Waiting && run.context != nullptr && interruptible) ||
                     run.phase == Phase::Resting;
  if (waits && has_signal(run)) enqueue(run, run.signalled_by);
}

void Kernel::Impl::note_change(TaskId id, int signal) {
  const Task& task = world().tasks.at(id);
  const Task* parent = world().tasks.find(task.parent);
  if (task.leader != id || parent == nullptr) return;
  changes[id] = signal;
  Sink sink(*this, static_cast<EventIndex>(trace.size() - 1));
  signal_effects(id, parent->leader, abi::sig::kChld, "child stopped or goes on", sink);
  touched.emplace_back(WaitKey{WaitKind::Child, parent->leader.value},
                       static_cast<EventIndex>(trace.size() - 1));
}

bool Kernel::Impl::deliver_signals(TaskRun& run) {
  TaskRun* const before = actor;
  actor = &run;
  bool goes_on = true;
  while (goes_on) {
    const int signal = first_signal(deliverable(world(), run));
    if (signal == 0) break;
    const SignalAction action = signal_action(world(), run.id, signal);
    if (action == SignalAction::Ignore) {
      emit(run.id, SignalIgnored{signal, TaskId{}, run.id, "default: ignore"}, run.signalled_by);
    } else {
      const EventIndex delivered =
          emit(run.id, SignalDelivered{signal, TaskId{}, run.id, std::string(signal_rule(action))},
               run.signalled_by);
      if (action == SignalAction::Handler) {
        run.caught.push_back(signal);
        ++run.handlers;
      }
      if (action == SignalAction::Terminate) {
        Sink sink(*this, delivered);
        exit_effects(run.id, 0, signal, sink);
        goes_on = false;
      }
      if (action == SignalAction::Stop) {
        leave_cpu(run);
        run.phase = Phase::Stopped;
        note_change(run.id, signal);
        goes_on = false;
      }
    }
    CHECK(!goes_on || (deliverable(world(), run) & (std::uint64_t{1} << (signal - 1))) == 0);
  }
  actor = before;
  return goes_on;
}

}  // namespace cutaway::sim
