#include "tests/property/generator.h"

#include <iterator>
#include <utility>

#include "trace/world/new_id.h"

namespace cutaway {

void Generator::emit(Body body) {
  Event event;
  event.stamp.t = now_ += static_cast<std::int64_t>(random_.below(5000));
  event.stamp.task = task_;
  if (const Task* task = world().tasks.find(task_)) event.stamp.container = task->container;
  if (random_.below(3) == 0)
    event.stamp.step = trace_.step_id("step." + std::to_string(random_.below(20)));
  if (random_.below(2) == 0) event.stamp.call = CallId{calls_};
  if (trace_.size() > 0 && random_.below(4) == 0) {
    event.stamp.cause = static_cast<EventIndex>(trace_.size() - 1 - random_.below(trace_.size()));
  }
  random_.fill(event.stamp.how);
  event.body = std::move(body);
  trace_.append(std::move(event));
}

void Generator::start() {
  World world;
  Task init;
  init.id = init.leader = TaskId{1};
  init.pids = {1};
  init.comm = "init";
  for (std::uint32_t kind = 0; kind < kNsKinds; ++kind) {
    Namespace ns;
    ns.id = init.ns[kind] = NsId{kind + 1};
    ns.type = static_cast<NsKind>(kind);
    world.namespaces.put(ns.id, ns);
  }
  init.fds = FdTableId{1};
  world.fd_tables.put(init.fds, FdTable{init.fds, {}, 1});
  init.sighand = SighandId{1};
  world.sighands.put(init.sighand, SignalHandlers{init.sighand, {}, 1});
  init.fs = FsContextId{1};
  world.fs_contexts.put(init.fs, FsContext{init.fs, {}, {}, 022, 1});
  init.memory = AddressSpaceId{1};
  world.address_spaces.put(init.memory, AddressSpace{init.memory, 10, {}, {}, 1});
  world.tasks.put(init.id, init);
  Counters& last = world.counters;
  last.task = last.fd_table = last.sighand = last.fs_context = last.address_space = 1;
  last.ns = kNsKinds;
  emit(Snapshot{std::make_shared<const World>(std::move(world))});
}

void Generator::run_until(std::size_t events) {
  static constexpr Maker kMakers[] = {
      &Generator::fork_task,        &Generator::end_task,         &Generator::change_task,
      &Generator::use_cpu,          &Generator::send_signal,      &Generator::make_namespace,
      &Generator::join_namespace,   &Generator::change_namespace, &Generator::attach_mount,
      &Generator::change_mount,     &Generator::create_file,      &Generator::change_file,
      &Generator::open_file,        &Generator::use_descriptor,   &Generator::move_bytes,
      &Generator::make_cgroup,      &Generator::use_cgroup,       &Generator::use_network,
      &Generator::run_command,      &Generator::pull_image,       &Generator::create_container,
      &Generator::change_container, &Generator::make_call,        &Generator::remark};
  if (trace_.size() == 0) start();
  now_ = trace_.record(trace_.size() - 1).t;
  while (trace_.size() < events) {
    const Task* task = any(world().tasks);
    task_ = task == nullptr ? TaskId{} : task->id;
    (this->*kMakers[random_.below(std::size(kMakers))])();
  }
}

void Generator::fork_task() {
  if (world().tasks.size() > 40) return end_task();
  static constexpr std::uint64_t kFlags[] = {
      17,
      abi::clone::kVm | abi::clone::kFs | abi::clone::kFiles | abi::clone::kSighand |
          abi::clone::kThread,
      abi::clone::kNewPid | abi::clone::kNewNs | 17, abi::clone::kFiles | 17};
  TaskForked body;
  body.child = next_task(world());
  body.parent = task_;
  body.flags = kFlags[random_.below(std::size(kFlags))];
  body.pids = {static_cast<std::int32_t>(body.child.value) + 100};
  if ((body.flags & abi::clone::kNewPid) != 0) body.pids.push_back(1);
  emit(body);
  if (random_.below(2) == 0) return;
  task_ = body.child;
  emit(filled<TaskExeced>());
}

void Generator::end_task() {
  const Task* task = world().tasks.find(task_);
  if (task == nullptr || task_.value == 1) return remark();
  if (world().tasks.size() < 5) return fork_task();  // or there will never be any again
  const auto signal = static_cast<std::int32_t>(random_.below(3) * 9);
  const auto code = static_cast<std::int32_t>(signal == 0 ? random_.below(256) : 0);
  if (!task->zombie()) emit(TaskExited{code, signal});
  if (random_.below(3) == 0) emit(TaskReparented{TaskId{1}});
  if (random_.below(3) != 0) emit(TaskReaped{TaskId{1}});
}

void Generator::change_task() {
  switch (random_.below(10)) {
    case 0:
      return emit(filled<TaskCredentialsSet>());
    case 8:
      return emit(filled<TaskAffinitySet>());
    case 1:
      return emit(filled<TaskNamed>());
    case 2:
      return emit(filled<TaskUmaskSet>());
    case 3:
      return emit(filled<TaskSubreaperSet>());
    case 4:
      return emit(filled<TaskMemoryChanged>());
    case 5:
      return emit(filled<TaskRoleSet>());
    case 6:
      return emit(filled<TaskDumpableSet>());
    case 7:
      return emit(TaskSessionStarted{});
    default:
      return emit(filled<TaskOomScoreSet>());
  }
}

void Generator::use_cpu() {
  emit(filled<TaskOn>());
  if (random_.below(2) == 0) emit(filled<TaskBlocked>());
  emit(filled<TaskOff>());
}

void Generator::send_signal() {
  const auto sig = static_cast<std::int32_t>(random_.below(64) + 1);
  const Task* to = any(world().tasks);
  const TaskId target = to == nullptr ? TaskId{} : to->id;
  emit(SignalSent{sig, task_, target, random_.text()});
  if (random_.below(2) == 0)
    emit(SignalDelivered{sig, task_, target, random_.text()});
  else
    emit(SignalIgnored{sig, TaskId{}, target, "SIG_IGN"});
  emit(SignalHandlerSet{sig, random_.below(2) == 0 ? "ignore" : "handler"});
  emit(filled<SignalMaskSet>());
}

}  // namespace cutaway
