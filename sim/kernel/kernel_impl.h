// The kernel's own state: what is not in the World because no event tells of it. Private to
// sim/kernel.
#pragma once

#include <any>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/core/scheduler.h"
#include "sim/kernel/cpu_time.h"
#include "sim/kernel/decision.h"
#include "sim/kernel/kernel.h"
#include "sim/kernel/task_run.h"
#include "sim/kernel/walks.h"

namespace cutaway::sim {

/// What the kernel knows beside the World and its tasks, between two steps.
struct KernelFacts {
  explicit KernelFacts(std::uint64_t seed) : prng(seed) {}

  Prng prng;
  Cpus cpus{1};
  Cpus outside_cpus{8};  ///< of the computer around a VM
  Agenda agenda;
  std::int64_t now = 0;
  std::uint32_t calls = 0;
  std::map<WaitKey, std::set<TaskId>> waiters;
  std::map<AddressSpaceId, std::any> shared;         ///< what the threads of an address space share
  std::map<std::string, std::uint64_t> futex_wakes;  ///< by address space and word
  std::map<CgroupId, std::int64_t> cpu_ns;           ///< cpu time used in each cgroup
  Remotes remotes;
  FifoOpeners fifos;
  StateChanges changes;
  ActionFlags action_flags;
  IntervalTimers timers;
  SpecialFiles specials;
  std::map<CgroupId, Fair> fair;
  std::map<CgroupId, Bandwidth> bandwidths;
  bool cpus_narrowed = false;  ///< somebody may not use all cpus
  std::set<CgroupId> frozen_cgroups;
  std::set<TaskId> frozen;             ///< tasks that would run, but for their cgroup
  std::int64_t disk_writes_left = -1;  ///< 0: the disk is full; −1: it never is
};

/// All of a kernel but its World, at a moment between two steps.
struct KernelCheckpoint {
  struct TaskAt {
    TaskFacts facts;
    std::optional<Recorded> program;
  };
  KernelFacts facts;
  std::vector<TaskAt> tasks;
};

struct Kernel::Impl : KernelFacts {
  Impl(Trace& trace_, const ProgramTable& programs_, Internet& internet_, std::uint64_t seed)
      : KernelFacts(seed), trace(trace_), programs(programs_), internet(internet_) {}

  Kernel* self = nullptr;
  Trace& trace;
  const ProgramTable& programs;
  Internet& internet;
  std::vector<std::unique_ptr<TaskRun>> runs;  ///< by task id; null: it has ended
  Kernel::StepRule step_rule = nullptr;

  // What the events of the current step may have let go on; looked at when the step is over.
  std::vector<std::pair<WaitKey, EventIndex>> touched;
  std::vector<TaskId> signalled;
  std::vector<std::pair<CgroupId, EventIndex>> limited;  ///< memory.max was written
  std::vector<std::pair<TaskId, std::int64_t>> unpaid;   ///< touched pages that found no room
  std::vector<CgroupId> quota_written;
  std::vector<TaskId> ended;  ///< their programs are dropped when the step is over
  bool thawed = false;        ///< a cgroup goes on
  std::vector<std::shared_ptr<Watcher>> watchers;
  TaskRun* actor = nullptr;  ///< whose call is being carried out
  TaskId last_child;         ///< made by the call that is being carried out
  Walks walks;               ///< of the call that is being completed

  const World& world() const { return trace.head(); }
  static const Request& request_of(const TaskRun& run) {
    return run.own ? *run.own : run.context->request();
  }
  TaskRun* run_of(TaskId task) const {
    return task.value < runs.size() ? runs[task.value].get() : nullptr;
  }

  // emit.cpp: everything that the trace is told
  EventIndex emit(TaskId subject, Body&& body, EventIndex cause = kNoEvent);
  void before(TaskId subject, const Body& body);
  void touch_file(const OpenFile& file, EventIndex index);
  void touch_fd_table(FdTableId table, bool only_cloexec, EventIndex index);

  // run.cpp: tasks on cpus
  TaskRun& add_task(TaskId task, const TaskRun* parent);
  void enqueue(TaskRun& run, EventIndex cause);
  void stop_waiting(TaskRun& run);
  void leave_fifo(TaskRun& run);
  void dispatch();
  void dispatch_on(Cpus& some);
  Cpus& cpus_of(const TaskRun& run) { return run.outside ? outside_cpus : cpus; }
  void leave_cpu(TaskRun& run);
  void book_cpu_time(TaskRun& run, std::int64_t used);
  /// The cpu is taken away from whoever has not asked for it; its call goes on where it stood.
  void preempt(TaskRun& run);
  void user_mode(TaskRun& run);
  bool step();
  void go_on(const AgendaItem& item);
  void wake(const WaitKey& key, EventIndex cause);
  void settle();
  void settle_notes();
  bool can_go_on(const TaskRun& run) const;
  bool is_stale(const AgendaItem& item) const;
  void drop_stale();
  void end_of_task(TaskRun& run);

