// The kernel's front door, and what Sys tells the kernel besides calls.
#include "sim/kernel/kernel.h"

#include <utility>

#include "sim/core/sys.h"
#include "sim/kernel/boot.h"
#include "sim/kernel/kernel_impl.h"
#include "sim/kernel/sink.h"
#include "trace/world/lookup.h"
#include "trace/world/new_id.h"

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
  // Somebody must wait for orphans: here, and on the computer around a VM.
  std::vector<Start> inits;
  world.namespaces.each([&](const Namespace& each) {
    bool runs = each.type != NsKind::Pid || !world.tasks.contains(each.init);
    for (const Start& start : given) runs = runs || start.task == each.init;
    if (!runs) inits.push_back(Start{each.init, host_init, State{}});
  });
  starts.insert(starts.begin(), inits.begin(), inits.end());
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
void Kernel::set_disk_full(std::int64_t after_writes) { impl_->disk_writes_left = after_writes; }
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

namespace {

/// Its stdout and stderr are that capture from now on.
void lead_to(Kernel::Impl& kernel, TaskId task, TerminalId capture) {
  for (const std::int32_t channel : {1, 2}) {
    kernel.emit(task, FileClosed{channel});
    FileOpened opened;
    opened.fd = channel;
    opened.file.id = next_file(kernel.world());
    opened.file.kind = FileKind::Terminal;
    opened.file.terminal = capture;
    opened.file.channel = channel;
    opened.file.flags = abi::o::kWronly;
    opened.file.is = kernel.world().terminals.at(capture).name;
    kernel.emit(task, std::move(opened));
  }
}

}  // namespace

void Kernel::start_beside(TaskId like, Entry entry, const State& state, TerminalId capture) {
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
  if (capture) lead_to(*impl_, child.id, capture);
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

// A program that is begun again (Context::rebuild) has told all this the first time.

void Sys::step(std::string_view name) {
  if (context_->rebuilding()) return;
  TaskRun& run = *kernel_->impl_->run_of(self());
  run.step = name.empty() ? StepId{} : kernel_->impl_->trace.step_id(name);
  run.in_step = !name.empty();
}
void Sys::about(ContainerId container) {
  if (!context_->rebuilding()) kernel_->impl_->run_of(self())->container = container;
}
void Sys::emit(Body body) {
  if (!context_->rebuilding()) kernel_->impl_->emit(self(), std::move(body));
}
void Sys::role(Role role) { emit(TaskRoleSet{role}); }
void Sys::compute(std::int64_t ns) {
  if (!context_->rebuilding()) kernel_->impl_->run_of(self())->debt_ns += ns;
}
void Sys::touch(std::int64_t pages) {
  const bool counts = !context_->rebuilding() && !kernel_->impl_->run_of(self())->outside;
  if (counts) kernel_->impl_->touch(self(), pages);
}

// What another moment would answer differently.

const World& Sys::world() const {
  context_->looked_around();
  return kernel_->impl_->world();
}
BlobStore& Sys::blobs() {
  context_->looked_around();
  return kernel_->impl_->trace.blobs;
}
std::int64_t Sys::now() const {
  context_->looked_around();
  return kernel_->impl_->now;
}
std::uint64_t Sys::random() {
  context_->looked_around();
  return kernel_->impl_->prng.next();
}
std::vector<int> Sys::take_signals() {
  if (context_->rebuilding()) return context_->told_of_signals({});
  return context_->told_of_signals(std::exchange(kernel_->impl_->run_of(self())->caught, {}));
}
void Sys::handlers_end(std::uint64_t signals) {
  if (!context_->rebuilding()) kernel_->impl_->run_of(self())->handlers_end = signals;
}
std::any& Sys::shared_any() {
  context_->looked_around();
  return kernel_->impl_->shared[kernel_->impl_->world().tasks.at(self()).memory];
}

}  // namespace cutaway::sim
