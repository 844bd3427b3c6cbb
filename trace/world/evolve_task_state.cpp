// What a living task is and does: state, credentials, place, session, memory.
#include <utility>
#include <vector>

#include "trace/world/charges.h"
#include "trace/world/evolve_parts.h"
#include "trace/world/references.h"
#include "trace/world/task_tree.h"

namespace cutaway {

void evolve_body(World& world, const Stamp& stamp, const TaskBlocked& body) {
  Task* task = task_of(world, stamp);
  if (task == nullptr || task->zombie()) return;
  if (task->state != TaskState::Stopped) task->state = TaskState::Blocked;
  task->in_call = body.name;
  task->waits_on = body.on;
}

void evolve_body(World& world, const Stamp& stamp, const TaskOn& body) {
  Task* task = task_of(world, stamp);
  if (task == nullptr || task->zombie()) return;
  task->cpu = body.cpu;
  task->state = TaskState::Running;
}

void evolve_body(World& world, const Stamp& stamp, const TaskOff& body) {
  Task* task = task_of(world, stamp);
  if (task == nullptr) return;
  task->cpu = -1;
  task->cpu_time += body.used;
  if (task->state == TaskState::Running) task->state = TaskState::Runnable;
}

void evolve_body(World& world, const Stamp& stamp, const TaskCredentialsSet& body) {
  if (Task* task = task_of(world, stamp)) task->credentials = body.credentials;
}

void evolve_body(World& world, const Stamp& stamp, const TaskNamed& body) {
  if (Task* task = task_of(world, stamp)) task->comm = body.comm;
}

void evolve_body(World& world, const Stamp& stamp, const TaskSessionStarted&) {
  change_process(world, stamp.task, [](Task& task) {
    task.session = task.leader;
    task.process_group = task.leader;
    task.terminal = TerminalId{};
  });
  drop_unused_leaders(world);
}

void evolve_body(World& world, const Stamp& stamp, const TaskMoved& body) {
  const Task* task = world.tasks.find(stamp.task);
  if (task == nullptr || !world.fs_contexts.contains(task->fs)) return;
  FsContext& fs = world.fs_contexts.mutate(task->fs);
  Location& place = body.what == "root" ? fs.root : fs.cwd;
  const MountId left = place.mount;
  place = Location{body.mount, body.path};
  drop_mount_if_unused(world, left);
}

void evolve_body(World& world, const Stamp& stamp, const TaskUmaskSet& body) {
  const Task* task = world.tasks.find(stamp.task);
  if (task != nullptr && world.fs_contexts.contains(task->fs))
    world.fs_contexts.mutate(task->fs).umask = body.umask;
}

void evolve_body(World& world, const Stamp& stamp, const TaskAffinitySet& body) {
  if (Task* task = task_of(world, stamp)) task->affinity = body.cpus;
}

void evolve_body(World& world, const Stamp& stamp, const TaskSubreaperSet& body) {
  if (Task* task = task_of(world, stamp)) task->subreaper = body.on;
}

void evolve_body(World& world, const Stamp& stamp, const TaskUnshared& body) {
  if (!world.tasks.contains(stamp.task)) return;
  Task task = world.tasks.at(stamp.task);
  if ((body.flags & abi::clone::kFiles) != 0 && world.fd_tables.contains(task.fds)) {
    const FdTableId old = std::exchange(task.fds, copy_fd_table(world, task.fds));
    drop_fd_table(world, old);
  }
  if ((body.flags & abi::clone::kFs) != 0 && world.fs_contexts.contains(task.fs)) {
    const FsContextId old = std::exchange(task.fs, copy_fs_context(world, task.fs));
    drop_fs_context(world, old);
  }
  if ((body.flags & abi::clone::kSighand) != 0 && world.sighands.contains(task.sighand)) {
    const SighandId old = std::exchange(task.sighand, copy_sighand(world, task.sighand));
    drop_sighand(world, old);
  }
  put_task(world, std::move(task));
}

void evolve_body(World& world, const Stamp& stamp, const TaskProcessGroupSet& body) {
  change_process(world, stamp.task, [&body](Task& task) { task.process_group = body.leader; });
  drop_unused_leaders(world);
}

void evolve_body(World& world, const Stamp& stamp, const TaskTerminalSet& body) {
  if (Task* task = task_of(world, stamp)) task->terminal = body.terminal;
}

void evolve_body(World& world, const Stamp& stamp, const TaskDumpableSet& body) {
  if (Task* task = task_of(world, stamp)) task->dumpable = body.on;
}

void evolve_body(World& world, const Stamp& stamp, const TaskOomScoreSet& body) {
  if (Task* task = task_of(world, stamp)) task->oom_score_adj = body.adj;
}

void evolve_body(World& world, const Stamp& stamp, const TaskMemoryChanged& body) {
  const Task* task = world.tasks.find(stamp.task);
  if (task == nullptr || !world.address_spaces.contains(task->memory)) return;
  const CgroupId pays = memory_cgroup(world, *task);
  change_pages(world.address_spaces.mutate(task->memory), pays, body.pages);
}

void evolve_body(World& world, const Stamp& stamp, const TaskRoleSet& body) {
  Task* task = task_of(world, stamp);
  if (task == nullptr) return;
  task->role = body.role;
  task->container = stamp.container;
}

}  // namespace cutaway
