// clone(2), clone3(2), fork(2), vfork(2): copy_process in kernel/fork.c.
#include "base/text.h"
#include "trace/effects/families.h"
#include "trace/world/lookup.h"
#include "trace/world/new_id.h"
#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

constexpr std::uint64_t kNewNamespaces =
    abi::clone::kNewNs | abi::clone::kNewPid | abi::clone::kNewNet | abi::clone::kNewUts |
    abi::clone::kNewIpc | abi::clone::kNewUser | abi::clone::kNewCgroup | abi::clone::kNewTime;
constexpr std::uint64_t kClearSighand = 0x100000000;
constexpr std::uint64_t kExitSignalMask = 0xff;

struct Fork {
  std::uint64_t flags = 0;  ///< CLONE_*, without the exit signal
  std::uint64_t exit_signal = abi::sig::kChld;
  CgroupId into_cgroup;
};

/// EAGAIN of a pids controller: nobody is killed, the refusal is counted (cgroup-v2.rst,
/// pids.events).
void refuse(const Call& call) {
  if (call.done().err != abi::Errno::kEAGAIN) return;
  const Cgroup* cgroup = cgroup_of(call.world(), call.task(), "pids");
  while (cgroup != nullptr) {
    const auto limit = cgroup->limits.find("pids.max");
    const auto current = cgroup->usage.find("pids.current");
    const std::int64_t used = current == cgroup->usage.end() ? 0 : current->second;
    std::int64_t most = 0;
    if (limit != cgroup->limits.end() && parse_decimal(limit->second, most) && used >= most) {
      call.emit(CgroupRefused{cgroup->id, cgroup->path, "pids", "pids.max reached"});
      return;
    }
    cgroup = call.world().cgroups.find(cgroup->parent);
  }
}

/// A thread, and a CLONE_PARENT sibling, have the caller's parent; else the caller's process is it.
TaskId parent_of_child(const Call& call, std::uint64_t flags) {
  const Task& task = call.task();
  if ((flags & (abi::clone::kParent | abi::clone::kThread)) != 0) return task.parent;
  return task.leader;
}

void clear_handlers(const Call& call, TaskId child) {
  const SignalHandlers* handlers = call.world().sighands.find(call.world().tasks.at(child).sighand);
  if (handlers == nullptr) return;
  const std::map<std::int32_t, std::string> actions = handlers->actions;
  for (const auto& action : actions) {
    if (action.second != "ignore") call.emit_for(child, SignalHandlerSet{action.first, "default"});
  }
}

void join_cgroups(const Call& call, TaskId child, CgroupId into) {
  if (const Cgroup* to = call.world().cgroups.find(into))
    call.emit(CgroupAttached{into, child, to->path, hierarchy_name(call.world(), *to)});
  const Cgroup* pids = cgroup_of(call.world(), call.world().tasks.at(child), "pids");
  if (pids != nullptr) count_usage(child, pids->id, "pids", 1, call.sink());
}

void fork_effects(const Call& call, const Fork& fork) {
  if (call.ret() < 0) {
    refuse(call);
    return;
  }
  TaskForked forked;
  forked.child = next_task(call.world());
  forked.parent = parent_of_child(call, fork.flags);
  forked.pids = call.done().child_pids;
  if (forked.pids.empty()) forked.pids = next_pids(call.world(), call.task(), fork.flags);
  // CLONE_NEWTIME has the value of a bit of the exit signal: the namespace's own events tell of it.
  forked.flags = (fork.flags & ~kExitSignalMask) | (fork.exit_signal & kExitSignalMask);
  const TaskId child = forked.child;
  call.emit(std::move(forked));
  if (!call.world().tasks.contains(child)) return;
  join_cgroups(call, child, fork.into_cgroup);
  if ((fork.flags & kClearSighand) != 0) clear_handlers(call, child);
  make_namespaces(child, fork.flags & kNewNamespaces, false, call.sink());
}

/// CLONE_INTO_CGROUP: a descriptor of the cgroup's folder.
CgroupId cgroup_of_fd(const Call& call, std::int64_t fd) {
  const OpenFile* file = call.file(fd);
  const Mount* mount = file == nullptr ? nullptr : call.world().mounts.find(file->where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : call.world().filesystems.find(mount->fs);
  if (fs == nullptr || !fs->is("cgroup2")) return CgroupId{};
  const std::optional<CgroupPlace> place = cgroup_place(call.world(), *fs, file->where.path);
  return place ? place->cgroup->id : CgroupId{};
}

}  // namespace

void effect_clone(const Call& call) {
  // clone(2) has the exit signal in the low byte, and so no CLONE_NEWTIME.
  Fork fork;
  fork.flags = call.bits(0) & ~kExitSignalMask;
  fork.exit_signal = call.bits(0) & kExitSignalMask;
  fork_effects(call, fork);
}

void effect_clone3(const Call& call) {
  const Arg& args = call.arg(0);
  Fork fork;
  fork.flags = static_cast<std::uint64_t>(field_number(args, "flags"));
  fork.exit_signal = static_cast<std::uint64_t>(field_number(args, "exit_signal"));
  if ((fork.flags & abi::clone::kIntoCgroup) != 0)
    fork.into_cgroup = cgroup_of_fd(call, field_number(args, "cgroup"));
  fork_effects(call, fork);
}

void effect_fork(const Call& call) { fork_effects(call, Fork{}); }

void effect_vfork(const Call& call) {
  Fork fork;
  fork.flags = abi::clone::kVm | abi::clone::kVfork;
  fork_effects(call, fork);
}

}  // namespace cutaway
