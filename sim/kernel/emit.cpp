// All that the simulated kernel tells the trace goes through one place: it stamps who, when, in
// which step and call, and why, and notes whom the event may let go on.
#include <utility>
#include <variant>

#include "sim/kernel/kernel_impl.h"
#include "sim/kernel/sink.h"

namespace cutaway::sim {
namespace {

bool is_cpu_quota(const std::string& file) {
  return file == "cpu.max" || file == "cpu.cfs_quota_us" || file == "cpu.cfs_period_us";
}

/// What an event may let go on, once it has happened.
struct Toucher {
  Kernel::Impl& kernel;
  TaskId subject;
  EventIndex index;

  void touch(WaitKind kind, std::uint32_t id) const {
    if (id != 0) kernel.touched.emplace_back(WaitKey{kind, id}, index);
  }
  void file(FileId id) const {
    if (const OpenFile* found = kernel.world().files.find(id)) kernel.touch_file(*found, index);
  }
  void parent(TaskId id) const {
    if (const Task* found = kernel.world().tasks.find(id))
      touch(WaitKind::Child, found->leader.value);
  }
  void socket(const Socket& s) const {
    touch(WaitKind::Socket, s.id.value);
    touch(WaitKind::Socket, s.peer.value);
    touch(WaitKind::Pipe, s.incoming.value);
    touch(WaitKind::Pipe, s.outgoing.value);
  }

