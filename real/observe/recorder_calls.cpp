// Calls: discovery at their entry, effects and the line of the call at their return.
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "real/observe/descriptors.h"
#include "real/observe/proc_files.h"
#include "real/observe/recorder_impl.h"
#include "spec/plan/steps.h"
#include "trace/abi/task_calls.h"
#include "trace/effects/call.h"
#include "trace/world/descriptor_names.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

/// The descriptors that came back by pointer, where the arguments do not show them.
void show_new_descriptors(SeenCall& call) {
  std::size_t at = call.args.size();
  if (call.sys == abi::Sys::pipe || call.sys == abi::Sys::pipe2) at = 0;
  if (call.sys == abi::Sys::socketpair) at = 3;
  if (at >= call.args.size() || call.ret < 0 || call.out.size() != 2 ||
      call.args[at].items.size() == 2)
    return;
  Arg ends;
  ends.tag = ArgTag::List;
  ends.items = {Arg::integer(call.out[0]), Arg::integer(call.out[1])};
  call.args[at] = std::move(ends);
}

/// Which argument of a call that changes a file's content says where; -2: none does.
struct Writing {
  abi::Sys sys;
  int offset;  ///< argument, or −1: the descriptor's own offset
};
constexpr Writing kWriting[] = {
    {abi::Sys::write, -1},
    {abi::Sys::writev, -1},
    {abi::Sys::pwrite64, 3},
    {abi::Sys::pwritev, 3},
};
constexpr std::size_t kContentMax = 1U << 20U;

}  // namespace

SeenTask* Recorder::Impl::find(int tid) {
  const auto found = seen.find(tid);
  return found == seen.end() ? nullptr : &found->second;
}

StepId Recorder::Impl::step_of(const SeenTask& task, const SeenCall& call) {
  if (task.own_program) {
    const std::int64_t first = call.args.empty() ? 0 : call.args[0].value;
    return trace.step_id(spec::workload_step(call.sys, first));
  }
  if (call.step >= options.steps.size() || options.steps[call.step].empty()) return StepId{};
  return trace.step_id(options.steps[call.step]);
}

void Recorder::Impl::enter(const SeenCall& call) {
  SeenTask* task = find(call.tid);
  clock_at(call.entered);
  if (task == nullptr) {
    if (lost++ == 0) lost_from = now;
    lost_to = now;
    return;
  }
  if (task->ended) return;
  if (task->call) end_call_line(*task);
  const bool next_step = task->has_word && task->word != call.step && !task->own_program;
  if (next_step || task->check_due) check(*task);
  task->word = call.step;
  task->has_word = true;
  task->step = step_of(*task, call);
  task->call = call;
  task->call_id = CallId{++calls};
  task->forked = task->told_blocked = false;
  task->look_at = now + kBlockedNs;
  const Acting acting(*this, task, How::Read);
  discoverer.call(call, task->id, *this);
}

/// The task ended in its call, or the call was given up: it never returned.
void Recorder::Impl::end_call_line(SeenTask& task) {
  if (!task.call) return;
  const Acting acting(*this, &task, How::Seen);
  Syscall line;
  line.sys = task.call->sys;
  line.args = task.call->args;
  line.dur = std::max<std::int64_t>(0, now - (task.call->entered - options.start));
  line.returned = false;
  if (const Task* found = world().tasks.find(task.id))
    name_descriptors(world(), *found, line.sys, line.args);
  append(task.id, std::move(line), How::Seen);
  task.call.reset();
}

/// The bytes of a regular file after a write to it, where they were known before.
BlobId Recorder::Impl::content_after(const SeenTask& task, const SeenCall& call) {
  const Task* who = world().tasks.find(task.id);
  for (const Writing& row : kWriting) {
    if (row.sys != call.sys || who == nullptr || call.args.empty() || call.ret <= 0) continue;
    const OpenFile* file = file_of(world(), *who, call.args[0].value);
    const Inode* inode = file == nullptr ? nullptr : world().inodes.find(file->inode);
    if (inode == nullptr || file->kind != FileKind::Inode ||
        call.data.size() != static_cast<std::size_t>(call.ret))
      return BlobId{};
    std::string bytes(trace.blobs.get(inode->content));
    if (bytes.size() != static_cast<std::size_t>(inode->size)) return BlobId{};
    const bool appends = (file->flags & abi::o::kAppend) != 0;
    const auto argument = static_cast<std::size_t>(std::max(row.offset, 0));
    const std::int64_t offset = row.offset >= 0 && argument < call.args.size()
                                    ? call.args[argument].value
                                : appends ? inode->size
                                          : file->offset;
    const std::size_t end = static_cast<std::size_t>(offset) + call.data.size();
    if (offset < 0 || end > kContentMax) return BlobId{};
    if (bytes.size() < end) bytes.resize(end, '\0');
    bytes.replace(static_cast<std::size_t>(offset), call.data.size(), call.data);
    return trace.blobs.put(bytes);
  }
  return BlobId{};
}

