// sched_getaffinity(2), sched_setaffinity(2): on which processors a task may run.
#include "sim/kernel/handlers.h"
#include "sim/kernel/rights.h"
#include "trace/effects/call.h"
#include "trace/world/cpus.h"

namespace cutaway::sim {
namespace {

/// Of the same user, or CAP_SYS_NICE where the task's user namespace is.
bool may_place(const Ask& ask, const Task& task) {
  const std::uint32_t euid = ask.task.credentials.euid;
  return euid == task.credentials.uid || euid == task.credentials.euid ||
         capable_in(ask.world, ask.task, task.in(NsKind::User), cap::kSysNice);
}

}  // namespace

Decision decide_sched_getaffinity(const Ask& ask) {
  const Task* task = task_or_self(ask, ask.integer(0));
  if (task == nullptr) return refuse(abi::Errno::kESRCH);
  // An unsigned int of bytes, in whole longs (kernel/sched/core.c).
  const std::uint32_t bytes = ask.word(1);
  const bool too_few = std::int64_t{bytes * 8U} < ask.world.machine.cpus;
  if (too_few || bytes % 8 != 0) return refuse(abi::Errno::kEINVAL);
  Decision decision = answer(8);  // the mask's bytes
  const CpuSet cpus = cpus_allowed(ask.world, *task);
  Arg mask;
  mask.tag = ArgTag::Struct;
  mask.keys = {"cpus"};
  mask.items = {Arg::bytes(cpu_list(cpus))};
  decision.reply.out.assign(cpus.begin(), cpus.end());
  decision.filled.emplace_back(2, mask);
  return decision;
}

/// EINVAL: nothing of the mask is in the cpuset (CST-01).
Decision decide_sched_setaffinity(const Ask& ask) {
  const Task* task = task_or_self(ask, ask.integer(0));
  if (task == nullptr) return refuse(abi::Errno::kESRCH);
  if (!may_place(ask, *task)) return refuse(abi::Errno::kEPERM);
  CpuSet wanted;
  if (ask.null(2) || !parse_cpu_mask(ask.request.args[2], wanted))
    return refuse(abi::Errno::kEFAULT);
  return cpus_in_both(wanted, cpuset_of(ask.world, *task)).empty() ? refuse(abi::Errno::kEINVAL)
                                                                   : answer(0);
}

}  // namespace cutaway::sim
