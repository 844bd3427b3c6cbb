#include "real/observe/recorder.h"

#include <unistd.h>

#include <utility>

#include "base/text.h"
#include "real/observe/recorder_impl.h"
#include "real/observe/snapshot.h"
#include "real/sys/files.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

using Lock = std::lock_guard<std::mutex>;

/// Why a signal came that no traced task was seen to send.
const char* rule_of(const SeenSignal& signal) {
  if (signal.signal == abi::sig::kChld) return "child stopped, continued or ended";
  return signal.sender > 0 ? "sent by another task" : "from the kernel or outside";
}

TaskId own_task(const World& world) {
  const Task* task = task_by_pid(world, ::getpid());
  return task == nullptr ? TaskId{} : task->id;
}

}  // namespace

Recorder::Impl::Impl(Trace& trace_, RecorderOptions options_)
    : trace(trace_), options(std::move(options_)), self(own_task(trace_.head())), discoverer(self) {
  if (options.start < 0) options.start = clock();
  now = trace.head().now;
}

Acting::Acting(Recorder::Impl& impl, SeenTask* actor, How how)
    : impl_(impl), actor_(std::exchange(impl.actor, actor)), how_(std::exchange(impl.how, how)) {}

Acting::~Acting() {
  impl_.actor = actor_;
  impl_.how = how_;
}

Recorder::Recorder(Trace& trace, RecorderOptions options)
    : impl_(std::make_unique<Impl>(trace, std::move(options))) {}
Recorder::~Recorder() = default;

TaskId Recorder::adopt(int pid, Role role, ContainerId container) {
  const Lock lock(impl_->mutex);
  return impl_->adopt(pid, role, container);
}

void Recorder::follow(int tid, ContainerId container) {
  const Lock lock(impl_->mutex);
  const Task* found = task_by_pid(impl_->world(), tid);
  if (found == nullptr) return;
  SeenTask task;
  task.tid = tid;
  task.id = found->id;
  task.container = container;
  task.own_program = found->role == Role::Workload;
  impl_->tids[task.id.value] = tid;
  impl_->seen[tid] = std::move(task);
}

EventIndex Recorder::tell(TaskId who, ContainerId container, std::string_view step, Body body,
                          How how) {
  const Lock lock(impl_->mutex);
  impl_->clock_at(impl_->clock());
  impl_->tell_blocked();
  Event event;
  event.stamp.t = impl_->now;
  event.stamp.task = who;
  event.stamp.container = container;
  if (!step.empty()) event.stamp.step = impl_->trace.step_id(step);
  event.stamp.how = how;
  event.body = std::move(body);
  return impl_->trace.append(std::move(event));
}

void Recorder::did(ContainerId container, std::string_view step, abi::Sys sys,
                   std::vector<Arg> args) {
  const Lock lock(impl_->mutex);
  impl_->own_call(container, step, sys, std::move(args));
}

BlobId Recorder::keep(std::string_view bytes) {
  const Lock lock(impl_->mutex);
  return impl_->trace.blobs.put(bytes);
}

void Recorder::sends(int pid, int signal, const char* rule) {
  const Lock lock(impl_->mutex);
  SeenTask* task = impl_->find(pid);
  if (task == nullptr) return;
  impl_->clock_at(impl_->clock());
  const Acting acting(*impl_, nullptr, How::Seen);
  signal_effects(impl_->self, task->id, signal, rule, *impl_);
}

TaskId Recorder::client_begins(int tid) {
  const Lock lock(impl_->mutex);
  return impl_->client_begins(tid);
}

void Recorder::client_ends(TaskId client) {
  const Lock lock(impl_->mutex);
  impl_->clock_at(impl_->clock());
  const Acting acting(*impl_, nullptr, How::Inferred);
  exit_thread(client, 0, 0, *impl_);
}

TaskId Recorder::self() const { return impl_->self; }

TaskId Recorder::task_of(int tid) const {
  const Lock lock(impl_->mutex);
  const auto found = impl_->seen.find(tid);
  if (found != impl_->seen.end()) return found->second.id;
  const Task* task = task_by_pid(impl_->world(), tid);
  return task == nullptr ? TaskId{} : task->id;
}

