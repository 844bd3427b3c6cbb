// signal(7): pending sets, dispositions, masks; stopping and continuing.
#include "trace/world/evolve_parts.h"
#include "trace/world/references.h"

namespace cutaway {
namespace {

std::uint64_t bit(std::int32_t sig) {
  return sig >= 1 && sig <= 64 ? std::uint64_t{1} << (sig - 1) : 0;
}

constexpr std::int32_t kStopSignals[] = {abi::sig::kStop, abi::sig::kTstp, abi::sig::kTtin,
                                         abi::sig::kTtou};

void continue_task(Task& task) {
  if (task.state != TaskState::Stopped) return;
  task.state = task.in_call.empty() ? TaskState::Runnable : TaskState::Blocked;
}

Task* receiver(World& world, TaskId id) {
  if (!world.tasks.contains(id) || world.tasks.at(id).zombie()) return nullptr;
  return &world.tasks.mutate(id);
}

}  // namespace

void evolve_body(World& world, const Stamp&, const SignalSent& body) {
  Task* task = receiver(world, body.to);
  if (task == nullptr) return;
  // SIGCONT takes pending stops away and the other way round, at once (prepare_signal in
  // kernel/signal.c); it also continues, whether the signal itself is ignored, blocked or handled.
  if (body.sig == abi::sig::kCont) {
    for (const std::int32_t stop : kStopSignals) task->pending &= ~bit(stop);
    continue_task(*task);
  }
  for (const std::int32_t stop : kStopSignals) {
    if (body.sig == stop) task->pending &= ~bit(abi::sig::kCont);
  }
  if (body.sig == abi::sig::kKill) continue_task(*task);
  task->pending |= bit(body.sig);
}

void evolve_body(World& world, const Stamp&, const SignalDelivered& body) {
  Task* task = receiver(world, body.to);
  if (task == nullptr) return;
  task->pending &= ~bit(body.sig);
  if (body.rule == "stop") task->state = TaskState::Stopped;
  if (body.rule == "continue") continue_task(*task);
}

void evolve_body(World& world, const Stamp&, const SignalIgnored& body) {
  if (Task* task = receiver(world, body.to)) task->pending &= ~bit(body.sig);
}

void evolve_body(World& world, const Stamp& stamp, const SignalHandlerSet& body) {
  const Task* task = world.tasks.find(stamp.task);
  if (task == nullptr || !world.sighands.contains(task->sighand)) return;
  std::map<std::int32_t, std::string>& actions = world.sighands.mutate(task->sighand).actions;
  if (body.handler == "default")
    actions.erase(body.sig);
  else
    actions[body.sig] = body.handler;
}

void evolve_body(World& world, const Stamp& stamp, const SignalMaskSet& body) {
  // SIGKILL and SIGSTOP cannot be blocked.
  if (Task* task = task_of(world, stamp))
    task->blocked = body.blocked & ~(bit(abi::sig::kKill) | bit(abi::sig::kStop));
}

}  // namespace cutaway
