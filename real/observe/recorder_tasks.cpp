// Tasks: how they come to be, become another program, and end; and who they are in the story.
#include "base/text.h"
#include "real/observe/descriptors.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "real/observe/proc_text.h"
#include "real/observe/recorder_impl.h"
#include "real/observe/world_reader.h"
#include "trace/effects/emit.h"
#include "trace/world/lookup.h"
#include "trace/world/new_id.h"

namespace cutaway::real {
namespace {

std::vector<std::int32_t> numbers_of(int tid) {
  std::vector<std::int32_t> pids;
  for (const std::uint64_t pid : status_numbers(parse_status(proc_text(tid, "status")), "NSpid"))
    pids.push_back(static_cast<std::int32_t>(pid));
  return pids;
}

/// Who a child is, by who made it: a shim starts the runtime, the runtime the container's init, or
/// a process that joins the container.
Role role_of_child(const Task& parent, const Task& child) {
  if ((child.id != child.leader)) return parent.role;
  if (parent.role == Role::Shim) return Role::Runtime;
  const bool deeper = child.pids.size() > parent.pids.size();
  if (parent.role == Role::Runtime && deeper)
    return child.pids.back() == 1 ? Role::Init : Role::Exec;
  return parent.role;
}

}  // namespace

TaskId Recorder::Impl::adopt(int pid, Role role, ContainerId container) {
  clock_at(clock());
  const StatusFields status = parse_status(proc_text(pid, "status"));
  TaskForked forked;
  forked.child = next_task(world());
  forked.parent = self;
  forked.pids = numbers_of(pid);
  if (forked.pids.empty()) forked.pids = {pid};
  forked.flags = static_cast<std::uint64_t>(abi::sig::kChld);
  const TaskId id = forked.child;
  new_child = pid;
  const Acting acting(*this, nullptr, How::Read);
  emit_body(*this, self, std::move(forked));
  new_child = 0;
  SeenTask& task = seen.at(pid);
  task.container = container;
  append(id, TaskRoleSet{role}, How::Seen);
  // What it did before it was traced.
  const std::vector<std::string> stat = parse_stat(proc_text(pid, "stat"));
  if (stat.size() > 3 && stat[3] == decimal(pid)) append(id, TaskSessionStarted{}, How::Read);
  const std::uint64_t blocked = status_number(status, "SigBlk", 16);
  if (blocked != world().tasks.at(id).blocked) append(id, SignalMaskSet{blocked}, How::Read);
  read_descriptors(pid, id, discoverer, *this);
  World mended = world();
  const std::vector<Difference> others =
      compare_with_proc(mended, id, pid, self, discoverer, Unsettled{});
  if (others.empty()) return id;
  append(id, Snapshot{std::make_shared<const World>(std::move(mended))}, How::Read);
  return id;
}

/// As pthread_create(3) makes it. It is not traced: nobody is told of its calls.
TaskId Recorder::Impl::client_begins(int tid) {
  const Task* process = world().tasks.find(self);
  if (process == nullptr) return {};
  clock_at(clock());
  TaskForked forked;
  forked.child = next_task(world());
  forked.parent = process->parent;
  forked.pids = {tid};
  forked.flags = abi::clone::kVm | abi::clone::kFs | abi::clone::kFiles | abi::clone::kSighand |
                 abi::clone::kThread;
  const TaskId id = forked.child;
  append(self, std::move(forked), How::Seen);
  return id;
}

void Recorder::Impl::fork(const SeenFork& fork) {
  SeenTask* parent = find(fork.parent);
  if (parent == nullptr) return;
  clock_at(clock());
  SyscallDone done;
  done.task = parent->id;
  // A call that is not known made a process like fork(2), as far as can be told.
  done.sys = fork.call.sys == abi::Sys::none ? abi::Sys::fork : fork.call.sys;
  done.args = fork.call.args;
  done.ret = fork.child;
  done.child_pids = numbers_of(fork.child);
  new_child = fork.child;
  {
    const Acting acting(*this, parent, How::Inferred);
    effects(done, *this);
    const SeenTask* child = find(fork.child);
    const Task* made = child == nullptr ? nullptr : world().tasks.find(child->id);
    const Task* maker = world().tasks.find(parent->id);
    const Role role =
        made == nullptr || maker == nullptr ? Role::Host : role_of_child(*maker, *made);
    if (made != nullptr && made->role != role) append(made->id, TaskRoleSet{role}, How::Inferred);
  }
  new_child = 0;
  parent->forked = true;
}

/// A thread that is not the leader takes the leader's number over.
void Recorder::Impl::exec(int tid, int former) {
  if (tid == former || seen.count(former) == 0) return;
  const auto leader = seen.find(tid);
  if (leader != seen.end()) tids.erase(leader->second.id.value);
  SeenTask task = seen.at(former);
  seen.erase(former);
  task.tid = tid;
  tids[task.id.value] = tid;
  seen[tid] = std::move(task);
}

void Recorder::Impl::end(const SeenEnd& end) {
  SeenTask* task = find(end.tid);
  if (task == nullptr || task->ended) return;
  clock_at(end.at);
  const Task* found = world().tasks.find(task->id);
  const bool alive = found != nullptr && !found->zombie();
  const bool half_seen = end.kind == EndKind::Killed && task->call && !task->told_blocked;
  if (alive) check(*task, half_seen);
  if (alive && end.kind == EndKind::Killed && !by_its_own_process(*task)) {
    const Acting acting(*this, task, How::Seen);
    act_on(*task, end.signal, TaskId{}, "from the kernel or outside");
  }
  end_call_line(*task);
  const Acting acting(*this, task, How::Inferred);
  task->ended = true;
  if (alive)
    exit_thread(task->id, end.kind == EndKind::Exited ? end.code : 0,
                end.kind == EndKind::Killed ? end.signal : 0, *this);
}

bool Recorder::Impl::traced_alive(TaskId task) const {
  const auto tid = tids.find(task.value);
  return tid != tids.end() && !seen.at(tid->second).ended;
}

/// A zombie whose parent is traced waits for that one's wait4; others are taken away unseen.
void Recorder::Impl::gone(const SeenEnd& end_) {
  SeenTask* task = find(end_.tid);
  if (task == nullptr) return;
  end(end_);
  task = find(end_.tid);
  const TaskId id = task->id;
  tids.erase(id.value);
  seen.erase(end_.tid);
  const Task* zombie = world().tasks.find(id);
  if (zombie == nullptr || living_thread(world(), zombie->leader) || zombie->leader != id) return;
  const Task* parent = world().tasks.find(zombie->parent);
  const TaskId waiter = parent == nullptr ? TaskId{} : living_thread(world(), parent->leader);
  if (traced_alive(waiter)) return;
  const Acting acting(*this, nullptr, How::Inferred);
  reap(id, zombie->parent, *this);
}

}  // namespace cutaway::real
