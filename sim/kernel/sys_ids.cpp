// Who am I: getpid(2), getppid(2), setsid(2), setpgid(2), getuid(2), getgroups(2) …
#include "sim/kernel/handlers.h"
#include "sim/kernel/rights.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

/// A process's number as the caller's pid namespace shows it; 0 when it is outside.
std::int64_t number_of(const Ask& ask, TaskId id) {
  return leader_pid_in(ask.world, id, ask.task.in(NsKind::Pid));
}

Decision three(std::int64_t a, std::int64_t b, std::int64_t c) {
  Decision decision = answer(0);
  decision.reply.out = {a, b, c};
  const std::int64_t values[] = {a, b, c};
  for (std::size_t i = 0; i < 3; ++i) decision.filled.emplace_back(i, Arg::integer(values[i]));
  return decision;
}

}  // namespace

const Task* task_or_self(const Ask& ask, std::int64_t pid) {
  if (pid == 0) return &ask.task;
  return task_by_pid_in(ask.world, ask.task.in(NsKind::Pid), static_cast<std::int32_t>(pid));
}

Decision decide_getpid(const Ask& ask) { return answer(number_of(ask, ask.task.leader)); }
Decision decide_getppid(const Ask& ask) { return answer(parent_pid(ask.world, ask.task)); }
Decision decide_gettid(const Ask& ask) { return answer(own_pid(ask.task)); }

/// EPERM for a process group leader (setsid(2)).
Decision decide_setsid(const Ask& ask) {
  const TaskId leader = ask.task.leader;
  const bool group_exists = ask.world.tasks.first([leader](const Task& task) {
    return task.process_group == leader;
  }) != nullptr;
  return group_exists ? refuse(abi::Errno::kEPERM) : answer(number_of(ask, leader));
}
Decision decide_getsid(const Ask& ask) {
  const Task* task = task_or_self(ask, ask.integer(0));
  return task == nullptr ? refuse(abi::Errno::kESRCH) : answer(number_of(ask, task->session));
}

Decision decide_setpgid(const Ask& ask) {
  const std::int64_t wanted = ask.integer(1) == 0 ? ask.integer(0) : ask.integer(1);
  if (wanted < 0) return refuse(abi::Errno::kEINVAL);
  const Task* task = task_or_self(ask, ask.integer(0));
  if (task == nullptr) return refuse(abi::Errno::kESRCH);
  const bool own = task->leader == ask.task.leader;
  const Task* parent = ask.world.tasks.find(task->parent);
  if (!own && (parent == nullptr || parent->leader != ask.task.leader))
    return refuse(abi::Errno::kESRCH);
  if (task->session != ask.task.session) return refuse(abi::Errno::kEPERM);
  if (task->session == task->leader) return refuse(abi::Errno::kEPERM);  // a session leader stays
  const std::int64_t group = ask.integer(1);
  if (group == 0 || group == number_of(ask, task->leader)) return answer(0);
  const TaskId leader =
      leader_by_pid_in(ask.world, ask.task.in(NsKind::Pid), static_cast<std::int32_t>(group));
  const bool same_session = leader && ask.world.tasks.first([&](const Task& member) {
    return member.process_group == leader && member.session == ask.task.session;
  }) != nullptr;
  return same_session ? answer(0) : refuse(abi::Errno::kEPERM);
}
Decision decide_getpgid(const Ask& ask) {
  const Task* task = task_or_self(ask, ask.integer(0));
  return task == nullptr ? refuse(abi::Errno::kESRCH) : answer(number_of(ask, task->process_group));
}
Decision decide_getpgrp(const Ask& ask) { return answer(number_of(ask, ask.task.process_group)); }

Decision decide_getuid(const Ask& ask) {
  return answer(shown_uid(ask.world, user_ns_of(ask.task), ask.task.credentials.uid));
}
Decision decide_geteuid(const Ask& ask) {
  return answer(shown_uid(ask.world, user_ns_of(ask.task), ask.task.credentials.euid));
}
Decision decide_getgid(const Ask& ask) {
  return answer(shown_gid(ask.world, user_ns_of(ask.task), ask.task.credentials.gid));
}
Decision decide_getegid(const Ask& ask) {
  return answer(shown_gid(ask.world, user_ns_of(ask.task), ask.task.credentials.egid));
}
Decision decide_getresuid(const Ask& ask) {
  const Credentials& who = ask.task.credentials;
  return three(shown_uid(ask.world, user_ns_of(ask.task), who.uid),
               shown_uid(ask.world, user_ns_of(ask.task), who.euid),
               shown_uid(ask.world, user_ns_of(ask.task), who.suid));
}
Decision decide_getresgid(const Ask& ask) {
  const Credentials& who = ask.task.credentials;
  return three(shown_gid(ask.world, user_ns_of(ask.task), who.gid),
               shown_gid(ask.world, user_ns_of(ask.task), who.egid),
               shown_gid(ask.world, user_ns_of(ask.task), who.sgid));
}

Decision decide_getgroups(const Ask& ask) {
  const std::vector<std::uint32_t>& groups = ask.task.credentials.groups;
  const auto count = static_cast<std::int64_t>(groups.size());
  if (ask.integer(0) != 0 && ask.integer(0) < count) return refuse(abi::Errno::kEINVAL);
  Decision decision = answer(count);
  Arg list;
  list.tag = ArgTag::List;
  for (const std::uint32_t group : groups) {
    const std::int64_t shown = shown_gid(ask.world, user_ns_of(ask.task), group);
    decision.reply.out.push_back(shown);
    list.items.push_back(Arg::integer(shown));
  }
  if (ask.integer(0) != 0) decision.filled.emplace_back(1, std::move(list));
  return decision;
}

}  // namespace cutaway::sim
