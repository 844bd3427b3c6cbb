// Tasks on cpus: who gets one, how long, and what lets a waiting task go on.
#include <algorithm>
#include <utility>

#include "sim/kernel/kernel_impl.h"
#include "trace/world/lookup.h"
#include "trace/world/outside.h"

namespace cutaway::sim {
namespace {

/// How long a task may run while others wait for a cpu: a slice of the size that EEVDF and CFS give
/// with a few tasks (Documentation/scheduler/sched-design-CFS.rst). It ends with a call.
constexpr std::int64_t kSliceNs = 4'000'000;
/// From wake-up to being back in the call that waited.
constexpr std::int64_t kWakeNs = 1'500;

bool ends_in_handler(const TaskRun& run) {
  return std::any_of(run.caught.begin(), run.caught.end(),
                     [&run](int signal) { return (run.handlers_end >> (signal - 1) & 1U) != 0; });
}

}  // namespace

TaskRun& Kernel::Impl::add_task(TaskId task, const TaskRun* parent) {
  if (runs.size() <= task.value) runs.resize(task.value + 1);
  runs[task.value] = std::make_unique<TaskRun>();
  TaskRun& run = *runs[task.value];
  run.id = task;
  run.phase = Phase::Waiting;
  run.outside = is_outside(world(), world().tasks.at(task));
  const Cgroup* group = cgroup_of(world(), world().tasks.at(task), "cpu");
  put_into_cpu_group(run, group == nullptr ? CgroupId{} : group->id);
  if (parent != nullptr) {
    run.step = parent->step;
    run.container = parent->container;
  }
  return run;
}

void Kernel::Impl::stop_waiting(TaskRun& run) {
  for (const WaitKey key : run.waits) {
    const auto found = waiters.find(key);
    if (found == waiters.end()) continue;
    found->second.erase(run.id);
    if (found->second.empty()) waiters.erase(found);
  }
  run.waits.clear();
  ++run.ticket;
}

/// From here on the opener counts by its open file, or not at all.
void Kernel::Impl::leave_fifo(TaskRun& run) {
  if (!run.fifo) return;
  FifoWaiters& queue = fifos[run.fifo];
  --(run.fifo_writes ? queue.writers : queue.readers);
  touched.emplace_back(WaitKey{WaitKind::Fifo, run.fifo.value},
                       static_cast<EventIndex>(trace.size() - 1));
  run.fifo = InodeId{};
}

void Kernel::Impl::enqueue(TaskRun& run, EventIndex cause) {
  stop_waiting(run);
  run.phase = Phase::Queued;
  run.woken_by = cause;
  cpus_of(run).enqueue(run.id);
}

void Kernel::Impl::dispatch() {
  dispatch_on(cpus);
  dispatch_on(outside_cpus);
}

void Kernel::Impl::dispatch_on(Cpus& some) {
  while (some.anyone_waits() && some.any_free()) {
    const Turn turn = next_turn(some);
    if (turn.run == nullptr) return;
    TaskRun& run = *turn.run;
    if (is_frozen(run)) {
      some.forget(run.id);
      freeze(run);
      continue;
    }
    some.occupy(run.id, turn.cpu);
    run.cpu = turn.cpu;
    run.last_cpu = run.cpu;
    run.on_since = now;
    run.phase = Phase::Running;
    emit(run.id, TaskOn{run.cpu}, run.woken_by);
    begin_use(run);
    if (run.in_call) {
      const std::int64_t rest = std::exchange(run.rest_ns, -1);
      run.completes_at = now + (rest >= 0 ? rest : kWakeNs);
      agenda.add(run.completes_at, Happening::CallCompletes, run.id, ++run.ticket);
    } else {
      user_mode(run);
    }
  }
}

void Kernel::Impl::leave_cpu(TaskRun& run) {
  if (run.cpu < 0) return;
  const std::int64_t used = now - run.on_since;
  cpus_of(run).release(run.cpu);
  run.cpu = -1;
  end_use(run);
  emit(run.id, TaskOff{used});
  if (used == 0) return;
  weigh(run, used);
  book_cpu_time(run, used);
}

/// For its cgroups, up to the root, without it.
void Kernel::Impl::book_cpu_time(TaskRun& run, std::int64_t used) {
  const Cgroup* cgroup = cgroup_of(world(), world().tasks.at(run.id), "cpuacct");
  CgroupId id = cgroup == nullptr ? run.cpu_group : cgroup->id;
  while (const Cgroup* at = id ? world().cgroups.find(id) : nullptr) {
    if (!at->parent) break;
    const std::int64_t total = cpu_ns[id] += used;
    const bool v2 = world().hierarchies.at(at->hierarchy).version == 2;
    CgroupUsage usage;
    usage.id = id;
    usage.path = at->path;
    usage.controller = v2 ? "cpu" : "cpuacct";
    usage.file = v2 ? "cpu.stat usage_usec" : "cpuacct.usage";
    usage.value = v2 ? total / 1000 : total;
    id = at->parent;
    emit(run.id, std::move(usage));
  }
}

void Kernel::Impl::preempt(TaskRun& run) {
  if (run.in_call) run.rest_ns = run.completes_at - now;
  leave_cpu(run);
  enqueue(run, run.woken_by);
}

/// The program goes on with the result of its last call, until it makes the next.
void Kernel::Impl::user_mode(TaskRun& run) {
  if (is_frozen(run)) {
    freeze(run);
    return;
  }
  if (has_signal(run) && !deliver_signals(run)) return;
  if (run.phase != Phase::Running) return;  // stopped
  run.suspended.reset();
  actor = &run;
  // Who ends in a handler never gets to the end of it.
  if (ends_in_handler(run)) run.handlers = 0;
  if (run.handlers > 0) {
    // The handler notes the signal and returns, by a call that only the C library knows
    // (sigreturn(2)).
    run.own = Request{};
    run.own->sys = abi::Sys::rt_sigreturn;
  } else if (run.entry != nullptr) {
    const Entry entry = std::exchange(run.entry, nullptr);
    run.reply.reset();
    run.context = std::make_unique<Context>(run.id);
    run.context->start(entry, *self, std::move(run.state));
  } else if (run.reply) {
    run.context->resume(std::move(*run.reply));
    run.reply.reset();
  }
  if (run.phase == Phase::Ended) {  // it touched what is not its memory
    actor = nullptr;
    return;
  }
  // What it touched was too much for its cgroup, and it was chosen: it gets no further.
  const bool over = is_killed(run) && !deliver_signals(run);
  if (!over) enter(run);
  actor = nullptr;
}

/// Before TaskExited: the task leaves its cpu, the queue and all waits.
void Kernel::Impl::end_of_task(TaskRun& run) {
  if (run.phase == Phase::Ended) return;
  // A call that waits and is ended with its task never returns; a tracer shows it so.
  if (run.in_call && run.phase == Phase::Waiting) {
    TaskRun* const before = std::exchange(actor, &run);
    run.args = request_of(run).args;
    emit_syscall(run, Decision{}, false);
    actor = before;
  }
  if (run.phase == Phase::Queued) cpus_of(run).forget(run.id);
  leave_cpu(run);
  stop_waiting(run);
  leave_fifo(run);
  frozen.erase(run.id);
  run.phase = Phase::Ended;
  ended.push_back(run.id);
}

/// Would the call return now, or at least move a part of its bytes?
bool Kernel::Impl::can_go_on(const TaskRun& run) const {
  if (run.decided) return true;
  const Decision decision = decide(run);
  return decision.kind == Decision::Kind::Return || decision.moved;
}

void Kernel::Impl::wake(const WaitKey& key, EventIndex cause) {
  const auto found = waiters.find(key);
  if (found == waiters.end()) return;
  const std::vector<TaskId> asked(found->second.begin(), found->second.end());
  for (const TaskId id : asked) {
    TaskRun* run = run_of(id);
    if (run == nullptr || run->phase != Phase::Waiting || !can_go_on(*run)) continue;
    run->woken = true;
    enqueue(*run, cause);
  }
}

/// After everything of a step has happened: whoever could go on now, may.
void Kernel::Impl::settle() {
  if (thawed) thaw();
  settle_notes();
  for (const auto& [id, pages] : std::exchange(unpaid, {})) touch(id, pages);
  settle_notes();
  for (const TaskId id : std::exchange(ended, {})) runs[id.value].reset();
}

void Kernel::Impl::settle_notes() {
  while (!touched.empty() || !signalled.empty()) {
    const auto notes = std::exchange(touched, {});
    for (const auto& [key, index] : notes) wake(key, index);
    for (const TaskId id : std::exchange(signalled, {})) {
      TaskRun* run = run_of(id);
      if (run != nullptr && run->phase != Phase::Ended) interrupt(*run);
    }
  }
}

/// A call's time is over, or a wait's.
void Kernel::Impl::go_on(const AgendaItem& item) {
  TaskRun& run = *run_of(item.task);
  if (item.what == Happening::CallCompletes)
    complete(run);
  else
    enqueue(run, kNoEvent);
  if (run.phase != Phase::Running || run.in_call) return;
  // Also who may not stay where it runs, since its cpuset is another.
  const bool moves = !may_use(run, run.cpu);
  if (moves || (now - run.on_since >= kSliceNs && is_wanted(run)))
    preempt(run);
  else
    user_mode(run);
}

bool Kernel::Impl::step() {
  drop_stale();
  if (agenda.empty()) return false;
  const AgendaItem item = agenda.take();
  CHECK(item.t >= now);
  now = item.t;
  if (item.what == Happening::QuotaDue)
    quota_due(item.cgroup);
  else if (item.what == Happening::AlarmDue)
    timer_due(item.task);
  else
    go_on(item);
  settle();
  dispatch();
  if (!watchers.empty()) let_watchers_look();
  return true;
}

bool Kernel::Impl::is_stale(const AgendaItem& item) const {
  if (item.what == Happening::QuotaDue) {
    const auto found = bandwidths.find(item.cgroup);
    return found == bandwidths.end() || found->second.ticket != item.ticket;
  }
  if (item.what == Happening::AlarmDue) return !timer_counts(item.task, item.ticket);
  const TaskRun* run = run_of(item.task);
  return run == nullptr || run->phase == Phase::Ended || run->ticket != item.ticket;
}

void Kernel::Impl::drop_stale() {
  while (!agenda.empty() && is_stale(agenda.next())) agenda.take();
}

}  // namespace cutaway::sim
