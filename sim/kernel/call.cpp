// The life of a system call: entry, cost, decision, effects, return; or a wait and then again.
#include <algorithm>
#include <utility>

#include "sim/kernel/seccomp.h"
#include "sim/kernel/sink.h"
#include "sim/kernel/syscall_table.h"
#include "trace/effects/call.h"
#include "trace/world/descriptor_names.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

/// What entering and leaving the kernel costs for a call it does not have, or that a filter
/// answers.
constexpr std::int64_t kEmptyCallNs = 80;

/// The program computes and asks nothing (Sys::burst).
bool is_burst(const Request& request) { return request.sys == abi::Sys::none; }

std::int64_t cost_of(const Request& request) {
  if (is_burst(request)) return 0;  // it has told its time
  const SyscallRow* row = syscall_row(request.sys);
  if (row == nullptr) return kEmptyCallNs;
  return row->cost_ns + row->ps_per_byte * static_cast<std::int64_t>(request.data.size()) / 1000;
}

/// A signal set is a word, or a list of signals.
std::uint64_t signal_set(const Arg& arg) {
  auto set = static_cast<std::uint64_t>(arg.value);
  for (const Arg& item : arg.items) {
    const int signal = abi::signal_of(item.text);
    if (signal >= 1 && signal <= 64) set |= std::uint64_t{1} << (signal - 1);
  }
  return set;
}

/// Before a handler is asked.
abi::Errno refused_at_entry(const Ask& ask, const SyscallRow* row) {
  const abi::Errno filtered = seccomp_verdict(ask);
  if (filtered != abi::Errno::kOk) return filtered;
  if (row == nullptr) return abi::Errno::kENOSYS;
  return ask.request.bad_pointer == BadPointer::First ? abi::Errno::kEFAULT : abi::Errno::kOk;
}

std::string futex_name(const World& world, TaskId task, const std::string& word) {
  return std::to_string(world.tasks.at(task).memory.value) + "/" + word;
}

}  // namespace

void Kernel::Impl::enter(TaskRun& run) {
  if (!run.own && run.context->finished()) {
    // main returned: the C library ends the whole process; a thread's function ends the thread
    // alone.
    const Task& task = world().tasks.at(run.id);
    run.own = Request{};
    run.own->sys = task.leader == task.id ? abi::Sys::exit_group : abi::Sys::exit;
    run.own->args = {Arg::integer(run.context->exit_code())};
  }
  const Request& request = request_of(run);
  if (step_rule != nullptr && !run.in_step) {
    const std::string_view step = step_rule(world().tasks.at(run.id).role, request);
    if (!step.empty()) run.step = trace.step_id(step);
  }
  run.in_call = true;
  run.call = CallId{++calls};
  run.entered = now;
  run.random = prng.next();
  run.woken = false;
  run.progress = 0;
  if (request.sys == abi::Sys::rt_sigsuspend) run.suspended = signal_set(request.args.at(0));
  if (request.sys == abi::Sys::futex) {
    run.futex_seen = futex_wakes[futex_name(world(), run.id, request.key)];
  }
  const std::int64_t cost = cost_of(request) + std::exchange(run.debt_ns, 0);
  run.completes_at = now + cost;
  agenda.add(run.completes_at, Happening::CallCompletes, run.id, ++run.ticket);
}

Decision Kernel::Impl::decide(const TaskRun& run, Walks* noted) const {
  const Request& request = request_of(run);
  const Task& task = world().tasks.at(run.id);
  bool woken = run.woken;
  if (request.sys == abi::Sys::futex) {
    const auto wakes = futex_wakes.find(futex_name(world(), run.id, request.key));
    woken = wakes != futex_wakes.end() && wakes->second != run.futex_seen;
  }
  Ask ask{world(), task,         request, trace.blobs, programs, remotes,   now,       run.entered,
          woken,   run.progress, &fifos,  &changes,    &timers,  &specials, run.random};
  ask.action_flags = &action_flags;
  ask.disk_full = disk_writes_left == 0;
  ask.walks = noted;
  const SyscallRow* row = syscall_row(request.sys);
  const abi::Errno refused = refused_at_entry(ask, row);
  Decision decision = refused == abi::Errno::kOk ? row->decide(ask) : refuse(refused);
  const bool succeeds = decision.kind == Decision::Kind::Return && decision.err == abi::Errno::kOk;
  if (succeeds && request.bad_pointer == BadPointer::Last) decision = refuse(abi::Errno::kEFAULT);
  return decision;
}

