// Where every event of a real run is stamped: who, when, in which call and step, and how it is
// known. Numbers that effects had to make up become the real ones.
#include <variant>

#include "base/text.h"
#include "real/observe/proc_files.h"
#include "real/observe/proc_text.h"
#include "real/observe/recorder_impl.h"
#include "real/sys/files.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

struct Waiting {
  abi::Sys sys;
  const char* on;
};
constexpr Waiting kWaiting[] = {
    {abi::Sys::wait4, "child"},
    {abi::Sys::waitid, "child"},
    {abi::Sys::nanosleep, "timer"},
    {abi::Sys::clock_nanosleep, "timer"},
    {abi::Sys::pause, "signal"},
    {abi::Sys::rt_sigsuspend, "signal"},
    {abi::Sys::rt_sigtimedwait, "signal"},
    {abi::Sys::futex, "futex"},
    {abi::Sys::vfork, "child's execve or end"},
};

std::string what_it_waits_for(const World& world, const SeenTask& task) {
  for (const Waiting& row : kWaiting) {
    if (row.sys == task.call->sys) return row.on;
  }
  const Task* found = world.tasks.find(task.id);
  const OpenFile* file = found == nullptr || task.call->args.empty()
                             ? nullptr
                             : file_of(world, *found, task.call->args[0].value);
  return file == nullptr ? "return of the call" : file->is;
}

/// A namespace that the task is in now, or (unshare(2) of pid and time) that its children will be.
std::uint32_t number_of_namespace(int tid, NsKind kind, bool new_task) {
  const bool later = !new_task && (kind == NsKind::Pid || kind == NsKind::Time);
  const std::string name(ns_kind_name(kind));
  return number_in_link(proc_link(tid, "ns/" + name + (later ? "_for_children" : "")));
}

/// "pipe:[17]", by the descriptors that pipe2 gave out.
std::string name_of_new_pipe(const SeenTask& task) {
  const bool pipe =
      task.call && (task.call->sys == abi::Sys::pipe || task.call->sys == abi::Sys::pipe2);
  return pipe && !task.call->out.empty()
             ? proc_link(task.tid, "fd/" + decimal(task.call->out.front()))
             : std::string{};
}

}  // namespace

std::int64_t Recorder::Impl::clock() const {
  return options.clock ? options.clock() : monotonic_ns();
}

/// Stops are seen in an order that is not always that of their times: the trace's never go back.
void Recorder::Impl::clock_at(std::int64_t monotonic) {
  now = std::max(now, monotonic - options.start);
}

EventIndex Recorder::Impl::append(TaskId subject, Body body, How known) {
  Event event;
  event.stamp.t = now;
  event.stamp.task = subject;
  event.stamp.how = known;
  event.stamp.cause = cause;
  const auto tid = tids.find(subject.value);
  const SeenTask* whose = tid == tids.end() ? nullptr : &seen.at(tid->second);
  const SeenTask* who = actor != nullptr ? actor : whose;
  if (who != nullptr) {
    event.stamp.step = who->step;
    if (who->call) event.stamp.call = who->call_id;
    event.stamp.container = who->container;
  }
  if (whose != nullptr) event.stamp.container = whose->container;
  event.body = std::move(body);
  return trace.append(std::move(event));
}

/// Whoever is still in a call that began a while ago, and sleeps, waits for something. (Who is
/// stopped has returned, and is only waiting for this tracer.)
void Recorder::Impl::tell_blocked() {
  for (auto& each : seen) {
    SeenTask& task = each.second;
    if (!task.call || task.told_blocked || task.ended || &task == actor || now < task.look_at)
      continue;
    task.look_at = now + kBlockedNs;
    const std::vector<std::string> stat = parse_stat(proc_text(task.tid, "stat"));
    if (stat.empty() || (stat.front() != "S" && stat.front() != "D")) continue;
    task.told_blocked = true;
    const Acting acting(*this, &task, How::Read);
    append(
        task.id,
        TaskBlocked{std::string(abi::sys_name(task.call->sys)), what_it_waits_for(world(), task)},
        How::Read);
  }
}

void Recorder::Impl::emit(TaskId subject, Body&& body) {
  if (const auto* usage = std::get_if<cutaway::CgroupUsage>(&body)) {
    // Counters are the kernel's own; only members of a cgroup that this run made can be counted.
    if (usage->file != "pids.current" || made_cgroups.count(usage->id.value) == 0) return;
  }
  const auto* cgroup = std::get_if<CgroupCreated>(&body);
  if (cgroup != nullptr && how != How::Read) made_cgroups.insert(cgroup->id.value);
  if (const auto* made = std::get_if<FilesystemMade>(&body)) {
    if (made->filesystem.is("overlay")) new_overlays.push_back(made->filesystem.id);
  }
  if (const auto* dropped = std::get_if<SignalIgnored>(&body))
    ignored.emplace(dropped->to.value, dropped->sig);
  const bool exit = std::holds_alternative<TaskExited>(body);
  if (exit) {
    const auto tid = tids.find(subject.value);
    // Another task's end may take this one along while it is in a call.
    if (tid != tids.end() && &seen.at(tid->second) != actor) end_call_line(seen.at(tid->second));
  }
  make_real(subject, body);
  const EventIndex before = cause;
  const bool answers_signal = std::holds_alternative<SignalIgnored>(body) ||
                              std::holds_alternative<SignalDelivered>(body) || exit;
  const auto sent = signal_to.find(subject.value);
  if (answers_signal && sent != signal_to.end()) cause = sent->second;
  TaskId signalled;
  if (const auto* signal = std::get_if<SignalSent>(&body)) signalled = signal->to;
  // Its own end is what the tracer saw; what follows from it is inferred.
  const bool own_end = exit && actor != nullptr && actor->id == subject && actor->ended;
  const EventIndex index = append(subject, std::move(body), own_end ? How::Seen : how);
  cause = before;
  if (signalled) signal_to[signalled.value] = index;
}

/// A new task: it is traced from now on.
void Recorder::Impl::note_child(TaskId id) {
  SeenTask child;
  child.tid = new_child;
  child.id = id;
  if (actor != nullptr) {
    child.container = actor->container;
    child.step = actor->step;
    child.own_program = actor->own_program;
    child.word = actor->word;
  }
  tids[id.value] = new_child;
  seen[new_child] = std::move(child);
}

/// What the effects of a call could not know.
void Recorder::Impl::make_real(TaskId subject, Body& body) {
  if (const auto* forked = std::get_if<TaskForked>(&body)) {
    note_child(forked->child);
    return;
  }
  const auto found = tids.find(subject.value);
  if (found == tids.end()) return;
  const int tid = found->second;
  if (auto* made = std::get_if<NsCreated>(&body)) {
    const std::uint32_t real = number_of_namespace(tid, made->type, tid == new_child);
    if (real != 0) made->inode = real;
  } else if (auto* execed = std::get_if<TaskExeced>(&body)) {
    // A program without a place (memfd) is named as /proc shows it.
    if (!execed->mount) execed->path = proc_link(tid, "exe");
  } else if (auto* pipe = std::get_if<PipeMade>(&body)) {
    const std::string link =
        pipe->fifo || actor == nullptr ? std::string{} : name_of_new_pipe(*actor);
    if (!link.empty()) pipe->name = link;
  } else if (auto* opened = std::get_if<FileOpened>(&body)) {
    if (opened->file.where.mount) return;
    const std::string link = proc_link(tid, "fd/" + decimal(opened->fd));
    if (!link.empty()) opened->file.is = link;
  }
}

}  // namespace cutaway::real