  // fair.cpp: whose turn it is
  struct Turn {
    TaskRun* run = nullptr;
    std::int32_t cpu = -1;
  };
  /// Who gets a free cpu next, and which; nobody: none of the waiting may have one.
  Turn next_turn(const Cpus& some);
  void weigh(TaskRun& run, std::int64_t used);
  void put_into_cpu_group(TaskRun& run, CgroupId group) const;
  bool may_use(const TaskRun& run, std::int32_t cpu) const;
  std::int32_t cpu_for(const TaskRun& run, const Cpus& some) const;
  /// Would somebody who waits take this task's cpu?
  bool is_wanted(const TaskRun& run);
  void note_cpu_place(const CgroupAttached& body);
  bool narrows(const CgroupLimited& body) const;

  // bandwidth.cpp: quotas of cpu time
  void take_quota(CgroupId id);
  void take_quotas();
  void begin_use(const TaskRun& run);
  void end_use(const TaskRun& run);
  void use(const TaskRun& run, std::int32_t more);
  void tell_periods(CgroupId id, std::int64_t more);
  bool is_throttled(const TaskRun& run) const;
  void quota_due(CgroupId id);
  void throttle(CgroupId id, Bandwidth& bandwidth);
  void unthrottle(CgroupId id, Bandwidth& bandwidth);
  void note_next(CgroupId id, Bandwidth& bandwidth);
  TaskId member_of(CgroupId id) const;

  // rest.cpp: programs whose tasks take turns
  void rest(TaskRun& run);
  void rouse(TaskId task);
  void fault(TaskId task);
  void let_watchers_look();
  bool alone(TaskId task) const;  ///< nobody else runs or is about to
  // call.cpp: the life of a call
  void enter(TaskRun& run);
  void complete(TaskRun& run);
  Decision decide(const TaskRun& run, Walks* walks = nullptr) const;
  void block(TaskRun& run, Decision decision);
  void interrupt_call(TaskRun& run, const Decision& decision);
  void finish(TaskRun& run, Decision&& decision);
  void start_child(const TaskRun& run);
  void return_from_handler(TaskRun& run, Decision decision);
  void carry_out(TaskRun& run, Decision& decision);
  void move_part(TaskRun& run, const Decision& decision);
  void emit_syscall(TaskRun& run, const Decision& decision, bool returned);
  void start_remote(TaskRun& run, const Decision& decision);
  void ask_remote(TaskRun& run, const std::string& request);
  void wake_futex(const TaskRun& run);

  // timers.cpp
  void change_special(const TaskRun& run, const Decision& decision);
  void set_timer(TaskId process, IntervalTimer timer);
  void timer_due(TaskId process);
  bool timer_counts(TaskId process, std::uint32_t ticket) const;

  // terminal.cpp: line disciplines
  void show(TaskId subject, TerminalId id, std::string_view bytes, bool echo);
  void type(TaskId subject, TerminalId id, std::string_view bytes);
  void set_mode(TaskId subject, TerminalId id, const Arg& wanted);
  void change_terminal(TaskRun& run, TerminalId id, const std::vector<Arg>& args);
  void pass_terminal(TaskRun& run, const SyscallDone& done, std::string_view bytes);
  /// Descriptors that go along with a message (unix(7), SCM_RIGHTS).
  void pass_descriptors(TaskRun& run, const SyscallDone& done, const Decision& decision);

  // freezer.cpp
  bool is_frozen(const TaskRun& run) const;
  void freeze(TaskRun& run);
  void note_freezer(const CgroupLimited& body);
  void thaw();  ///< lets go on whose cgroup stands still no longer, or who is killed
  /// oom.cpp: what has become too much for its memory.max.
  void enforce_memory(CgroupId id, EventIndex cause);
  void end_group(CgroupId group, TaskId victim, EventIndex cause);
  void count_memory_event(TaskId subject, CgroupId id, const std::string& key, EventIndex cause);
  void enforce_memory_of(TaskId task);
  void end_members(CgroupId id, std::int64_t over, EventIndex cause);
  void memory_is_full(TaskId task, CgroupId full);
  bool has_dying_member(CgroupId full) const;
  void count_high(TaskId task, CgroupId cgroup);
  void touch(TaskId task, std::int64_t pages);

  // signals.cpp
  bool has_signal(const TaskRun& run) const;
  bool has_deadly_signal(const TaskRun& run) const;  ///< one that ends it and leaves no core
  bool is_killed(const TaskRun& run) const;          ///< SIGKILL came
  bool has_fatal_signal(const TaskRun& run) const;
  bool has_caught_signal(const TaskRun& run) const;
  /// Its call goes on after the handler of what came (SA_RESTART).
  bool restarts(const TaskRun& run) const;
  /// False when the task ended or stopped by one of them.
  bool deliver_signals(TaskRun& run);
  void interrupt(TaskRun& run);
  void note_change(TaskId task, int signal);  ///< it stopped by this, or goes on: wait(2)
};

}  // namespace cutaway::sim