void Kernel::Impl::complete(TaskRun& run) {
  if (is_burst(request_of(run))) {
    run.in_call = false;
    run.reply = Reply{};
    if (request_of(run).rests) rest(run);
    return;
  }
  actor = &run;
  if (run.decided) {  // vfork's parent: the child is on its own now
    const Decision decision = *std::exchange(run.decided, std::nullopt);
    emit_syscall(run, decision, true);
    run.reply = decision.reply;
  } else {
    walks.begin(run.id, trace.size());
    Decision decision = decide(run, &walks);
    if (decision.group_signal != 0) {
      Sink sink(*this);
      group_signal_effects(world().tasks.at(run.id).process_group, decision.group_signal,
                           "the background at its terminal", sink);
    }
    if (decision.content && disk_writes_left > 0) --disk_writes_left;
    if (decision.kind == Decision::Kind::Return) {
      finish(run, std::move(decision));
    } else if (has_fatal_signal(run)) {
      run.args = request_of(run).args;
      emit_syscall(run, decision, false);
      deliver_signals(run);
    } else if (has_caught_signal(run)) {
      interrupt_call(run, decision);
    } else if (!has_signal(run) || deliver_signals(run)) {
      // What has no handler does not end the call: it goes on after a stop (signal(7),
      // ERESTARTSYS).
      block(run, std::move(decision));
    }
  }
  actor = nullptr;
}

void Kernel::Impl::block(TaskRun& run, Decision decision) {
  if (decision.connect_remote) start_remote(run, decision);
  if (decision.moved) move_part(run, decision);
  if (decision.fifo && !run.fifo) {
    FifoWaiters& queue = fifos[decision.fifo];
    ++(decision.fifo_writes ? queue.writers : queue.readers);
    run.fifo = decision.fifo;
    run.fifo_writes = decision.fifo_writes;
    touched.emplace_back(WaitKey{WaitKind::Fifo, run.fifo.value},
                         static_cast<EventIndex>(trace.size()));
  }
  emit(run.id, TaskBlocked{std::string(abi::sys_name(request_of(run).sys)), decision.on},
       run.woken_by);
  run.phase = Phase::Waiting;
  run.waits = std::move(decision.keys);
  for (const WaitKey key : run.waits) waiters[key].insert(run.id);
  leave_cpu(run);
  ++run.ticket;
  if (decision.deadline >= 0) {
    agenda.add(std::max(decision.deadline, now), Happening::TimerExpires, run.id, run.ticket);
  }
  if (decision.connect_remote) {
    // The outcome is known after the way there and back.
    const OpenFile* file =
        file_of(world(), world().tasks.at(run.id), request_of(run).args[0].value);
    const std::int64_t known = remotes.at(file->socket).connected_at;
    agenda.add(known, Happening::TimerExpires, run.id, run.ticket);
  }
}

/// A pipe takes what it has room for while the writer waits with the rest (pipe(7)).
void Kernel::Impl::move_part(TaskRun& run, const Decision& decision) {
  const Request& request = request_of(run);
  SyscallDone done;
  done.task = run.id;
  done.sys = request.sys;
  done.args = request.args;
  done.ret = static_cast<std::int64_t>(decision.moved->size());
  done.data = trace.blobs.put(*decision.moved);
  run.progress += done.ret;
  Sink sink(*this, run.woken_by);
  effects(done, sink);
}