  void operator()(const BytesMoved& body) const { file(body.file); }
  void operator()(const FileOpened& body) const {
    kernel.touch_file(body.file, index);
    if (body.file.pipe) touch(WaitKind::Fifo, body.file.inode.value);
  }
  void operator()(const TerminalShown& body) const {
    touch(WaitKind::Terminal, body.terminal.value);
  }
  void operator()(const TerminalTyped& body) const {
    if (const Terminal* terminal = kernel.world().terminals.find(body.terminal))
      touch(WaitKind::Pipe, terminal->input.value);
  }
  void operator()(const NetSent& body) const { touch(WaitKind::Socket, body.socket.value); }
  void operator()(const SocketMade& body) const { socket(body.socket); }
  void operator()(const SocketChanged& body) const {
    // Who waits for bytes of a direction that is shut down now waits no longer.
    if (const Socket* before = kernel.world().sockets.find(body.socket.id)) socket(*before);
    socket(body.socket);
  }
  void operator()(const TaskExeced&) const { touch(WaitKind::Exec, subject.value); }
  void operator()(const TaskExited&) const {
    touch(WaitKind::Exec, subject.value);
    if (const Task* task = kernel.world().tasks.find(subject)) parent(task->parent);
  }
  void operator()(const TaskReparented& body) const { parent(body.to); }
  void operator()(const TaskReaped& body) const { parent(body.by); }
  void operator()(const TaskForked& body) const { kernel.last_child = body.child; }
  void operator()(const CgroupRemoved& body) const {
    kernel.frozen_cgroups.erase(body.id);
    kernel.cpu_ns.erase(body.id);
    kernel.fair.erase(body.id);
    kernel.bandwidths.erase(body.id);
  }
  void operator()(const CgroupAttached& body) const { kernel.note_cpu_place(body); }
  void operator()(const TaskAffinitySet&) const { kernel.cpus_narrowed = true; }
  void operator()(const CgroupLimited& body) const {
    kernel.note_freezer(body);
    if (body.file == "memory.max") kernel.limited.emplace_back(body.id, index);
    if (is_cpu_quota(body.file)) kernel.quota_written.push_back(body.id);
    if (body.file == "cpuset.cpus") kernel.cpus_narrowed |= kernel.narrows(body);
  }
  void operator()(const SignalSent& body) const {
    kernel.signalled.push_back(body.to);
    if (TaskRun* run = kernel.run_of(body.to)) run->signalled_by = index;
  }
  template <class Other>
  void operator()(const Other&) const {}
};

/// What a kernel tells of the calls and the cpus of its own tasks.
bool tells_of_this_kernel(const Body& body) {
  return std::holds_alternative<Syscall>(body) || std::holds_alternative<TaskBlocked>(body) ||
         std::holds_alternative<TaskOn>(body) || std::holds_alternative<TaskOff>(body);
}

}  // namespace

void Kernel::Impl::touch_file(const OpenFile& file, EventIndex index) {
  if (file.pipe) touched.emplace_back(WaitKey{WaitKind::Pipe, file.pipe.value}, index);
  if (const Terminal* terminal = world().terminals.find(file.terminal)) {
    touched.emplace_back(WaitKey{WaitKind::Terminal, terminal->id.value}, index);
    touched.emplace_back(WaitKey{WaitKind::Pipe, terminal->input.value}, index);
  }
  if (!file.socket) return;
  if (const Socket* socket = world().sockets.find(file.socket)) {
    Toucher{*this, TaskId{}, index}.socket(*socket);
  }
}

void Kernel::Impl::touch_fd_table(FdTableId id, bool only_cloexec, EventIndex index) {
  const FdTable* table = world().fd_tables.find(id);
  if (table == nullptr || (!only_cloexec && table->users > 1)) return;
  for (const auto& [fd, entry] : table->fds) {
    const OpenFile* file = world().files.find(entry.file);
    if (file != nullptr && (entry.cloexec || !only_cloexec)) touch_file(*file, index);
  }
}

/// What must be known from the World as it still is: whose pipes are closed, who leaves a cpu.
void Kernel::Impl::before(TaskId subject, const Body& body) {
  const Task* task = world().tasks.find(subject);
  if (task == nullptr) return;
  if (std::holds_alternative<TaskExited>(body)) {
    if (TaskRun* run = run_of(subject)) end_of_task(*run);
  }
  const auto index = static_cast<EventIndex>(trace.size());
  if (std::holds_alternative<TaskExited>(body))
    touch_fd_table(world().tasks.at(subject).fds, false, index);
  if (std::holds_alternative<TaskExeced>(body)) touch_fd_table(task->fds, true, index);
  std::int64_t closes = -1;
  if (const auto* closed = std::get_if<FileClosed>(&body)) closes = closed->fd;
  if (const auto* over = std::get_if<FileDuplicated>(&body)) closes = over->fd;
  if (closes < 0) return;
  const FdTable* table = world().fd_tables.find(task->fds);
  if (table == nullptr) return;
  const auto entry = table->fds.find(static_cast<std::int32_t>(closes));
  if (entry == table->fds.end()) return;
  if (const OpenFile* file = world().files.find(entry->second.file)) touch_file(*file, index);
}

EventIndex Kernel::Impl::emit(TaskId subject, Body&& body, EventIndex cause) {
  if (!std::holds_alternative<Syscall>(body)) before(subject, body);
  const TaskRun* run = run_of(subject);
  const TaskRun* who = actor != nullptr ? actor : run;
  if (run != nullptr && run->outside && tells_of_this_kernel(body)) return kNoEvent;
  Event event{Stamp{}, std::move(body)};
  event.stamp.t = now;
  event.stamp.task = subject;
  event.stamp.cause = cause;
  if (who != nullptr) event.stamp.step = who->step;
  if (who != nullptr && who->in_call && !who->outside) event.stamp.call = who->call;
  if (run != nullptr)
    event.stamp.container = run->container;
  else if (who != nullptr)
    event.stamp.container = who->container;
  std::visit(Toucher{*this, subject, static_cast<EventIndex>(trace.size())}, event.body);
  return trace.append(std::move(event));
}

// ---- Sink: effects of one call, with what caused what

void Sink::emit(TaskId subject, Body&& body) {
  EventIndex cause = exit_ != kNoEvent ? exit_ : cause_;
  if (std::holds_alternative<SignalIgnored>(body) ||
      std::holds_alternative<SignalDelivered>(body)) {
    cause = signal_to_[subject];
  }
  const bool exit = std::holds_alternative<TaskExited>(body);
  if (exit) {
    const auto signal = signal_to_.find(subject);
    if (signal != signal_to_.end()) cause = signal->second;
  }
  TaskId signalled;
  if (const auto* sent = std::get_if<SignalSent>(&body)) signalled = sent->to;
  const EventIndex index = kernel_.emit(subject, std::move(body), cause);
  if (exit) exit_ = index;
  if (signalled) signal_to_[signalled] = index;
}

const World& Sink::world() const { return kernel_.world(); }

Walk Sink::look_up(const Task& task, std::string_view path, LastLink last, const Location* from) {
  std::optional<Walk> known = kernel_.walks.take(task.id, kernel_.trace.size(), path, last, from);
  return known ? std::move(*known) : walk(world(), task, path, last, from);
}

}  // namespace cutaway::sim
