// _exit(2), exit_group(2), and death by a signal: do_exit in kernel/exit.c.
#include <algorithm>

#include "trace/effects/families.h"
#include "trace/world/charges.h"
#include "trace/world/lookup.h"
#include "trace/world/signal_action.h"
#include "trace/world/task_tree.h"

namespace cutaway {
namespace {

bool alive(const World& world, TaskId id) {
  const Task* task = world.tasks.find(id);
  return task != nullptr && !task->zombie();
}

std::vector<TaskId> living_threads(const World& world, TaskId leader) {
  const Task* first = world.tasks.find(leader);
  if (first != nullptr && !first->zombie() && has_own_handlers(world, *first)) return {leader};
  std::vector<TaskId> threads = threads_of(world, leader);
  const auto ended = [&world](TaskId id) { return world.tasks.at(id).zombie(); };
  threads.erase(std::remove_if(threads.begin(), threads.end(), ended), threads.end());
  return threads;
}

/// What ends with the task itself: TaskExited, its memory's charges, namespaces that nobody else is
/// in.
void end_task(TaskId id, std::int32_t code, std::int32_t signal, EffectSink& sink) {
  const Task task = sink.world().tasks.at(id);
  const AddressSpace* space = sink.world().address_spaces.find(task.memory);
  std::vector<MemoryCharge> charges;
  if (space != nullptr && space->users == 1) charges = charges_of(*space);
  std::vector<NsId> held = namespaces_of(task);
  if (const FdTable* table = sink.world().fd_tables.find(task.fds)) {
    for (const auto& entry : table->fds) {
      const OpenFile* file = sink.world().files.find(entry.second.file);
      if (table->users == 1 && file != nullptr && file->ns) held.push_back(file->ns);
    }
  }
  emit_body(sink, id, TaskExited{code, signal});
  for (const MemoryCharge& charge : charges)
    count_usage(id, charge.cgroup, "memory", -charge.pages * kPageBytes, sink);
  end_unused_namespaces(id, std::move(held), sink);
}

/// The living processes of an init's pid namespace and of those nested in it, by their numbers.
std::vector<std::pair<std::int32_t, TaskId>> others_in(const World& world, const Task& init) {
  const NsId ns = init.in(NsKind::Pid);
  std::vector<std::pair<std::int32_t, TaskId>> others;
  world.namespaces.each([&](const Namespace& inner) {
    if (inner.type != NsKind::Pid || !descends_from(world, inner.id, ns)) return;
    for (const TaskId id : members_of(world, inner.id)) {
      const Task& task = world.tasks.at(id);
      if (id != init.id && task.leader == id && living_thread(world, id))
        others.emplace_back(pid_in(world, task, ns), id);
    }
  });
  std::sort(others.begin(), others.end());
  return others;
}

/// pid_namespaces(7): when pid 1 ends, the kernel kills all others of the namespace and of those
/// nested in it.
void zap_pid_namespace(const Task& init, EffectSink& sink) {
  const std::vector<std::pair<std::int32_t, TaskId>> others = others_in(sink.world(), init);
  constexpr const char* kRule = "pid 1 of the namespace ended";
  for (const auto& each : others)
    signal_effects(TaskId{}, each.second, abi::sig::kKill, kRule, sink);
  for (const auto& each : others) {
    const TaskId thread = living_thread(sink.world(), each.second);
    if (!thread) continue;
    emit_body(sink, thread, SignalDelivered{abi::sig::kKill, TaskId{}, thread, "terminate"});
    exit_effects(thread, 0, abi::sig::kKill, sink);
  }
  std::vector<TaskId> zombies = children_of(sink.world(), init.id);
  for (const TaskId zombie : zombies) reap(zombie, init.id, sink);
}

/// prctl(2), PR_SET_CHILD_SUBREAPER: the nearest living ancestor in the same pid namespace that is
/// one; else the namespace's pid 1 (find_new_reaper).
TaskId new_parent(const World& world, const Task& dead) {
  const NsId ns = dead.in(NsKind::Pid);
  const Namespace* pid_ns = world.namespaces.find(ns);
  const TaskId init = pid_ns == nullptr ? TaskId{} : pid_ns->init;
  const Task* up = world.tasks.find(dead.parent);
  while (up != nullptr && up->in(NsKind::Pid) == ns && up->id != init) {
    if (up->subreaper && living_thread(world, up->id)) return up->id;
    up = world.tasks.find(up->parent);
  }
  return init == dead.id ? TaskId{} : init;
}

/// SIGCHLD, or whatever clone(2) asked for; who ignores SIGCHLD never sees a zombie (wait(2),
/// NOTES).
void tell_parent(TaskId id, EffectSink& sink) {
  const World& world = sink.world();
  const Task* task = world.tasks.find(id);
  if (task == nullptr || !task->zombie() || living_thread(world, id)) return;
  const Task* parent = world.tasks.find(task->parent);
  const TaskId told = parent == nullptr ? TaskId{} : living_thread(world, parent->leader);
  if (!told) {
    reap(id, parent == nullptr ? TaskId{} : parent->id, sink);
    return;
  }
  const SignalHandlers* handlers = world.sighands.find(parent->sighand);
  const auto action = handlers == nullptr ? std::map<std::int32_t, std::string>::const_iterator{}
                                          : handlers->actions.find(abi::sig::kChld);
  const bool ignores =
      handlers != nullptr && action != handlers->actions.end() && action->second == "ignore";
  if (ignores && task->exit_signal == abi::sig::kChld) {
    reap(id, TaskId{}, sink);
    return;
  }
  if (task->exit_signal > 0) signal_effects(id, told, task->exit_signal, "child exited", sink);
}

void reparent_children(const Task& dead, const std::vector<TaskId>& children, EffectSink& sink) {
  for (const TaskId child : children) {
    const TaskId to = new_parent(sink.world(), dead);
    emit_body(sink, child, TaskReparented{to});
    tell_parent(child, sink);
  }
}

/// A session ends with its leader: the group in front is hung up, and nobody of the session has the
/// terminal any more (disassociate_ctty in drivers/tty/tty_jobctrl.c).
void leave_terminal(const Task& leader, EffectSink& sink) {
  const Terminal* terminal = sink.world().terminals.find(leader.terminal);
  const bool leads = leader.session == leader.id && terminal != nullptr;
  if (!leads || terminal->session != leader.id) return;
  const TerminalId id = terminal->id;
  const TaskId front = terminal->foreground;
  if (front) group_signal_effects(front, abi::sig::kHup, "its session's leader ended", sink);
  emit_body(sink, leader.id, TerminalForegroundSet{id, TaskId{}, TaskId{}});
  std::vector<TaskId> members;
  sink.world().tasks.each([&](const Task& task) {
    if (task.session == leader.id && task.terminal == id && !task.zombie())
      members.push_back(task.id);
  });
  for (const TaskId member : members) emit_body(sink, member, TaskTerminalSet{TerminalId{}});
}

/// The process groups that a process ties to its session: as a parent of members, or as a member
/// whose parent is of another one.
std::vector<TaskId> groups_tied_by(const World& world, const Task& task,
                                   const std::vector<TaskId>& children) {
  std::vector<TaskId> groups;
  for (const TaskId id : children) {
    const Task& child = world.tasks.at(id);
    if (child.session == task.session && child.process_group != task.process_group)
      groups.push_back(child.process_group);
  }
  const Task* parent = world.tasks.find(task.parent);
  if (parent != nullptr && parent->session == task.session &&
      parent->process_group != task.process_group)
    groups.push_back(task.process_group);
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

/// Stopped processes that nobody is left to continue are hung up and go on (kill_orphaned_pgrp in
/// kernel/exit.c).
void hang_up_if_orphaned(TaskId group, EffectSink& sink) {
  const World& world = sink.world();
  const bool stopped = world.tasks.first([group](const Task& task) {
    return task.process_group == group && task.state == TaskState::Stopped;
  }) != nullptr;
  if (!stopped || !is_orphaned_group(world, group)) return;
  constexpr const char* kRule = "stopped, in a group that is orphaned now";
  group_signal_effects(group, abi::sig::kHup, kRule, sink);
  group_signal_effects(group, abi::sig::kCont, kRule, sink);
}

/// The last thread is gone: what concerns the process as a whole.
void end_process(TaskId leader, EffectSink& sink) {
  const Task task = sink.world().tasks.at(leader);
  const Namespace* pid_ns = sink.world().namespaces.find(task.in(NsKind::Pid));
  if (pid_ns != nullptr && pid_ns->init == leader) zap_pid_namespace(task, sink);
  const std::vector<TaskId> children = children_of(sink.world(), leader);
  const std::vector<TaskId> tied = groups_tied_by(sink.world(), task, children);
  leave_terminal(task, sink);
  reparent_children(task, children, sink);
  for (const TaskId group : tied) hang_up_if_orphaned(group, sink);
  tell_parent(leader, sink);
}

}  // namespace

void reap(TaskId zombie, TaskId by, EffectSink& sink) {
  const Task* found = sink.world().tasks.find(zombie);
  if (found == nullptr) return;
  const Task task = *found;
  const Cgroup* pids = cgroup_of(sink.world(), task, "pids");
  const CgroupId counted = pids == nullptr ? CgroupId{} : pids->id;
  emit_body(sink, zombie, TaskReaped{by});
  const TaskId subject = by ? by : task.parent;
  if (counted) count_usage(subject, counted, "pids", -1, sink);
  end_unused_namespaces(subject, namespaces_of(task), sink);
}

void exit_thread(TaskId thread, std::int32_t code, std::int32_t signal, EffectSink& sink) {
  if (!alive(sink.world(), thread)) return;
  const TaskId leader = sink.world().tasks.at(thread).leader;
  end_task(thread, code, signal, sink);
  // Nobody waits for a thread: it is gone at once. A leader stays a zombie until its last thread
  // ends.
  if (thread != leader) reap(thread, TaskId{}, sink);
  if (!sink.world().tasks.contains(leader) || living_thread(sink.world(), leader)) return;
  // The last one says how the process ended (synchronize_group_exit).
  if (thread != leader) emit_body(sink, leader, TaskExited{code, signal});
  end_process(leader, sink);
}

void exit_effects(TaskId task, std::int32_t code, std::int32_t signal, EffectSink& sink) {
  if (!alive(sink.world(), task)) return;
  const TaskId leader = sink.world().tasks.at(task).leader;
  for (const TaskId thread : living_threads(sink.world(), leader)) {
    if (thread != leader) end_task(thread, code, signal, sink);
    if (thread != leader) reap(thread, TaskId{}, sink);
  }
  if (alive(sink.world(), leader))
    end_task(leader, code, signal, sink);
  else if (sink.world().tasks.contains(leader))
    emit_body(sink, leader,
              TaskExited{code, signal});  // how the process ended, not its first thread
  if (sink.world().tasks.contains(leader)) end_process(leader, sink);
}

void effect_exit(const Call& call) {
  exit_thread(call.self(), static_cast<std::int32_t>(call.number(0) & 0xff), 0, call.sink());
}

void effect_exit_group(const Call& call) {
  exit_effects(call.self(), static_cast<std::int32_t>(call.number(0) & 0xff), 0, call.sink());
}

}  // namespace cutaway
