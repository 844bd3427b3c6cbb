#include "real/tracer/ptrace/ptrace_tracer.h"

#include <dirent.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "base/text.h"
#include "real/sys/files.h"
#include "real/tracer/ptrace/proc.h"
#include "real/tracer/ptrace/ptrace.h"

namespace cutaway::real {

namespace {

pid_t this_thread() { return static_cast<pid_t>(::syscall(SYS_gettid)); }

constexpr int kAnyStop = WEXITED | WSTOPPED | __WALL | __WNOTHREAD;

/// 0 in `info.si_pid`: nothing to see.
bool peek(idtype_t type, int id, siginfo_t& info, int options) {
  info.si_pid = 0;
  return ::waitid(type, static_cast<id_t>(id), &info, kAnyStop | WNOWAIT | options) == 0;
}

}  // namespace

PtraceTracer::PtraceTracer(TracerOptions options)
    : options_(options), requests_([this] { bell_.ring(); }) {}

PtraceTracer::~PtraceTracer() {
  if (!tracees_.empty() && thread_ == this_thread()) detach_all();
}

/// Here and now when this is the tracing thread (or there is none yet), else by it.
Status PtraceTracer::on_tracing_thread(const Requests::Work& work) {
  if (requests_.is_open() && thread_ != this_thread()) return requests_.ask(work);
  if (thread_ == 0) thread_ = this_thread();
  if (thread_ != this_thread())
    return fail(ErrorCode::Failed, "trace: another thread has attached, and it does not run");
  return work();
}

Status PtraceTracer::attach(int pid) {
  return on_tracing_thread([this, pid] { return take(pid); });
}

Status PtraceTracer::seize(int pid) {
  return on_tracing_thread([this, pid] { return take_all_threads(pid); });
}

void PtraceTracer::step_word(int tid, const volatile std::uint32_t* word) {
  const auto set = [this, tid, word]() -> Status {
    const auto found = tracees_.find(tid);
    if (found != tracees_.end()) found->second.step = word;
    return {};
  };
  (void)on_tracing_thread(set);
}

/// PTRACE_SEIZE alone stops nothing; PTRACE_INTERRUPT makes it stop before its next instruction (a
/// call in which it waits is broken off, and made again afterwards).
Status PtraceTracer::take(int tid) {
  const int error = ptrace::seize(tid, options_.kill_with_tracer);
  if (error != 0) {
    const auto code = error == EPERM ? ErrorCode::Cannot : ErrorCode::Failed;
    return fail(code, os_error("ptrace(PTRACE_SEIZE)", "task " + decimal(tid), error).message);
  }
  ptrace::interrupt(tid);
  Tracee& tracee = tracees_[tid];
  tracee.tid = tid;
  tracee.announced = true;
  return {};
}

/// New threads of a thread that is traced are traced; those of one that is not yet come in the next
/// look.
Status PtraceTracer::take_all_threads(int pid) {
  bool more = true;
  bool any = false;
  Status first;
  while (more) {
    more = false;
    for (const int tid : threads_of(pid)) {
      if (tracees_.count(tid) != 0) continue;
      const Status taken = take(tid);
      more = more || taken.has_value();
      any = any || taken.has_value();
      if (!taken && first) first = taken;
    }
  }
  if (any) return {};
  if (first) return fail(ErrorCode::Failed, "trace: there is no process " + decimal(pid));
  return first;
}

Status PtraceTracer::run(Observer& observer) {
  if (thread_ == 0) thread_ = this_thread();
  if (thread_ != this_thread())
    return fail(ErrorCode::Failed, "trace: run() belongs to the thread that attached");
  TRY(bell_.hang());
  observer_ = &observer;
  requests_.open();
  while (true) {
    requests_.serve();
    if (stopping_ || tracees_.empty()) break;
    siginfo_t info{};
    if (next_change(info)) change(info);
  }
  if (stopping_.exchange(false)) detach_all();
  requests_.close();
  observer_ = nullptr;
  return {};
}

/// Waits until some task has something to tell; it is only looked at, not taken. False: look again.
///
/// All children of this thread come by here, not only traced ones. What is not ours stays as it is
/// for whoever waits for it; but it would be the answer again and again, so meanwhile each traced
/// task is asked by itself.
bool PtraceTracer::next_change(siginfo_t& info) {
  if (!peek(P_ALL, 0, info, 0)) return false;
  if (bell_.is(info.si_pid)) {
    bell_.silence();
    return false;
  }
  if (left_.erase(info.si_pid) != 0) {
    (void)take_status(info.si_pid);
    return false;
  }
  // A new task may stop, or be killed, before its parent's fork event is seen.
  return tracees_.count(info.si_pid) != 0 || info.si_code == CLD_TRAPPED ||
         traced_by(info.si_pid, ::getpid()) || look_at_each(info);
}

bool PtraceTracer::look_at_each(siginfo_t& info) {
  bell_.silence();
  for (const auto& [tid, tracee] : tracees_) {
    (void)tracee;
    if (peek(P_PID, tid, info, WNOHANG) && info.si_pid != 0) return true;
  }
  const timespec pause{0, 500'000};
  ::nanosleep(&pause, nullptr);
  return false;
}

/// The kernel's word for it, as waitpid(2) gives it.
int PtraceTracer::status_of(const siginfo_t& info) {
  if (info.si_code == CLD_EXITED) return (info.si_status & 0xff) << 8;
  if (info.si_code == CLD_KILLED) return info.si_status & 0x7f;
  if (info.si_code == CLD_DUMPED) return (info.si_status & 0x7f) | 0x80;
  return info.si_status << 8 | 0x7f;
}

/// Takes the status that was looked at. Another one than that: it was killed meanwhile.
int PtraceTracer::take_status(int tid) {
  int status = 0;
  return ::waitpid(tid, &status, __WALL | __WNOTHREAD | WNOHANG) == tid ? status : kNoStatus;
}

/// An end is told before it is taken: the parent cannot know of it before. Stops at calls, the
/// many, are over when the task goes on, and need not be taken. All others are: after the exec of a
/// thread ptrace(2) refuses everything until its stop was taken (kernel/ptrace.c,
/// looks_like_a_spurious_pid).
void PtraceTracer::change(const siginfo_t& info) {
  const int tid = info.si_pid, status = status_of(info);
  const bool at_call = status == kSyscallStatus;
  const int taken = WIFSTOPPED(status) && !at_call ? take_status(tid) : status;
  if (taken != kNoStatus) handle(tid, taken);
  if (!WIFSTOPPED(status)) (void)take_status(tid);
}

void PtraceTracer::handle(int tid, int status) {
  if (!WIFSTOPPED(status)) {
    ended(tid, status);
    return;
  }
  Tracee& tracee = tracees_[tid];
  tracee.tid = tid;
  // A thread execs for a leader that was not there to be attached.
  if (status >> 16 == PTRACE_EVENT_EXEC) tracee.announced = true;
  if (tracee.announced)
    stopped(tracee, status);
  else
    first_stop(tracee, status);
}

/// For a task that stays in its stop: it would be looked at again and again.
void PtraceTracer::stay(int tid, int status) {
  const int now = take_status(tid);
  if (now != kNoStatus && now != status) handle(tid, now);
}

void PtraceTracer::release(int tid) {
  requests_.post([this, tid]() -> Status {
    const auto found = tracees_.find(tid);
    if (found == tracees_.end() || !found->second.held) return {};
    found->second.held = false;
    enter(found->second);
    ptrace::go_on(tid);
    return {};
  });
}

void PtraceTracer::stop() {
  stopping_ = true;
  requests_.post([]() -> Status { return {}; });
}

std::unique_ptr<Tracer> make_ptrace_tracer(TracerOptions options) {
  return std::make_unique<PtraceTracer>(options);
}

}  // namespace cutaway::real
