// exit(2), exit_group(2), wait4(2), waitid(2).
#include <optional>

#include "sim/kernel/handlers.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

constexpr std::uint64_t kNohang = 1, kUntraced = 2, kExited = 4, kContinued = 8,
                        kNoWait = 0x1000000, kNothread = 0x20000000, kAll = 0x40000000,
                        kClone = 0x80000000;

/// Which children a wait is for (wait(2)): one by its number, any, or those of a process group.
struct Wanted {
  std::int64_t pid = -1;
  TaskId group;  ///< with pid 0 and < −1
};

bool matches(const Ask& ask, const Task& child, const Wanted& wanted) {
  if (wanted.pid > 0) return pid_in(ask.world, child, ask.task.in(NsKind::Pid)) == wanted.pid;
  return wanted.pid == -1 || child.process_group == wanted.group;
}

/// The children of a process are those of all its threads. One that tells its end by another signal
/// than SIGCHLD is a "clone" child, which is only looked at when that is asked for (eligible_child
/// in kernel/exit.c).
bool is_child(const World& world, const Task& child, const Task& task, std::uint64_t options) {
  if (child.leader != child.id) return false;
  const Task* parent = world.tasks.find(child.parent);
  if (parent == nullptr || parent->leader != task.leader) return false;
  const bool clone_child = child.exit_signal != abi::sig::kChld;
  return (options & kAll) != 0 || clone_child == ((options & kClone) != 0);
}

struct Found {
  bool any = false;
  const Task* dead = nullptr;
  const Task* changed = nullptr;  ///< it stopped, or goes on
};

/// The signal that stopped it, or SIGCONT, when the caller asks for such news and there is some.
int change_of(const Ask& ask, const Task& child, std::uint64_t options) {
  const auto change = ask.changes->find(child.id);
  if (change == ask.changes->end() || child.zombie()) return 0;
  const bool goes_on = change->second == abi::sig::kCont;
  return (options & (goes_on ? kContinued : kUntraced)) != 0 ? change->second : 0;
}

Found look(const Ask& ask, const Wanted& wanted, std::uint64_t options) {
  Found found;
  ask.world.tasks.first([&](const Task& child) {
    if (!is_child(ask.world, child, ask.task, options) || !matches(ask, child, wanted))
      return false;
    const bool dead = living_thread(ask.world, child.id) == TaskId{};
    found.any = found.any || !dead || (options & kExited) != 0;
    if (dead && (options & kExited) != 0)
      found.dead = &child;
    else if (change_of(ask, child, options) != 0)
      found.changed = &child;
    return found.dead != nullptr || found.changed != nullptr;
  });
  return found;
}

/// As WEXITSTATUS and WTERMSIG take it apart (wait(2)).
std::int64_t status_of(const Task& task) {
  return task.term_signal != 0 ? task.term_signal : (task.exit_code & 0xff) << 8;
}

/// WIFSTOPPED, WIFCONTINUED.
constexpr std::int64_t kStatusStopped = 0x7f, kStatusContinued = 0xffff;

/// {"exited":7}, {"signaled":9}, {"stopped":19}, {"continued":18}.
Arg status_words(std::int64_t status) {
  Arg words;
  words.tag = ArgTag::Struct;
  const std::int64_t high = (status >> 8) & 0xff;
  const bool stopped = (status & 0xff) == kStatusStopped;
  if (status == kStatusContinued) {
    words.keys = {"continued"};
    words.items = {Arg::integer(abi::sig::kCont)};
  } else if (stopped || (status & 0x7f) == 0) {
    words.keys = {stopped ? "stopped" : "exited"};
    words.items = {Arg::integer(high)};
  } else {
    words.keys = {"signaled"};
    words.items = {Arg::integer(status & 0x7f)};
  }
  return words;
}

TaskId group_by_number(const Ask& ask, std::int64_t number) {
  return leader_by_pid_in(ask.world, ask.task.in(NsKind::Pid), static_cast<std::int32_t>(number));
}

Wanted wanted_by(const Ask& ask, std::int64_t pid) {
  Wanted wanted;
  wanted.pid = pid;
  if (pid == 0) wanted.group = ask.task.process_group;
  if (pid < -1) wanted.group = group_by_number(ask, -pid);
  return wanted;
}

