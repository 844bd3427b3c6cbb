// The loop over stops. Which stop it is: stops.cpp; calls: calls.cpp; new tasks: forks.cpp; the way
// out: detach.cpp.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <csignal>
#include <unordered_set>

#include "real/tracer/ptrace/bell.h"
#include "real/tracer/ptrace/requests.h"
#include "real/tracer/ptrace/tracee.h"

struct ptrace_syscall_info;

namespace cutaway::real {

class PtraceTracer : public Tracer {
 public:
  explicit PtraceTracer(TracerOptions options);
  ~PtraceTracer() override;

  Status attach(int pid) override;
  Status seize(int pid) override;
  void step_word(int tid, const volatile std::uint32_t* word) override;
  Status run(Observer& observer) override;
  void release(int tid) override;
  void stop() override;

 private:
  // ptrace_tracer.cpp
  Status on_tracing_thread(const Requests::Work& work);
  Status take(int tid);
  Status take_all_threads(int pid);
  bool next_change(siginfo_t& info);
  bool look_at_each(siginfo_t& info);
  void change(const siginfo_t& info);
  void handle(int tid, int status);
  void stay(int tid, int status);
  static int status_of(const siginfo_t& info);
  static int take_status(int tid);
  // stops.cpp
  void stopped(Tracee& tracee, int status);
  void event(Tracee& tracee, int event, int signal);
  void event_stop(Tracee& tracee, int signal);
  void signal_stop(Tracee& tracee, int signal);
  void let_it_die(const Tracee& tracee, int signal);
  void execed(Tracee& tracee);
  void ending(const Tracee& tracee);
  void ended(int tid, int status);
  // calls.cpp
  void syscall_stop(Tracee& tracee, int status);
  void entry(Tracee& tracee, const ptrace_syscall_info& info);
  void exit(Tracee& tracee, const ptrace_syscall_info& info);
  void returned(Tracee& tracee, std::int64_t value, bool is_error);
  void enter(Tracee& tracee);
  static void note_action(const Tracee& tracee);
  void broken_off(Tracee& tracee, int signal);
  // forks.cpp
  void forked(Tracee& parent);
  void announce(Tracee& child, Tracee& parent);
  void first_stop(Tracee& child, int status);
  void adopt_orphans();
  // detach.cpp
  void detach_all();

  static constexpr int kNoStatus = -1;
  static constexpr int kSyscallStatus = (SIGTRAP | 0x80) << 8 | 0x7f;

  TracerOptions options_;
  Bell bell_;
  Requests requests_;
  Tracees tracees_;
  /// The last task that was killed in a clone, before its fork event.
  Tracee dead_cloner_;
  std::size_t unannounced_ = 0;
  /// Children of ours that were let go to their end, which is told already.
  std::unordered_set<int> left_;
  Observer* observer_ = nullptr;
  pid_t thread_ = 0;  ///< the tracing thread's tid
  std::atomic<bool> stopping_{false};
};

}  // namespace cutaway::real
