// Recorder: turns what a tracer sees into the events of a Trace. Before the run:
//
//   TRY_ASSIGN(World world, read_world({}));
//   Trace trace(real_header(world, {"docker run …"}));
//   begin_trace(trace, std::move(world));
//   Recorder recorder(trace, options);
//   recorder.adopt(shim_pid, Role::Shim, container);   // after fork, before it is traced
//   tracer.attach(shim_pid); tracer.step_word(…); tracer.run(recorder);
//   recorder.finish();
//
// All methods may be called from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "real/tracer/tracer.h"
#include "trace/log/trace.h"

namespace cutaway::real {

struct RecorderOptions {
  /// What is 0 ns in the trace, as CLOCK_MONOTONIC; −1: when the recorder is made.
  std::int64_t start = -1;
  /// Names of steps by the word in a task's step page; "" and what lies outside: no step.
  std::vector<std::string> steps;
  /// Compare the World with /proc at each step's end and correct it.
  bool check = true;
  /// The clock, ns; for tests. Empty: CLOCK_MONOTONIC.
  std::function<std::int64_t()> clock;
};

/// What the comparisons of the World with /proc came to.
struct CheckCounts {
  std::int64_t checks = 0;       ///< how often a task was compared
  std::int64_t differences = 0;  ///< single values that differed
  std::int64_t corrections = 0;  ///< snapshots that corrected the World
};

class Recorder : public Observer {
 public:
  /// `trace` has begun (snapshot.h) and outlives the recorder.
  Recorder(Trace& trace, RecorderOptions options);
  ~Recorder() override;

  // ---- told by the engine

  /// A child of this process that has been forked and waits to be traced: it enters the World as
  /// it stands in /proc. A child that a traced task makes needs none: who it is follows from its
  /// parent (a shim's child is the runtime; the runtime's child with number 1 in a namespace of
  /// its own is init, another one in there an exec; init is the workload from its execve on).
  TaskId adopt(int pid, Role role, ContainerId container);
  /// A task that the World has already, and that is traced from here on (one that ran before).
  void follow(int tid, ContainerId container);
  /// A fact of the engine itself. `who`: none, or a task (self(), task_of()).
  EventIndex tell(TaskId who, ContainerId container, std::string_view step, Body body,
                  How how = How::Seen);
  /// A system call that this process itself made, after it went well: its line and its effects.
  void did(ContainerId container, std::string_view step, abi::Sys sys, std::vector<Arg> args);
  /// Bytes that events of the engine refer to.
  BlobId keep(std::string_view bytes);
  /// Just before the engine itself sends a signal (through a pidfd, say) to a traced task.
  void sends(int pid, int signal, const char* rule);
  /// A thread of this process begins to be a client of its own: it enters the World. And ends.
  TaskId client_begins(int tid);
  void client_ends(TaskId client);
  /// This process in the World.
  TaskId self() const;
  /// The task with this host-side number that lives (or is a zombie), or none.
  TaskId task_of(int tid) const;
  /// Runs `f` while no event can be added: reads of trace.head() from another thread.
  void locked(const std::function<void(const Trace&)>& f) const;
  /// What was told until now becomes what is: the trace begins anew, with the World as it stands as
  /// its first event and its time from here on. Tasks and their calls go on.
  void begin_anew(TraceHeader header);
  /// The end of the run: a last comparison, and the note with the statistics.
  void finish();
  CheckCounts checks() const;

  // ---- told by the tracer

  void entered(const SeenCall& call) override;
  void returned(const SeenCall& call) override;
  void forked(const SeenFork& fork) override;
  void execed(int tid, int former) override;
  void ending(const SeenEnd& end) override;
  void ended(const SeenEnd& end) override;
  void signalled(const SeenSignal& signal) override;
  void stopped(int tid, int signal) override;
  void continued(int tid) override;

  struct Impl;  ///< real/observe/recorder_impl.h

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace cutaway::real
