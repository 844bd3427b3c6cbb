// Between the tracer and the recorder of a litmus program: leaves out what the executor does of its
// own accord, and keeps who is stopped and who is alive for the supervisor.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <mutex>
#include <set>

#include "real/observe/recorder.h"
#include "real/tracer/tracer.h"

namespace cutaway::real {

class LitmusWatcher : public Observer {
 public:
  explicit LitmusWatcher(Recorder& recorder) : recorder_(recorder) {}

  /// From any thread.
  bool is_stopped(pid_t tid) const;
  /// False once its end is in the trace.
  bool is_alive(pid_t tid) const;
  /// Nothing is told any more.
  void hush() { hushed_ = true; }

  void entered(const SeenCall& call) override;
  void returned(const SeenCall& call) override;
  void forked(const SeenFork& fork) override;
  void execed(int tid, int former) override;
  void ending(const SeenEnd& end) override;
  void ended(const SeenEnd& end) override;
  void signalled(const SeenSignal& signal) override;
  void stopped(int tid, int signal) override;
  void continued(int tid) override;

 private:
  bool is_own(const SeenCall& call);

  Recorder& recorder_;
  std::atomic<bool> hushed_{false};
  mutable std::mutex mutex_;
  std::set<pid_t> stopped_, alive_;
  /// Executed files that have asked for an area, and not yet for a call: what they do between is
  /// the executor's beginning. (Used by the tracing thread alone.)
  std::set<pid_t> beginning_;
};

}  // namespace cutaway::real
