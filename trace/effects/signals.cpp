// signal(7), kill(2): who is sent what, and what is dropped at once (kernel/signal.c).
#include "trace/effects/families.h"
#include "trace/world/lookup.h"
#include "trace/world/signal_action.h"

namespace cutaway {
namespace {

bool one_of(std::int32_t sig, std::initializer_list<int> signals) {
  for (const int each : signals) {
    if (each == sig) return true;
  }
  return false;
}

/// A fault of the task itself; the kernel forces it: neither blocked nor ignored, not even by
/// pid 1.
bool is_fault(std::int32_t sig) { return one_of(sig, {4, 5, 7, 8, abi::sig::kSegv, 31}); }
bool cannot_be_caught(std::int32_t sig) { return sig == abi::sig::kKill || sig == abi::sig::kStop; }

std::string action_of(const World& world, const Task& task, std::int32_t sig) {
  const SignalHandlers* handlers = world.sighands.find(task.sighand);
  if (handlers == nullptr || cannot_be_caught(sig)) return "default";
  const auto action = handlers->actions.find(sig);
  return action == handlers->actions.end() ? "default" : action->second;
}

bool is_init(const World& world, const Task& task) {
  const Namespace* ns = world.namespaces.find(task.in(NsKind::Pid));
  return ns != nullptr && ns->init == task.leader;
}

/// pid_namespaces(7): pid 1 gets only signals it has a handler for; from an ancestor namespace (or
/// the kernel) also SIGKILL and SIGSTOP.
bool spares_init(const World& world, TaskId from, const Task& to, std::int32_t sig) {
  if (!is_init(world, to)) return false;
  const Task* sender = world.tasks.find(from);
  const bool outside = sender == nullptr || pid_in(world, *sender, to.in(NsKind::Pid)) == 0;
  return !(outside && cannot_be_caught(sig));
}

/// Why the signal is dropped at once; empty: it stays pending. A blocked one is kept, as its
/// disposition may change before it is unblocked (sig_ignored).
std::string why_ignored(const World& world, TaskId from, const Task& to, std::int32_t sig) {
  const std::uint64_t bit = std::uint64_t{1} << (sig - 1);
  if (from == TaskId{} && is_fault(sig)) return {};
  if ((to.blocked & bit) != 0 && !cannot_be_caught(sig)) return {};
  const std::string action = action_of(world, to, sig);
  if (action == "ignore") return "SIG_IGN";
  if (action != "default") return {};
  if (ignored_by_default(sig)) return "default: ignore";
  return spares_init(world, from, to, sig) ? "pid 1 without a handler" : std::string{};
}

/// Whom kill(2) means: one process, a process group, or all that can be seen.
std::vector<TaskId> receivers(const Call& call, std::int64_t pid) {
  const World& world = call.world();
  const Task& sender = call.task();
  const NsId ns = sender.in(NsKind::Pid);
  std::vector<TaskId> found;
  if (pid > 0) {
    const Task* to = task_by_pid_in(world, ns, static_cast<std::int32_t>(pid));
    if (to != nullptr) found.push_back(to->leader);
    return found;
  }
  TaskId leader = sender.process_group;
  if (pid < -1) leader = leader_by_pid_in(world, ns, static_cast<std::int32_t>(-pid));
  world.tasks.each([&](const Task& task) {
    if (task.leader != task.id || !living_thread(world, task.id)) return;
    // A group's or all: only those that may be signalled get it.
    if (!may_signal(world, sender, task, call.number(1))) return;
    if (pid == -1) {  // all but pid 1 and the sender
      if (pid_in(world, task, ns) > 1 && task.id != sender.leader) found.push_back(task.id);
    } else if (task.process_group == leader && leader) {
      found.push_back(task.id);
    }
  });
  return found;
}

void send_to_one(const Call& call, std::int64_t pid, std::int64_t sig, const char* rule) {
  const Task* to =
      task_by_pid_in(call.world(), call.task().in(NsKind::Pid), static_cast<std::int32_t>(pid));
  if (call.ret() < 0 || to == nullptr) return;
  signal_effects(call.self(), to->id, static_cast<std::int32_t>(sig), rule, call.sink());
}

/// As SignalHandlerSet has it.
std::string name_of_action(const Arg& handler) {
  if (handler.text == "SIG_DFL" || handler.text == "default" ||
      (handler.tag == ArgTag::Integer && handler.value == 0))
    return "default";
  if (handler.text == "SIG_IGN" || handler.text == "ignore" ||
      (handler.tag == ArgTag::Integer && handler.value == 1))
    return "ignore";
  return "handler";
}

std::uint64_t set_of(const Arg& arg) {
  // A signal set is a word, or a list of signals.
  std::uint64_t set = static_cast<std::uint64_t>(arg.value);
  for (const Arg& item : arg.items) {
    const std::int64_t sig = item.tag == ArgTag::Bytes ? abi::signal_of(item.text) : item.value;
    if (sig >= 1 && sig <= 64) set |= std::uint64_t{1} << (sig - 1);
  }
  return set;
}

}  // namespace

void signal_effects(TaskId from, TaskId to, std::int32_t sig, const char* rule, EffectSink& sink) {
  const Task* task = sink.world().tasks.find(to);
  // The process lives on when only its first thread has ended: another one takes the signal.
  if (task != nullptr && task->zombie() && task->leader == to) {
    to = living_thread(sink.world(), to);
    task = sink.world().tasks.find(to);
  }
  if (task == nullptr || task->zombie() || sig < 1 || sig > 64) return;
  const std::string ignored = why_ignored(sink.world(), from, *task, sig);
  emit_body(sink, from ? from : to, SignalSent{sig, from, to, rule});
  if (!ignored.empty()) emit_body(sink, to, SignalIgnored{sig, from, to, ignored});
}

void group_signal_effects(TaskId group, std::int32_t sig, const char* rule, EffectSink& sink) {
  std::vector<TaskId> members;
  sink.world().tasks.each([&](const Task& task) {
    if (task.leader == task.id && task.process_group == group && group && !task.zombie())
      members.push_back(task.id);
  });
  for (const TaskId member : members) signal_effects(TaskId{}, member, sig, rule, sink);
}

void effect_kill(const Call& call) {
  const auto sig = static_cast<std::int32_t>(call.number(1));
  if (call.ret() < 0 || sig == 0) return;
  for (const TaskId to : receivers(call, call.number(0)))
    signal_effects(call.self(), to, sig, "kill(2)", call.sink());
}

void effect_tkill(const Call& call) {
  send_to_one(call, call.number(0), call.number(1), "tkill(2)");
}
void effect_tgkill(const Call& call) {
  send_to_one(call, call.number(1), call.number(2), "tgkill(2)");
}

void effect_pidfd_send_signal(const Call& call) {
  const OpenFile* pidfd = call.file(call.number(0));
  if (call.ret() < 0 || pidfd == nullptr) return;
  signal_effects(call.self(), pidfd->task, static_cast<std::int32_t>(call.number(1)),
                 "pidfd_send_signal(2)", call.sink());
}

void effect_rt_sigaction(const Call& call) {
  const Arg& act = call.arg(1);
  const auto sig = static_cast<std::int32_t>(call.number(0));
  if (call.ret() < 0 || act.tag != ArgTag::Struct) return;
  const Arg* handler = field(act, "sa_handler");
  if (handler == nullptr) return;
  const std::string name = name_of_action(*handler);
  call.emit(SignalHandlerSet{sig, name});
  // POSIX: what is pending is discarded when the signal becomes ignored.
  const Task& task = call.task();
  if ((name != "ignore" && name != "default") ||
      (task.pending & (std::uint64_t{1} << (sig - 1))) == 0)
    return;
  const std::string ignored = name == "ignore"          ? "SIG_IGN"
                              : ignored_by_default(sig) ? "default: ignore"
                                                        : std::string();
  if (!ignored.empty()) call.emit(SignalIgnored{sig, TaskId{}, call.self(), ignored});
}

void effect_rt_sigprocmask(const Call& call) {
  if (call.ret() < 0 || call.arg(1).tag == ArgTag::Missing) return;
  const std::uint64_t set = set_of(call.arg(1)), before = call.task().blocked;
  const std::int64_t how = call.number(0);  // SIG_BLOCK 0, SIG_UNBLOCK 1, SIG_SETMASK 2
  const std::uint64_t now = how == 0 ? before | set : how == 1 ? before & ~set : set;
  if (now != before) call.emit(SignalMaskSet{now});
}

}  // namespace cutaway
