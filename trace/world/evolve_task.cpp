// Birth, exec and death of tasks: clone(2), execve(2), _exit(2), wait(2).
#include <algorithm>
#include <utility>

#include "base/bits.h"
#include "trace/world/charges.h"
#include "trace/world/evolve_parts.h"
#include "trace/world/references.h"
#include "trace/world/task_tree.h"

namespace cutaway {
namespace {

/// What clone(2) shares is counted once more; what it does not is copied.
void share_or_copy(World& world, Task& child, std::uint64_t flags) {
  if (has_any(flags, abi::clone::kFiles) && world.fd_tables.contains(child.fds))
    ++world.fd_tables.mutate(child.fds).users;
  else
    child.fds = copy_fd_table(world, child.fds);
  if (has_any(flags, abi::clone::kFs) && world.fs_contexts.contains(child.fs))
    ++world.fs_contexts.mutate(child.fs).users;
  else
    child.fs = copy_fs_context(world, child.fs);
  if (has_any(flags, abi::clone::kSighand) && world.sighands.contains(child.sighand))
    ++world.sighands.mutate(child.sighand).users;
  else
    child.sighand = copy_sighand(world, child.sighand);
  if (has_any(flags, abi::clone::kVm) && world.address_spaces.contains(child.memory))
    ++world.address_spaces.mutate(child.memory).users;
  else
    child.memory = new_address_space(world);
}

/// A fresh task starts without the forker's momentary state (copy_process in kernel/fork.c).
void clear_momentary_state(Task& child) {
  child.state = TaskState::Runnable;
  child.in_call.clear();
  child.waits_on.clear();
  child.cpu = -1;
  child.cpu_time = 0;
  child.pending = 0;
  child.exit_code = 0;
  child.term_signal = 0;
}

/// Each pid namespace remembers its last number (pid_namespaces(7)); number 1 is its init.
void note_pids(World& world, const Task& task) {
  NsId ns = task.in(NsKind::Pid);
  while (world.namespaces.contains(ns)) {
    Namespace& level = world.namespaces.mutate(ns);
    const auto at = static_cast<std::size_t>(level.level);
    if (at < task.pids.size()) {
      level.last_pid = task.pids[at];
      if (task.pids[at] == 1 && at + 1 == task.pids.size() && !level.init) level.init = task.id;
    }
    ns = level.parent;
  }
}

void count_in_cgroups(World& world, const Task& task, std::int32_t by) {
  for (const CgroupId id : task.cgroups) {
    if (world.cgroups.contains(id)) world.cgroups.mutate(id).tasks += by;
  }
}

/// exec in a thread takes over the leader's number and place; the leader itself is gone (de_thread
/// in fs/exec.c).
void take_over_leader(World& world, Task& thread) {
  const TaskId old = thread.leader, now = thread.id;
  if (const Task* leader = world.tasks.find(old)) {
    thread.pids = leader->pids;
    thread.parent = leader->parent;
    drop_sighand(world, leader->sighand);
    erase_task(world, old);
  }
  thread.leader = now;
  const NsId pid_ns = thread.in(NsKind::Pid);
  if (world.namespaces.contains(pid_ns) && world.namespaces.at(pid_ns).init == old)
    world.namespaces.mutate(pid_ns).init = now;
  std::vector<TaskId> referring;
  world.tasks.each([&referring, old](const Task& task) {
    if (task.parent == old || task.session == old || task.process_group == old)
      referring.push_back(task.id);
  });
  const auto rename = [old, now](Task& task) {
    if (task.parent == old) task.parent = now;
    if (task.session == old) task.session = now;
    if (task.process_group == old) task.process_group = now;
  };
  rename(thread);
  for (const TaskId id : referring) {
    Task task = world.tasks.at(id);
    rename(task);
    put_task(world, std::move(task));
  }
}

/// Descriptors marked close-on-exec, in a table of its own (execve(2)).
void close_on_exec(World& world, Task& task) {
  const FdTable* table = world.fd_tables.find(task.fds);
  if (table == nullptr) return;
  if (table->users > 1) {
    const FdTableId old = task.fds;
    task.fds = copy_fd_table(world, old);
    drop_fd_table(world, old);
    table = world.fd_tables.find(task.fds);
  }
  std::vector<std::pair<std::int32_t, FileId>> closing;
  for (const auto& entry : table->fds) {
    if (entry.second.cloexec) closing.emplace_back(entry.first, entry.second.file);
  }
  for (const auto& each : closing) {
    world.fd_tables.mutate(task.fds).fds.erase(each.first);
    drop_file(world, each.second);
  }
}

/// Handlers point into code that is gone: back to default; ignored signals stay ignored
/// (signal(7)).
void reset_handlers(World& world, Task& task) {
  const SighandId old = task.sighand;
  task.sighand = copy_sighand(world, old);
  drop_sighand(world, old);
  std::map<std::int32_t, std::string>& actions = world.sighands.mutate(task.sighand).actions;
  for (auto it = actions.begin(); it != actions.end();)
    it = it->second == "ignore" ? std::next(it) : actions.erase(it);
}

void leave_namespaces(Task& task) {
  // A zombie keeps only its numbers and its credentials (exit_task_namespaces in kernel/exit.c).
  for (const NsKind kind :
       {NsKind::Mnt, NsKind::Net, NsKind::Uts, NsKind::Ipc, NsKind::Cgroup, NsKind::Time})
    task.ns[static_cast<std::size_t>(kind)] = NsId{};
  task.pid_ns_for_children = NsId{};
  task.time_ns_for_children = NsId{};
}

/// By what a new task tells its parent that it ends: with CLONE_PARENT as the process of whoever
/// called does, also when a thread of it called (copy_process in kernel/fork.c).
std::int32_t exit_signal_of(const World& world, const Task& forker, std::uint64_t flags) {
  constexpr std::uint64_t kExitSignal = 0xff;  // CSIGNAL
  if (has_any(flags, abi::clone::kThread)) return -1;
  if (!has_any(flags, abi::clone::kParent)) return static_cast<std::int32_t>(flags & kExitSignal);
  const Task* leader = world.tasks.find(forker.leader);
  return (leader == nullptr ? forker : *leader).exit_signal;
}

void release_tables(World& world, Task& task) {
  const FdTableId fds = std::exchange(task.fds, FdTableId{});
  const FsContextId fs = std::exchange(task.fs, FsContextId{});
  const AddressSpaceId memory = std::exchange(task.memory, AddressSpaceId{});
  drop_fd_table(world, fds);
  drop_fs_context(world, fs);
  drop_address_space(world, memory);
}

}  // namespace

void evolve_body(World& world, const Stamp& stamp, const Syscall& body) {
  if (!body.returned) return;
  const Task* task = world.tasks.find(stamp.task);
  if (task == nullptr || (task->in_call.empty() && task->state != TaskState::Blocked)) return;
  Task& changed = world.tasks.mutate(stamp.task);
  changed.in_call.clear();
  changed.waits_on.clear();
  if (changed.state == TaskState::Blocked) changed.state = TaskState::Runnable;
}

void evolve_body(World& world, const Stamp& stamp, const TaskForked& body) {
  note_id(world.counters.task, body.child);
  const Task* forker = world.tasks.find(stamp.task);
  if (forker == nullptr || !body.child || world.tasks.contains(body.child)) return;
  const bool thread = has_any(body.flags, abi::clone::kThread);
  Task child = *forker;
  child.id = body.child;
  child.leader = thread ? forker->leader : body.child;
  child.parent = body.parent;
  child.pids = body.pids;
  child.exit_signal = exit_signal_of(world, *forker, body.flags);
  if (!thread) child.subreaper = false;
  child.ns[static_cast<std::size_t>(NsKind::Pid)] = forker->pid_ns_for_children;
  child.ns[static_cast<std::size_t>(NsKind::Time)] = forker->time_ns_for_children;
  clear_momentary_state(child);
  share_or_copy(world, child, body.flags);
  count_in_cgroups(world, child, 1);
  note_pids(world, child);
  put_task(world, std::move(child));
}

void evolve_body(World& world, const Stamp& stamp, const TaskExeced& body) {
  if (!world.tasks.contains(stamp.task)) return;
  Task task = world.tasks.at(stamp.task);
  if (task.leader != task.id) take_over_leader(world, task);
  task.exit_signal = abi::sig::kChld;
  // What the runtime prepared becomes the program: from here on it works for itself.
  if (task.role == Role::Init) task.role = Role::Workload;
  task.comm = body.comm;
  task.exe = body.path;
  const MountId left = std::exchange(task.exe_at, Location{body.mount, body.place}).mount;
  task.argv = body.argv;
  task.env = body.env;
  task.dumpable = true;
  close_on_exec(world, task);
  reset_handlers(world, task);
  drop_address_space(world, task.memory);
  task.memory = new_address_space(world);
  AddressSpace& space = world.address_spaces.mutate(task.memory);
  space.pages = body.pages;
  space.charged_to = memory_cgroup(world, task);
  put_task(world, std::move(task));
  drop_mount_if_unused(world, left);
}

void evolve_body(World& world, const Stamp& stamp, const TaskExited& body) {
  const Task* found = world.tasks.find(stamp.task);
  if (found == nullptr) return;
  Task task = *found;
  task.exit_code = body.code;
  task.term_signal = body.signal;
  if (task.zombie()) {  // its last thread says how the process ended
    put_task(world, std::move(task));
    return;
  }
  task.state = TaskState::Zombie;
  task.in_call.clear();
  task.waits_on.clear();
  task.cpu = -1;
  task.pending = 0;
  leave_namespaces(task);
  count_in_cgroups(world, task, -1);
  const NsId pid_ns = task.in(NsKind::Pid);
  if (world.namespaces.contains(pid_ns) && world.namespaces.at(pid_ns).init == task.id)
    world.namespaces.mutate(pid_ns).dead = true;
  const MountId left = std::exchange(task.exe_at, Location{}).mount;
  release_tables(world, task);
  put_task(world, std::move(task));
  drop_mount_if_unused(world, left);
}

void evolve_body(World& world, const Stamp& stamp, const TaskReparented& body) {
  change_process(world, stamp.task, [&body](Task& task) {
    task.parent = body.to;
    // An adopted child tells its new parent by SIGCHLD, whatever clone(2) asked for.
    if (task.exit_signal >= 0) task.exit_signal = abi::sig::kChld;
  });
}

void evolve_body(World& world, const Stamp& stamp, const TaskReaped&) {
  if (!world.tasks.contains(stamp.task)) return;
  evolve_body(world, stamp, TaskExited{});
  const Task task = world.tasks.at(stamp.task);
  drop_sighand(world, task.sighand);
  erase_task(world, stamp.task);
  const NsId pid_ns = task.in(NsKind::Pid);
  if (world.namespaces.contains(pid_ns) && world.namespaces.at(pid_ns).init == task.id)
    world.namespaces.mutate(pid_ns).init = TaskId{};
  if (leads_others(world, task.id))
    world.gone_leaders.put(task.id, GoneLeader{task.id, pid_ns, task.pids});
  drop_unused_leaders(world);
}

}  // namespace cutaway