namespace {

/// An exec leaves none (it makes another table of handlers), a fork copies them.
void note_action(ActionFlags& flags, const World& world, const SyscallDone& done) {
  if (done.sys != abi::Sys::rt_sigaction || done.ret < 0 || done.args.size() < 2) return;
  const SighandId handlers = world.tasks.at(done.task).sighand;
  const Arg& act = done.args[1];
  if (act.keys.empty()) return;  // it only asked
  std::int64_t& noted = flags[{handlers, static_cast<int>(done.args[0].value)}];
  noted = 0;
  for (std::size_t i = 0; i < act.keys.size() && i < act.items.size(); ++i) {
    if (act.keys[i] == "sa_flags") noted = act.items[i].value;
  }
}
/// clone3(2): CLONE_CLEAR_SIGHAND makes the table anew (flush_signal_handlers in kernel/signal.c).
bool clears_handlers(abi::Sys sys, const std::vector<Arg>& args) {
  constexpr std::uint64_t kClearSighand = 0x100000000;
  if (sys != abi::Sys::clone3 || args.empty()) return false;
  return (static_cast<std::uint64_t>(field_number(args[0], "flags")) & kClearSighand) != 0;
}
void copy_actions(ActionFlags& flags, SighandId from, SighandId to) {
  if (from == to) return;
  std::vector<std::pair<int, std::int64_t>> copied;
  for (auto it = flags.lower_bound({from, 0}); it != flags.end() && it->first.first == from; ++it)
    copied.emplace_back(it->first.second, it->second);
  for (const auto& [signal, value] : copied) flags[{to, signal}] = value;
}

}  // namespace

/// Takes the effects of a call that returned.
void Kernel::Impl::carry_out(TaskRun& run, Decision& decision) {
  const Request& request = request_of(run);
  run.args = run.own ? run.own->args : run.context->take_args();
  name_descriptors(world(), world().tasks.at(run.id), request.sys, run.args);
  if (request.wants_filled) decision.reply.filled = decision.filled;
  for (auto& [n, arg] : decision.filled) {
    if (n < run.args.size()) run.args[n] = std::move(arg);
  }
  SyscallDone done;
  done.task = run.id;
  done.sys = request.sys;
  done.ret = decision.err == abi::Errno::kOk ? decision.ret - run.progress : decision.ret;
  done.err = decision.err;
  done.child_pids = std::move(decision.child_pids);
  if (decision.moved) done.data = trace.blobs.put(*decision.moved);
  if (decision.content) done.content = trace.blobs.put(*decision.content);
  done.content_size = decision.content_size;
  done.local_port = decision.local_port;
  done.program = std::move(decision.program);
  done.interpreter = std::move(decision.interpreter);
  done.args = std::move(run.args);
  // What runs a script gets other words than the call has.
  std::optional<Arg> words;
  if (!done.interpreter.empty()) words = std::exchange(done.args.at(1), Arg::list(decision.argv));
  done.pages = run.outside ? 0 : decision.pages;  // their memory is another machine's
  last_child = TaskId{};
  {
    Sink sink(*this, run.woken_by);
    effects(done, sink);
  }
  note_action(action_flags, world(), done);
  pass_terminal(run, done, decision.moved ? std::string_view(*decision.moved) : "");
  pass_descriptors(run, done, decision);
  if (words) done.args.at(1) = std::move(*words);
  run.args = std::move(done.args);
  for (const auto& [cgroup, index] : std::exchange(limited, {})) enforce_memory(cgroup, index);
  if (done.pages > 0) enforce_memory_of(run.id);
  if (decision.memory_full) memory_is_full(run.id, decision.memory_full);
  take_quotas();
}

/// Its result is that of the call that the signal came into; the program goes on with it.
void Kernel::Impl::return_from_handler(TaskRun& run, Decision decision) {
  --run.handlers;
  const std::int64_t ret = run.reply ? run.reply->ret : 0;
  const bool failed = ret < 0 && ret > -4096;
  decision.ret = failed ? -1 : ret;
  decision.err = failed ? static_cast<abi::Errno>(-ret) : abi::Errno::kOk;
  emit_syscall(run, decision, true);
  run.own.reset();
}

/// What clone made runs from its entry on (DESIGN §5: an entry, not a place in the code).
void Kernel::Impl::start_child(const TaskRun& run) {
  TaskRun& child = add_task(last_child, &run);
  const Request& request = request_of(run);
  if (!clears_handlers(request.sys, run.args))
    copy_actions(action_flags, world().tasks.at(run.id).sighand,
                 world().tasks.at(last_child).sighand);
  child.entry = request.entry;
  child.state = request.state;
  if (child.entry != nullptr) enqueue(child, static_cast<EventIndex>(trace.size() - 1));
}

