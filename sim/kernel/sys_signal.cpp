// kill(2), tkill(2), rt_sigaction(2), rt_sigprocmask(2), pause(2): who may signal whom.
#include "sim/kernel/handlers.h"
#include "sim/kernel/rights.h"
#include "trace/world/lookup.h"
#include "trace/world/signal_action.h"

namespace cutaway::sim {
namespace {

bool valid_signal(std::int64_t signal) { return signal >= 0 && signal <= 64; }

/// kill of a group or of all: success when at least one may be signalled. Of all, that none may be
/// is not told (kill_something_info in kernel/signal.c).
template <class Belongs>
Decision signal_many(const Ask& ask, std::int64_t signal, Belongs belongs) {
  bool any = false;
  bool allowed = false;
  ask.world.tasks.each([&](const Task& target) {
    if (target.leader != target.id || !belongs(target)) return;
    if (pid_in(ask.world, target, ask.task.in(NsKind::Pid)) == 0) return;
    any = true;
    allowed = allowed || may_signal(ask.world, ask.task, target, signal);
  });
  if (!any) return refuse(abi::Errno::kESRCH);
  return allowed || ask.integer(0) == -1 ? answer(0) : refuse(abi::Errno::kEPERM);
}

Decision signal_one(const Ask& ask, std::int64_t pid, std::int64_t signal) {
  const NsId ns = ask.task.in(NsKind::Pid);
  const Task* target = task_by_pid_in(ask.world, ns, static_cast<std::int32_t>(pid));
  if (target == nullptr) return refuse(abi::Errno::kESRCH);
  return may_signal(ask.world, ask.task, *target, signal) ? answer(0) : refuse(abi::Errno::kEPERM);
}

}  // namespace

Decision decide_kill(const Ask& ask) {
  const std::int64_t pid = ask.integer(0), signal = ask.integer(1);
  if (!valid_signal(signal)) return refuse(abi::Errno::kEINVAL);
  if (pid > 0) return signal_one(ask, pid, signal);
  if (pid == -1) {  // all but itself and the namespace's pid 1
    const Task& self = ask.task;
    return signal_many(ask, signal, [&](const Task& target) {
      return target.id != self.leader && pid_in(ask.world, target, self.in(NsKind::Pid)) != 1;
    });
  }
  TaskId group = ask.task.process_group;
  if (pid < -1) {
    const NsId ns = ask.task.in(NsKind::Pid);
    group = leader_by_pid_in(ask.world, ns, static_cast<std::int32_t>(-pid));
    if (!group) return refuse(abi::Errno::kESRCH);
  }
  return signal_many(ask, signal,
                     [group](const Task& target) { return target.process_group == group; });
}

Decision decide_tkill(const Ask& ask) {
  if (ask.integer(0) <= 0 || !valid_signal(ask.integer(1))) return refuse(abi::Errno::kEINVAL);
  return signal_one(ask, ask.integer(0), ask.integer(1));
}

Decision decide_tgkill(const Ask& ask) {
  if (ask.integer(0) <= 0 || ask.integer(1) <= 0 || !valid_signal(ask.integer(2))) {
    return refuse(abi::Errno::kEINVAL);
  }
  const NsId ns = ask.task.in(NsKind::Pid);
  const Task* target = task_by_pid_in(ask.world, ns, static_cast<std::int32_t>(ask.integer(1)));
  const Task* leader = target == nullptr ? nullptr : ask.world.tasks.find(target->leader);
  if (leader == nullptr || pid_in(ask.world, *leader, ns) != ask.integer(0)) {
    return refuse(abi::Errno::kESRCH);
  }
  return signal_one(ask, ask.integer(1), ask.integer(2));
}

namespace {

/// What stands for the signal now, as struct sigaction.
Arg sigaction_arg(const Ask& ask, std::int64_t signal) {
  std::string handler = "SIG_DFL";
  if (const SignalHandlers* handlers = ask.world.sighands.find(ask.task.sighand)) {
    const auto found = handlers->actions.find(static_cast<std::int32_t>(signal));
    if (found != handlers->actions.end())
      handler = found->second == "ignore" ? "SIG_IGN" : "handler";
  }
  Arg action;
  action.tag = ArgTag::Struct;
  action.keys = {"sa_handler", "sa_flags"};
  const auto flags = ask.action_flags->find({ask.task.sighand, static_cast<int>(signal)});
  action.items = {Arg::bytes(handler),
                  Arg::integer(flags == ask.action_flags->end() ? 0 : flags->second)};
  return action;
}

}  // namespace

Decision decide_rt_sigaction(const Ask& ask) {
  const std::int64_t signal = ask.integer(0);
  if (signal < 1 || signal > 64) return refuse(abi::Errno::kEINVAL);
  const bool fixed = signal == abi::sig::kKill || signal == abi::sig::kStop;
  if (fixed && !ask.null(1)) return refuse(abi::Errno::kEINVAL);
  Decision decision = answer(0);
  if (!ask.null(2)) decision.filled.emplace_back(2, sigaction_arg(ask, signal));
  return decision;
}

namespace {

Arg sigset_arg(std::uint64_t set) {
  Arg names;
  names.tag = ArgTag::List;
  for (int signal = 1; signal <= 64; ++signal) {
    if ((set >> static_cast<unsigned>(signal - 1) & 1U) != 0)
      names.items.push_back(Arg::bytes(abi::signal_name(signal)));
  }
  return names;
}

}  // namespace

Decision decide_rt_sigprocmask(const Ask& ask) {
  const std::int64_t how = ask.integer(0);
  if (!ask.null(1) && (how < 0 || how > 2)) return refuse(abi::Errno::kEINVAL);
  Decision decision = answer(0);
  if (!ask.null(2)) decision.filled.emplace_back(2, sigset_arg(ask.task.blocked));
  return decision;
}

/// Of those that wait, only blocked ones are told; nobody sees another in time.
Decision decide_rt_sigpending(const Ask& ask) {
  Decision decision = answer(0);
  decision.filled.emplace_back(0, sigset_arg(ask.task.pending & ask.task.blocked));
  return decision;
}

/// The way back from a handler. Handlers here only note their signal, so nothing is restored.
Decision decide_rt_sigreturn(const Ask&) { return answer(0); }

/// As pause, but with another mask meanwhile (TaskRun::suspended).
Decision decide_rt_sigsuspend(const Ask& ask) { return decide_pause(ask); }

Decision decide_pause(const Ask& ask) {
  return wait_for("signal", WaitKey{WaitKind::Signal, ask.task.id.value});
}

}  // namespace cutaway::sim
