// The kernel's front door, and what Sys tells the kernel besides calls.
#include "sim/kernel/kernel.h"

#include <utility>

#include "sim/core/sys.h"
#include "sim/kernel/boot.h"
#include "sim/kernel/kernel_impl.h"
#include "sim/kernel/sink.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

void ProgramTable::add(const ProgramRow& row) { rows_.push_back(row); }
const ProgramRow* ProgramTable::find(std::string_view name) const {
  for (const ProgramRow& row : rows_) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

Kernel::Kernel(Trace& trace, const ProgramTable& programs, Internet& internet, std::uint64_t seed)
    : impl_(std::make_unique<Impl>(trace, programs, internet, seed)) {
  impl_->self = this;
}
Kernel::~Kernel() = default;

void Kernel::boot(World world, const std::vector<Start>& given) {
  impl_->cpus = Cpus(world.machine.cpus);
  put_host_contents(impl_->trace.blobs);
  std::vector<Start> starts = given;
  // Somebody must wait for orphans.
  const Task* init = task_by_pid(world, 1);
  bool init_runs = init == nullptr;
  for (const Start& start : starts) init_runs = init_runs || start.task == init->id;
  if (!init_runs) starts.insert(starts.begin(), Start{init->id, host_init, State{}});
  std::vector<TaskId> tasks;
  world.tasks.each([&tasks](const Task& task) { tasks.push_back(task.id); });
  Event first;
  first.body = Snapshot{std::make_shared<const World>(std::move(world))};
  impl_->trace.append(std::move(first));
  for (const TaskId task : tasks) impl_->add_task(task, nullptr);
  for (const Start& start : starts) {
    TaskRun* run = impl_->run_of(start.task);
    CHECK(run != nullptr);
    run->entry = start.entry;
    run->state = start.state;
    impl_->enqueue(*run, kNoEvent);
  }
  impl_->dispatch();
}

bool Kernel::step() { return impl_->step(); }
void Kernel::set_step_rule(StepRule rule) { impl_->step_rule = rule; }
std::int64_t Kernel::next_time() const {
  impl_->drop_stale();
  return impl_->agenda.empty() ? -1 : impl_->agenda.next().t;
}
void Kernel::advance_to(std::int64_t t) {
  const std::int64_t next = next_time();
  CHECK(t >= impl_->now && (next < 0 || next >= t));
  impl_->now = t;
}
std::int64_t Kernel::now() const { return impl_->now; }
const World& Kernel::world() const { return impl_->world(); }
Trace& Kernel::trace() { return impl_->trace; }
const ProgramTable& Kernel::programs() const { return impl_->programs; }

namespace {

/// Who holds a write end of the pipe: its task, descriptor and open file.
struct WriteEnd {
  TaskId task;
  std::int32_t fd = -1;
  FileId file;
};
WriteEnd find_write_end(const World& world, PipeId pipe) {
  WriteEnd end;
  world.tasks.first([&](const Task& task) {
    const FdTable* table = world.fd_tables.find(task.fds);
    if (table == nullptr || task.zombie()) return false;
    for (const auto& [fd, entry] : table->fds) {
      const OpenFile* file = world.files.find(entry.file);
      if (file == nullptr || file->pipe != pipe || file->kind != FileKind::PipeWrite) continue;
      end = WriteEnd{task.id, fd, entry.file};
      return true;
    }
    return false;
  });
  return end;
}

}  // namespace

void Kernel::feed(PipeId pipe, std::string_view bytes) {
  const WriteEnd end = find_write_end(world(), pipe);
  CHECK(end.fd >= 0);
  if (bytes.empty()) return;
  BytesMoved moved;
  moved.fd = end.fd;
  moved.dir = Direction::Out;
  moved.bytes = static_cast<std::int64_t>(bytes.size());
  moved.is = ChannelKind::Pipe;
  moved.file = end.file;
  moved.data = impl_->trace.blobs.put(bytes);
  moved.text = std::string(bytes.substr(0, kCaptureBytes));
  impl_->emit(end.task, std::move(moved));
  impl_->settle();
  impl_->dispatch();
}

void Kernel::close_feed(PipeId pipe) {
  const WriteEnd end = find_write_end(world(), pipe);
  if (end.fd < 0) return;
  impl_->emit(end.task, FileClosed{end.fd});
  impl_->settle();
  impl_->dispatch();
}

void Kernel::start_beside(TaskId like, Entry entry, const State& state) {
  TaskRun& sibling = *impl_->run_of(like);
  SyscallDone done;
  done.task = like;
  done.sys = abi::Sys::clone;
  done.args = {Arg::integer(static_cast<std::int64_t>(abi::clone::kParent | abi::sig::kChld))};
  impl_->last_child = TaskId{};
  const bool in_call = std::exchange(sibling.in_call, false);  // it is not that call that does this
  {
    Sink sink(*impl_);
    effects(done, sink);
  }
  sibling.in_call = in_call;
  TaskRun& child = impl_->add_task(impl_->last_child, nullptr);
  child.entry = entry;
  child.state = state;
  impl_->enqueue(child, static_cast<EventIndex>(impl_->trace.size() - 1));
  impl_->settle();
  impl_->dispatch();
}

void Kernel::signal_from_outside(TaskId task, int signal) {
  const Task* init = task_by_pid(world(), 1);
  Sink sink(*impl_);
  signal_effects(init == nullptr ? TaskId{} : init->id, task, signal, "from outside", sink);
  impl_->settle();
  impl_->dispatch();
}

// ---- What Sys tells the kernel besides calls

void Sys::step(std::string_view name) {
  TaskRun& run = *kernel_->impl_->run_of(self());
  run.step = name.empty() ? StepId{} : kernel_->impl_->trace.step_id(name);
}
void Sys::about(ContainerId container) { kernel_->impl_->run_of(self())->container = container; }
void Sys::emit(Body body) { kernel_->impl_->emit(self(), std::move(body)); }
void Sys::role(Role role) { kernel_->impl_->emit(self(), TaskRoleSet{role}); }
const World& Sys::world() const { return kernel_->impl_->world(); }
BlobStore& Sys::blobs() { return kernel_->impl_->trace.blobs; }
std::int64_t Sys::now() const { return kernel_->impl_->now; }
void Sys::compute(std::int64_t ns) { kernel_->impl_->run_of(self())->debt_ns += ns; }
void Sys::touch(std::int64_t pages) { kernel_->impl_->touch(self(), pages); }
std::uint64_t Sys::random() { return kernel_->impl_->prng.next(); }
std::vector<int> Sys::take_signals() {
  return std::exchange(kernel_->impl_->run_of(self())->caught, {});
}
std::any& Sys::shared_any() { return kernel_->impl_->shared[world().tasks.at(self()).memory]; }

}  // namespace cutaway::sim