void Recorder::Impl::take_effects(SeenTask& task, SeenCall& call, bool told) {
  SyscallDone done;
  done.task = task.id;
  done.sys = call.sys;
  done.args = call.args;
  done.ret = call.ret;
  done.err = call.err;
  if (!call.data.empty()) done.data = trace.blobs.put(call.data);
  done.content = content_after(task, call);
  if (abi::is_exec(call.sys) && call.ret >= 0) {
    done.program = std::string(trim(proc_text(task.tid, "comm")));
    const std::vector<std::string> sizes = split(proc_text(task.tid, "statm"), ' ');
    if (sizes.size() > 1) parse_decimal(sizes[1], done.pages);
  }
  const Acting acting(*this, &task, How::Inferred);
  if (!told) effects(done, *this);
  // Descriptors that come along with something else: what they are, only /proc tells.
  const bool with_pidfd = abi::makes_task(call.sys) && !call.out.empty();
  if (call.ret >= 0 && (with_pidfd || (call.sys == abi::Sys::recvmsg && !call.out.empty()))) {
    how = How::Read;
    read_descriptors(task.tid, task.id, discoverer, *this);
  }
  if (new_overlays.empty()) return;
  // What lies in an upper layer already is the container's from the start.
  how = How::Read;
  for (const FilesystemId overlay : std::exchange(new_overlays, {}))
    discoverer.upper_layer(task.tid, task.id, overlay, *this);
}

/// For the length of the call this process is as if it were traced.
void Recorder::Impl::own_call(ContainerId container, std::string_view step, abi::Sys sys,
                              std::vector<Arg> args) {
  if (!world().tasks.contains(self)) return;
  const int tid = ::getpid();
  SeenTask& task = seen[tid];
  tids[self.value] = tid;
  task.tid = tid;
  task.id = self;
  task.container = container;
  task.step = trace.step_id(step);
  task.call.emplace();
  task.call->tid = tid;
  task.call->sys = sys;
  task.call->args = std::move(args);
  task.call->entered = task.call->returned_at = clock();
  task.call_id = CallId{++calls};
  clock_at(task.call->entered);
  {
    const Acting acting(*this, &task, How::Read);
    discoverer.call(*task.call, self, *this);
  }
  SeenCall done = *task.call;
  done.returned = true;
  finish_call(task, done);
  tids.erase(self.value);
  seen.erase(tid);
}

void Recorder::Impl::finish_call(SeenTask& task, const SeenCall& seen_call) {
  if (!task.call) return;
  clock_at(seen_call.returned_at);
  if (!seen_call.returned) {
    end_call_line(task);
    return;
  }
  SeenCall call = seen_call;
  show_new_descriptors(call);
  // What came back by pointer is needed while effects are told (make_real).
  task.call->out = call.out;
  if (const Task* who = world().tasks.find(task.id))
    name_descriptors(world(), *who, call.sys, call.args);
  const bool made_task = abi::makes_task(call.sys) && call.ret >= 0;
  if (!made_task || !task.forked || !call.out.empty())
    take_effects(task, call, made_task && task.forked);
  tell_blocked();
  {
    const Acting acting(*this, &task, How::Seen);
    Syscall line;
    line.sys = call.sys;
    line.args = std::move(call.args);
    line.ret = call.ret;
    line.err = call.err;
    line.dur = std::max<std::int64_t>(0, call.returned_at - task.call->entered);
    append(task.id, std::move(line), How::Seen);
  }
  task.call.reset();
  if (!abi::is_exec(call.sys) || call.ret < 0) return;
  const Task* now_runs = world().tasks.find(task.id);
  task.own_program =
      now_runs != nullptr && (now_runs->role == Role::Workload || now_runs->role == Role::Exec);
  check(task);
}

}  // namespace cutaway::real