void Kernel::Impl::finish(TaskRun& run, Decision&& decision) {
  const abi::Sys sys = request_of(run).sys;
  if (run.own && sys == abi::Sys::rt_sigreturn) {
    return_from_handler(run, std::move(decision));
    return;
  }
  const bool never_returns = sys == abi::Sys::exit || sys == abi::Sys::exit_group;
  if (never_returns) {
    run.args = request_of(run).args;
    emit_syscall(run, decision, false);
    carry_out(run, decision);
    CHECK(run.phase == Phase::Ended);
    return;
  }
  leave_fifo(run);
  if (decision.ask_remote) ask_remote(run, *decision.ask_remote);
  if (decision.take_remote > 0) {
    const OpenFile* file =
        file_of(world(), world().tasks.at(run.id), request_of(run).args[0].value);
    remotes.at(file->socket).taken += decision.take_remote;
  }
  if (decision.wake_futex) wake_futex(run);
  if (decision.reported) changes.erase(decision.reported);
  if (decision.timer) set_timer(world().tasks.at(run.id).leader, *decision.timer);
  carry_out(run, decision);
  if (decision.special) change_special(run, decision);
  decision.reply.ret =
      decision.err == abi::Errno::kOk ? decision.ret : -static_cast<std::int64_t>(decision.err);
  run.debt_ns = decision.extra_cost;
  if (last_child) start_child(run);
  if (decision.until_exec && last_child) {
    Decision wait = wait_for("child's execve or end", WaitKey{WaitKind::Exec, last_child.value});
    run.decided = std::move(decision);
    block(run, std::move(wait));
    return;
  }
  // Who is killed by then does not come back: neither the program nor a tracer sees the result.
  emit_syscall(run, decision, !is_killed(run));
  run.reply = std::move(decision.reply);
  if (decision.load != nullptr) {
    run.in_step = false;
    run.entry = decision.load->entry;
    run.state.argv = std::move(decision.argv);
    run.state.env = request_of(run).state.env;
    run.state.more.reset();
  }
}

void Kernel::Impl::emit_syscall(TaskRun& run, const Decision& decision, bool returned) {
  Syscall line;
  line.sys = request_of(run).sys;
  line.args = std::exchange(run.args, {});
  line.ret = decision.ret;
  line.err = decision.err;
  line.dur = now - run.entered;
  line.returned = returned;
  // What returned has had its descriptors named before its effects, which may close them.
  if (!returned) name_descriptors(world(), world().tasks.at(run.id), line.sys, line.args);
  emit(run.id, std::move(line), std::exchange(run.woken_by, kNoEvent));
  run.in_call = false;
}

void Kernel::Impl::wake_futex(const TaskRun& run) {
  ++futex_wakes[futex_name(world(), run.id, request_of(run).key)];
  const AddressSpaceId memory = world().tasks.at(run.id).memory;
  touched.emplace_back(WaitKey{WaitKind::Futex, memory.value},
                       static_cast<EventIndex>(trace.size()));
}

/// connect(2) to the Internet: the outcome is known after the latency.
void Kernel::Impl::start_remote(TaskRun& run, const Decision& decision) {
  const OpenFile* file = file_of(world(), world().tasks.at(run.id), request_of(run).args[0].value);
  CHECK(file != nullptr && file->socket);
  RemoteEnd end;
  end.address = *decision.connect_remote;
  std::int64_t latency_ns = 0;
  end.outcome = internet.connect(end.address, latency_ns);
  end.connected_at = now + latency_ns;
  remotes[file->socket] = std::move(end);
}

/// A request went out; its answer arrives over time. What was left of the last answer is lost.
void Kernel::Impl::ask_remote(TaskRun& run, const std::string& request) {
  const OpenFile* file = file_of(world(), world().tasks.at(run.id), request_of(run).args[0].value);
  CHECK(file != nullptr);
  RemoteEnd& end = remotes.at(file->socket);
  RemoteAnswer got = internet.ask(end.address, request);
  end.size = std::max(got.size, static_cast<std::int64_t>(got.bytes.size()));
  end.bytes = std::move(got.bytes);
  end.taken = 0;
  end.first_at = now + got.latency_ns;
  end.bytes_per_second = got.bytes_per_second;
  end.cut = got.cut;
}

}  // namespace cutaway::sim
