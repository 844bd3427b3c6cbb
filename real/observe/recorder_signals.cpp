// Signals as a tracer sees them: when they are acted on. Those that traced tasks send are told by
// the effects of kill(2); those from elsewhere are first told as sent.
#include "real/observe/recorder_impl.h"
#include "trace/world/lookup.h"
#include "trace/world/signal_action.h"

namespace cutaway::real {
namespace {

bool cannot_be_caught(std::int32_t sig) { return sig == abi::sig::kKill || sig == abi::sig::kStop; }

bool is_init(const World& world, const Task& task) {
  const Namespace* ns = world.namespaces.find(task.in(NsKind::Pid));
  return ns != nullptr && ns->init == task.leader;
}

}  // namespace

/// The thread of the task's process that the World has this signal pending for, or none.
TaskId Recorder::Impl::with_pending(const SeenTask& task, std::int32_t signal) const {
  const std::uint64_t bit = std::uint64_t{1} << (signal - 1);
  const Task* own = world().tasks.find(task.id);
  if (own == nullptr || (own->pending & bit) != 0) return own == nullptr ? TaskId{} : own->id;
  const TaskId leader = own->leader;
  const Task* other = world().tasks.first([leader, bit](const Task& each) {
    return each.leader == leader && (each.pending & bit) != 0;
  });
  return other == nullptr ? TaskId{} : other->id;
}

/// Is its end told already? exit_group and execve end the other threads as SIGKILL would: no signal
/// is sent.
bool Recorder::Impl::by_its_own_process(const SeenTask& task) const {
  const Task* own = world().tasks.find(task.id);
  if (task.dies) return true;
  for (const auto& each : seen) {
    const SeenTask& other = each.second;
    const Task* found = world().tasks.find(other.id);
    if (&other == &task || own == nullptr || found == nullptr || found->leader != own->leader)
      continue;
    // One that was killed already took the whole process along.
    if (other.ended || other.dies) return true;
    if (other.call &&
        (other.call->sys == abi::Sys::exit_group || other.call->sys == abi::Sys::execve))
      return true;
  }
  return false;
}

void Recorder::Impl::act_on(SeenTask& task, std::int32_t signal, TaskId from, const char* rule) {
  const Task* to = world().tasks.find(task.id);
  if (to == nullptr || to->zombie() || signal < 1 || signal > 64) return;
  const TaskId leader = to->leader;
  // Told as ignored when it was sent.
  const std::size_t told =
      ignored.erase({task.id.value, signal}) + ignored.erase({leader.value, signal});
  if (told > 0) return;
  const Acting acting(*this, &task, How::Seen);
  TaskId target = with_pending(task, signal);
  const Task* handled = world().tasks.find(task.id);
  if (!target) {
    signal_effects(from, task.id, signal, rule, *this);
    if (ignored.erase({task.id.value, signal}) > 0) return;
    target = task.id;
  }
  handled = world().tasks.find(target);
  if (handled == nullptr || handled->zombie()) return;
  const SignalAction action = signal_action(world(), target, signal);
  const bool harmful = action == SignalAction::Terminate || action == SignalAction::Stop;
  if (action == SignalAction::Ignore ||
      (harmful && is_init(world(), *handled) && !cannot_be_caught(signal))) {
    const char* why = harmful ? "pid 1 without a handler" : "default: ignore";
    emit(target, SignalIgnored{signal, TaskId{}, target, why});
    ignored.erase({target.value, signal});
    return;
  }
  emit(target, SignalDelivered{signal, TaskId{}, target, std::string(signal_rule(action))});
  task.dies = task.dies || action == SignalAction::Terminate;
}

}  // namespace cutaway::real
