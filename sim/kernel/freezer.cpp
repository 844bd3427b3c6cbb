// The freezer (cgroup-v2.rst, cgroup.freeze; cgroup-v1/freezer-subsystem.rst): tasks of a frozen
// cgroup and of those below it get no cpu. A call that they wait in goes on waiting; who would
// return from it, or came to return from it, stands still in front of user mode.
#include "sim/kernel/kernel_impl.h"

namespace cutaway::sim {

// A killed task ends all the same (on v1 only when its cgroup is thawed, which docker does); on v2
// also one that another signal ends, as long as that leaves no core: the kernel makes a SIGKILL of
// it when it is sent (complete_signal in kernel/signal.c).
bool Kernel::Impl::is_frozen(const TaskRun& run) const {
  if (frozen_cgroups.empty() || is_killed(run)) return false;
  const Task* task = world().tasks.find(run.id);
  if (task == nullptr) return false;
  for (const CgroupId own : task->cgroups) {
    for (const Cgroup* at = world().cgroups.find(own); at != nullptr;
         at = world().cgroups.find(at->parent)) {
      if (frozen_cgroups.count(at->id) == 0) continue;
      return world().hierarchies.at(at->hierarchy).version == 1 || !has_deadly_signal(run);
    }
  }
  return false;
}

void Kernel::Impl::freeze(TaskRun& run) {
  leave_cpu(run);
  run.phase = Phase::Frozen;
  frozen.insert(run.id);
}

void Kernel::Impl::note_freezer(const CgroupLimited& body) {
  const bool v2 = body.file == "cgroup.freeze";
  if (!v2 && body.file != "freezer.state") return;
  const bool stands = body.value.substr(0, body.value.find('\n')) == (v2 ? "1" : "FROZEN");
  if (stands)
    frozen_cgroups.insert(body.id);
  else
    thawed = frozen_cgroups.erase(body.id) > 0 || thawed;
}

void Kernel::Impl::thaw() {
  thawed = false;
  const std::set<TaskId> asked = frozen;
  for (const TaskId id : asked) {
    TaskRun& run = *run_of(id);
    if (is_frozen(run)) continue;
    frozen.erase(id);
    if (run.phase == Phase::Frozen) enqueue(run, run.signalled_by);
  }
}

}  // namespace cutaway::sim