void Recorder::locked(const std::function<void(const Trace&)>& f) const {
  const Lock lock(impl_->mutex);
  f(impl_->trace);
}

void Recorder::begin_anew(TraceHeader header) {
  const Lock lock(impl_->mutex);
  World world = impl_->trace.head();
  world.now = 0;
  Trace fresh(std::move(header));
  fresh.blobs = std::move(impl_->trace.blobs);
  impl_->trace = std::move(fresh);
  for (auto& [tid, task] : impl_->seen) {
    const Task* found = world.tasks.find(task.id);
    task.own_program =
        found != nullptr && (found->role == Role::Workload || found->role == Role::Exec);
    task.step = StepId{};
    task.has_word = false;
  }
  impl_->options.start = impl_->clock();
  impl_->now = 0;
  impl_->signal_to.clear();
  impl_->counts = {};
  impl_->lost = 0;
  begin_trace(impl_->trace, std::move(world));
}

void Recorder::finish() {
  const Lock lock(impl_->mutex);
  impl_->clock_at(impl_->clock());
  if (impl_->lost > 0)
    impl_->append(
        TaskId{},
        Loss{impl_->lost, impl_->lost_from, impl_->lost_to, "calls of tasks that are not known"},
        How::Seen);
  if (!impl_->options.check) return;
  const CheckCounts& counts = impl_->counts;
  impl_->append(TaskId{},
                Note{"compared with /proc " + decimal(counts.checks) + " times, " +
                         decimal(counts.differences) + " differences",
                     "check"},
                How::Read);
}

CheckCounts Recorder::checks() const {
  const Lock lock(impl_->mutex);
  return impl_->counts;
}

void Recorder::entered(const SeenCall& call) {
  const Lock lock(impl_->mutex);
  impl_->enter(call);
}

void Recorder::returned(const SeenCall& call) {
  const Lock lock(impl_->mutex);
  if (SeenTask* task = impl_->find(call.tid)) impl_->finish_call(*task, call);
}

void Recorder::forked(const SeenFork& fork) {
  const Lock lock(impl_->mutex);
  impl_->fork(fork);
}

void Recorder::execed(int tid, int former) {
  const Lock lock(impl_->mutex);
  impl_->exec(tid, former);
}

void Recorder::ending(const SeenEnd& end) {
  const Lock lock(impl_->mutex);
  impl_->end(end);
}

void Recorder::ended(const SeenEnd& end) {
  const Lock lock(impl_->mutex);
  impl_->gone(end);
}

void Recorder::signalled(const SeenSignal& signal) {
  const Lock lock(impl_->mutex);
  SeenTask* task = impl_->find(signal.tid);
  if (task == nullptr) return;
  impl_->clock_at(signal.at);
  const Task* to = impl_->world().tasks.find(task->id);
  // The kernel tells the sender's number as the receiver's pid namespace has it.
  const Task* from = to == nullptr || signal.sender <= 0
                         ? nullptr
                         : task_by_pid_in(impl_->world(), to->in(NsKind::Pid), signal.sender);
  impl_->act_on(*task, signal.signal, from == nullptr ? TaskId{} : from->id, rule_of(signal));
}

void Recorder::stopped(int tid, int signal) {
  const Lock lock(impl_->mutex);
  SeenTask* task = impl_->find(tid);
  const Task* found = task == nullptr ? nullptr : impl_->world().tasks.find(task->id);
  if (found == nullptr || found->zombie() || found->state == TaskState::Stopped) return;
  impl_->clock_at(impl_->clock());
  const Acting acting(*impl_, task, How::Seen);
  impl_->append(task->id, SignalDelivered{signal, TaskId{}, task->id, "stop"}, How::Seen);
}

void Recorder::continued(int tid) {
  const Lock lock(impl_->mutex);
  SeenTask* task = impl_->find(tid);
  const Task* found = task == nullptr ? nullptr : impl_->world().tasks.find(task->id);
  if (found == nullptr || found->state != TaskState::Stopped) return;
  impl_->clock_at(impl_->clock());
  const Acting acting(*impl_, task, How::Seen);
  impl_->append(task->id, SignalDelivered{abi::sig::kCont, TaskId{}, task->id, "continue"},
                How::Seen);
}

}  // namespace cutaway::real
