// clone(2), fork(2), vfork(2): which combinations are legal, who may, and the new task's numbers.
#include <algorithm>

#include "base/bits.h"
#include "base/text.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/namespace_rules.h"
#include "sim/kernel/rights.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

using namespace abi::clone;

/// The illegal combinations of clone(2), ERRORS (copy_process in kernel/fork.c).
bool illegal(const Ask& ask, std::uint64_t flags) {
  const bool own_pid_ns_pending = ask.task.pid_ns_for_children != ask.task.in(NsKind::Pid);
  if (has_all(flags, kNewNs | kFs)) return true;
  if (has_all(flags, kNewUser | kFs)) return true;
  if (has_all(flags, kThread) && !has_all(flags, kSighand)) return true;
  if (has_all(flags, kSighand) && !has_all(flags, kVm)) return true;
  const Namespace* pid_ns = ask.world.namespaces.find(ask.task.in(NsKind::Pid));
  const bool is_init = pid_ns != nullptr && pid_ns->init == ask.task.id;
  if (has_all(flags, kParent) && is_init)
    return true;  // its sibling would be outside the namespace
  if (has_all(flags, kThread) &&
      (has_all(flags, kNewUser) || has_all(flags, kNewPid) || own_pid_ns_pending)) {
    return true;
  }
  return has_all(flags, kPidfd) && has_all(flags, kParentSettid);
}

/// pids.max anywhere between the task's cgroup and the root
/// (Documentation/admin-guide/cgroup-v2.rst, PID).
bool too_many_pids(const Ask& ask) {
  const Cgroup* cgroup = cgroup_of(ask.world, ask.task, "pids");
  while (cgroup != nullptr) {
    const auto limit = cgroup->limits.find("pids.max");
    std::int64_t most = 0;
    if (limit != cgroup->limits.end() && parse_decimal(trim(limit->second), most)) {
      const auto now = cgroup->usage.find("pids.current");
      if (now != cgroup->usage.end() && now->second >= most) return true;
    }
    cgroup = ask.world.cgroups.find(cgroup->parent);
  }
  return false;
}

bool taken(const World& world, NsId ns, std::int32_t pid) {
  return static_cast<bool>(leader_by_pid_in(world, ns, pid));
}

/// Next free number of a namespace: one more than the last; from 300 again after the greatest
/// (pid_namespaces(7); alloc_pid in kernel/pid.c).
std::int32_t next_pid(const World& world, const Namespace& ns) {
  std::int64_t pid = ns.last_pid;
  do {
    pid = pid + 1 >= kPidMax ? 300 : pid + 1;
  } while (ns.last_pid >= kPidMax / 2 && taken(world, ns.id, static_cast<std::int32_t>(pid)));
  return static_cast<std::int32_t>(pid);
}

/// The child's numbers, outermost first. A namespace that is made by this very call gives 1.
std::vector<std::int32_t> child_numbers(const Ask& ask, std::uint64_t flags) {
  std::vector<std::int32_t> pids;
  if (has_all(flags, kNewPid)) pids.push_back(1);
  for (const Namespace* ns = ask.world.namespaces.find(ask.task.pid_ns_for_children); ns != nullptr;
       ns = ask.world.namespaces.find(ns->parent)) {
    pids.push_back(next_pid(ask.world, *ns));
  }
  std::reverse(pids.begin(), pids.end());
  return pids;
}

Decision make_task(const Ask& ask, std::uint64_t flags) {
  if (illegal(ask, flags)) return refuse(abi::Errno::kEINVAL);
  const abi::Errno err = may_make_namespaces(ask, flags);
  if (err != abi::Errno::kOk) return refuse(err);
  constexpr std::uint64_t kSysvsem = 0x40000;
  if (has_all(flags, kNewIpc | kSysvsem)) return refuse(abi::Errno::kEINVAL);  // copy_namespaces
  const Namespace* children = ask.world.namespaces.find(ask.task.pid_ns_for_children);
  if (children == nullptr || children->dead) return refuse(abi::Errno::kENOMEM);
  if (too_many_pids(ask)) return refuse(abi::Errno::kEAGAIN);
  Decision decision;
  decision.child_pids = child_numbers(ask, flags);
  // The caller sees the number that belongs to its own namespace.
  const Namespace* own = ask.world.namespaces.find(ask.task.in(NsKind::Pid));
  const auto level = static_cast<std::size_t>(own == nullptr ? 0 : own->level);
  decision.ret = decision.child_pids.at(std::min(level, decision.child_pids.size() - 1));
  decision.until_exec = has_all(flags, kVfork);
  return decision;
}

/// A member of struct clone_args.
std::uint64_t member_of(const Ask& ask, std::string_view name) {
  if (ask.null(0)) return 0;
  const Arg& args = ask.request.args[0];
  for (std::size_t i = 0; i < args.keys.size() && i < args.items.size(); ++i) {
    if (args.keys[i] == name) return static_cast<std::uint64_t>(args.items[i].value);
  }
  return 0;
}

/// clone3_args_valid in kernel/fork.c.
bool legal_args(std::uint64_t flags, std::uint64_t exit_signal) {
  constexpr std::uint64_t kClearSighand = 0x100000000, kIntoCgroup = 0x200000000,
                          kLegacy = 0xffffffff, kDetached = 0x400000, kExitSignal = 0xff,
                          kLastSignal = 64;
  if (exit_signal > kLastSignal) return false;
  if ((flags & ~(kLegacy | kClearSighand | kIntoCgroup)) != 0) return false;
  if ((flags & (kDetached | (kExitSignal & ~kNewTime))) != 0) return false;
  if (has_all(flags, kSighand | kClearSighand)) return false;
  return exit_signal == 0 || (flags & (kThread | kParent)) == 0;
}

}  // namespace

Decision decide_clone3(const Ask& ask) {
  constexpr std::int64_t kFirstSize = 64, kPage = 4096;
  constexpr std::uint64_t kIntoCgroup = 0x200000000;
  if (ask.integer(1) > kPage) return refuse(abi::Errno::kE2BIG);
  if (ask.integer(1) < kFirstSize) return refuse(abi::Errno::kEINVAL);
  const std::uint64_t flags = member_of(ask, "flags");
  if (!legal_args(flags, member_of(ask, "exit_signal"))) return refuse(abi::Errno::kEINVAL);
  if (has_all(flags, kIntoCgroup)) return refuse(abi::Errno::kEBADF);
  return make_task(ask, flags);
}
Decision decide_clone(const Ask& ask) { return make_task(ask, ask.bits(0)); }
Decision decide_fork(const Ask& ask) { return make_task(ask, abi::sig::kChld); }
Decision decide_vfork(const Ask& ask) { return make_task(ask, kVfork | kVm | abi::sig::kChld); }

}  // namespace cutaway::sim
