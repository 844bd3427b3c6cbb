// The recorder's state. Private to real/observe.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "real/observe/compare.h"
#include "real/observe/discover.h"
#include "real/observe/recorder.h"
#include "trace/effects/effects.h"

namespace cutaway::real {

/// A call that has not returned after this long is told as blocked, when something else happens.
inline constexpr std::int64_t kBlockedNs = 1'000'000;

/// A task that is traced.
struct SeenTask {
  int tid = 0;
  TaskId id;
  ContainerId container;
  StepId step;             ///< of the call at hand, or of the last one
  std::uint32_t word = 0;  ///< its step word at the last call
  bool has_word = false;
  bool own_program = false;  ///< it runs the container's program: its steps follow from its calls
  bool ended = false;        ///< its end is told
  bool dies = false;         ///< a signal that ends it is told

  // The call that it is in.
  std::optional<SeenCall> call;
  CallId call_id;
  bool forked = false;        ///< the child's events are told
  bool told_blocked = false;  ///< `task blocked` is told
  std::int64_t look_at = 0;   ///< when to look next whether it sleeps
  bool check_due = false;
};

struct Recorder::Impl : EffectSink {
  Impl(Trace& trace_, RecorderOptions options_);

  Trace& trace;
  RecorderOptions options;
  mutable std::mutex mutex;
  TaskId self;
  Discoverer discoverer;
  std::map<int, SeenTask> seen;       ///< by tid
  std::map<std::uint32_t, int> tids;  ///< by TaskId: those in `seen`
  std::uint32_t calls = 0;
  std::int64_t now = 0;  ///< ns of the trace's clock
  CheckCounts counts;
  std::int64_t lost = 0, lost_from = 0, lost_to = 0;

  // While events of one thing are emitted:
  SeenTask* actor = nullptr;
  How how = How::Inferred;
  int new_child = 0;  ///< tid of the child that `forked` tells of
  EventIndex cause = kNoEvent;
  std::map<std::uint32_t, EventIndex> signal_to;  ///< the signal each task was sent last
  /// Signals that effects told as ignored: the kernel will show them to the tracer all the same.
  std::set<std::pair<std::uint32_t, std::int32_t>> ignored;
  std::vector<FilesystemId> new_overlays;  ///< whose upper layers are still to be read
  std::set<std::uint32_t> made_cgroups;    ///< all their members are known

  // recorder_emit.cpp
  void emit(TaskId subject, Body&& body) override;
  const World& world() const override { return trace.head(); }
  EventIndex append(TaskId subject, Body body, How known);
  void clock_at(std::int64_t monotonic);
  std::int64_t clock() const;
  void tell_blocked();
  void note_child(TaskId id);
  void make_real(TaskId subject, Body& body);

  // recorder_calls.cpp
  SeenTask* find(int tid);
  void enter(const SeenCall& call);
  void finish_call(SeenTask& task, const SeenCall& call);
  /// `told`: the effects of the call itself are told already (a new task).
  void take_effects(SeenTask& task, SeenCall& call, bool told);
  void end_call_line(SeenTask& task);
  void own_call(ContainerId container, std::string_view step, abi::Sys sys, std::vector<Arg> args);
  StepId step_of(const SeenTask& task, const SeenCall& call);
  BlobId content_after(const SeenTask& task, const SeenCall& call);

  // recorder_tasks.cpp
  TaskId adopt(int pid, Role role, ContainerId container);
  TaskId client_begins(int tid);
  void fork(const SeenFork& fork);
  void exec(int tid, int former);
  void end(const SeenEnd& end);
  void gone(const SeenEnd& end);
  bool traced_alive(TaskId task) const;

  // recorder_signals.cpp
  void act_on(SeenTask& task, std::int32_t signal, TaskId from, const char* rule);
  bool by_its_own_process(const SeenTask& task) const;
  TaskId with_pending(const SeenTask& task, std::int32_t signal) const;

  // recorder_check.cpp
  /// `half_seen`: death kept it from returning from a call that may have done its work. The World
  /// is put right then, and nothing was wrong with it.
  void check(SeenTask& task, bool half_seen = false);
  void note_differences(const SeenTask& task, const std::vector<Difference>& differences);
  Unsettled unsettled(const SeenTask& task) const;
};

/// Sets actor and how for as long as it lives.
class Acting {
 public:
  Acting(Recorder::Impl& impl, SeenTask* actor, How how);
  ~Acting();
  Acting(const Acting&) = delete;
  Acting& operator=(const Acting&) = delete;

 private:
  Recorder::Impl& impl_;
  SeenTask* actor_;
  How how_;
};

}  // namespace cutaway::real