Decision wait_for_child(const Ask& ask, const Wanted& wanted, std::uint64_t options) {
  const Found found = look(ask, wanted, options);
  if (!found.any) return refuse(abi::Errno::kECHILD);
  if (found.dead != nullptr) {
    Decision decision = answer(pid_in(ask.world, *found.dead, ask.task.in(NsKind::Pid)));
    decision.reply.out = {status_of(*found.dead)};
    return decision;
  }
  if (found.changed != nullptr) {
    Decision decision = answer(pid_in(ask.world, *found.changed, ask.task.in(NsKind::Pid)));
    const int signal = change_of(ask, *found.changed, options);
    decision.reply.out = {signal == abi::sig::kCont ? kStatusContinued
                                                    : signal << 8 | kStatusStopped};
    if ((options & kNoWait) == 0) decision.reported = found.changed->id;
    return decision;
  }
  if ((options & kNohang) != 0) {
    Decision decision = answer(0);
    decision.reply.out = {0};
    return decision;
  }
  return wait_for("child", WaitKey{WaitKind::Child, ask.task.leader.value});
}

/// siginfo_t of what waitid(2) reports; `status` as wait4(2) has it.
Arg info_of(std::int64_t pid, std::int64_t status) {
  const bool stopped = status == kStatusContinued || (status & 0xff) == kStatusStopped;
  const bool killed = (status & 0x7f) != 0 && !stopped;
  const std::int64_t ended_with = killed ? status & 0x7f : (status >> 8) & 0xff;
  Arg info;
  info.tag = ArgTag::Struct;
  info.keys = {"si_pid", "si_status"};
  info.items = {Arg::integer(pid),
                Arg::integer(status == kStatusContinued ? abi::sig::kCont : ended_with)};
  return info;
}
Arg info_of_nobody() {
  Arg info;
  info.tag = ArgTag::Struct;
  info.keys = {"si_pid", "si_status"};
  info.items = {Arg::integer(0), Arg::integer(0)};
  return info;
}

/// P_ALL 0, P_PID 1, P_PGID 2 (kernel_waitid_prepare in kernel/exit.c). None: EINVAL.
std::optional<Wanted> wanted_by(const Ask& ask, std::int64_t type, std::int64_t id) {
  const bool bad_id = (type == 1 && id <= 0) || (type == 2 && id < 0);
  if (type < 0 || type > 2 || bad_id) return std::nullopt;
  if (type == 0) return wanted_by(ask, -1);
  if (type == 1) return wanted_by(ask, id);
  Wanted wanted = wanted_by(ask, 0);
  if (id != 0) wanted.group = group_by_number(ask, id);
  return wanted;
}

}  // namespace

Decision decide_exit(const Ask&) { return answer(0); }

Decision decide_wait4(const Ask& ask) {
  constexpr std::uint64_t known = kNohang | kUntraced | kContinued | kNothread | kAll | kClone;
  if ((ask.word(2) & ~known) != 0) return refuse(abi::Errno::kEINVAL);
  Decision decision = wait_for_child(ask, wanted_by(ask, ask.integer(0)), ask.word(2) | kExited);
  if (decision.kind == Decision::Kind::Return && decision.ret > 0)
    decision.filled.emplace_back(1, status_words(decision.reply.out.front()));
  return decision;
}

Decision decide_waitid(const Ask& ask) {
  constexpr std::uint64_t news = kExited | kUntraced | kContinued;
  constexpr std::uint64_t known = news | kNohang | kNoWait | kNothread | kAll | kClone;
  const std::uint64_t options = ask.word(3);
  if ((options & ~known) != 0 || (options & news) == 0) return refuse(abi::Errno::kEINVAL);
  const std::optional<Wanted> wanted = wanted_by(ask, ask.integer(0), ask.integer(1));
  if (!wanted) return refuse(abi::Errno::kEINVAL);
  Decision decision = wait_for_child(ask, *wanted, options);
  if (decision.kind != Decision::Kind::Return || decision.err != abi::Errno::kOk) return decision;
  if (decision.ret == 0) {
    decision.filled.emplace_back(2, info_of_nobody());
    return decision;
  }
  decision.filled.emplace_back(2, info_of(decision.ret, decision.reply.out.front()));
  decision.reply.out.push_back(decision.ret);
  decision.ret = 0;
  return decision;
}

}  // namespace cutaway::sim
