// Tracer: the port through which system calls of real tasks are seen. It knows tasks by the numbers
// that this process sees (host side), and nothing of the World: what a call means there is the
// business of real/observe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "trace/abi/abi.h"
#include "trace/event/arg.h"

namespace cutaway::real {

/// One system call of one task, from its entry on. Times are ns of CLOCK_MONOTONIC.
///
/// A call that a signal interrupts and that then goes on is one call. One whose task runs a handler
/// has returned EINTR; where the handler was set with SA_RESTART it has no answer: the kernel makes
/// the call again after the handler, and that is a call of its own here. (What was set before the
/// task was traced is not known: EINTR.)
struct SeenCall {
  int tid = 0;
  /// none: not a call of the 64-bit table (int 0x80, x32, or a number that nobody knows); it then
  /// has no arguments.
  abi::Sys sys = abi::Sys::none;
  std::vector<Arg> args;  ///< in the order of the shape (trace/event/shape.h)
  std::int64_t ret = 0;   ///< −1 on error
  abi::Errno err = abi::Errno::kOk;
  std::int64_t entered = 0, returned_at = 0;
  bool returned = false;  ///< false at entry, and for good when the task ended in the call
  /// read, write and their kin: the bytes that moved, up to `data_max` of the tracer's options.
  std::string data;
  /// The word that the task's step page held when the call was entered (see TracerOptions).
  std::uint32_t step = 0;
  /// Results that come by pointer and that a reader wants as numbers: pipe2's and socketpair's
  /// descriptors, wait4's status, waitid's status and pid, clone's pidfd (CLONE_PIDFD), the
  /// descriptors that recvmsg brought.
  std::vector<std::int64_t> out;
};

/// How a task came to be.
struct SeenFork {
  /// The parent was known; but it may have ended already (killed in its clone), and be 0 when a
  /// task was in the middle of a clone as it joined.
  int parent = 0, child = 0;
  SeenCall call;  ///< the clone, fork or vfork, not yet returned; sys none: not known
};

enum class EndKind : std::uint8_t { Exited, Killed };
struct SeenEnd {
  int tid = 0;
  EndKind kind = EndKind::Exited;
  int code = 0;    ///< Exited
  int signal = 0;  ///< Killed
  bool core = false;
  std::int64_t at = 0;
};

struct SeenSignal {
  int tid = 0;
  int signal = 0;
  /// The sender's pid as the receiver's pid namespace shows it; 0: the kernel, or from outside of
  /// it.
  int sender = 0;
  std::int64_t at = 0;
};

/// What a tracer tells, in the order in which it sees it. While one of these runs, the task is
/// stopped at that point, and only that task: its /proc entry can be read.
class Observer {
 public:
  virtual ~Observer() = default;
  /// The call has not begun: paths in its arguments still lead where the call will find them.
  virtual void entered(const SeenCall& call) = 0;
  /// `call.returned` false: it never will, the kernel makes it again after a handler.
  virtual void returned(const SeenCall& call) = 0;
  /// The child exists and has not run yet (it waits until this returns).
  virtual void forked(const SeenFork& fork) = 0;
  /// execve went well; `former` is the tid that called it (≠ tid when a thread that is not the
  /// leader did). `returned` of the execve comes after it.
  virtual void execed(int tid, int former) = 0;
  /// About to end: the last moment at which its /proc entry can be read in full. A task that is
  /// killed may end without it.
  virtual void ending(const SeenEnd& end) = 0;
  /// It has ended; its parent cannot know before this returns. (A child of this process is reaped
  /// by the tracer: this is where its status is told.)
  virtual void ended(const SeenEnd& end) = 0;
  /// The signal is about to be acted on: by a handler, by its default action, or by nothing.
  virtual void signalled(const SeenSignal& signal) = 0;
  virtual void stopped(int tid, int signal) = 0;  ///< group-stop
  virtual void continued(int tid) = 0;
  /// Asked before a task enters a call, and before `entered`. True: the task is held at this point
  /// until release(); then `entered` comes.
  virtual bool hold(const SeenCall&) { return false; }
};

struct TracerOptions {
  std::uint64_t data_max = 65536;  ///< bytes of a buffer that SeenCall::data keeps
  /// When this process dies, what it traces is killed (PTRACE_O_EXITKILL). Else it goes on.
  bool kill_with_tracer = false;
};

/// Traces a process tree from before its first instruction. One thread owns a tracer: the one that
/// attached first (ptrace(2): requests must come from the tracing thread); it calls run(). While
/// run() runs, the other methods may be called from any thread, and from observers.
///
/// No other thread of this process may wait for traced tasks (a wait for any child included, unless
/// with __WNOTHREAD): it would take their stops away. Children that are not traced are left alone.
class Tracer {
 public:
  virtual ~Tracer() = default;
  /// Takes a child of ours that waits stopped (or blocked on a pipe) before its execve. From then
  /// on it runs no instruction unseen. Who let it wait lets it go on.
  virtual Status attach(int pid) = 0;
  /// A running process that joins what is traced, with all its threads (exec, --pid N).
  virtual Status seize(int pid) = 0;
  /// Where a task's current step stands: a word in memory shared with the task (the runtime writes
  /// it before each step). Read at each entry, so it stays mapped while the task is traced.
  /// Inherited by children; execve ends it. Null: none.
  virtual void step_word(int tid, const volatile std::uint32_t* word) = 0;
  /// Runs until no traced task is left, or stop() was called (from another thread, or an observer).
  virtual Status run(Observer& observer) = 0;
  /// Lets a held task go on (from any thread).
  virtual void release(int tid) = 0;
  /// Detaches from all tasks, which then go on untraced; `run` returns.
  virtual void stop() = 0;
};

/// The ptrace(2) implementation.
std::unique_ptr<Tracer> make_ptrace_tracer(TracerOptions options = {});

}  // namespace cutaway::real
