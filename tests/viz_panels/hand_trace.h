// A small trace made by hand, event by event: one `docker run` as the panels need it. Not what a
// simulator would write, but of the same shapes, and it never changes.
#pragma once

#include "trace/log/trace.h"

namespace cutaway::viz {

/// Writes events with running time, call ids and steps.
class TraceMaker {
 public:
  explicit TraceMaker(TraceHeader header) : trace_(std::move(header)) {}

  TraceMaker& step(std::string_view name);
  TraceMaker& as(TaskId task, ContainerId container = {});
  TraceMaker& wait(std::int64_t ns);
  EventIndex emit(Body body);
  /// A call that changed something: the effects come first, then its line.
  EventIndex call(abi::Sys sys, std::vector<Arg> args, std::int64_t ret = 0,
                  std::vector<Body> effects = {});
  EventIndex refused(abi::Sys sys, std::vector<Arg> args, abi::Errno err);

  Trace& trace() { return trace_; }
  Trace take() { return std::move(trace_); }

 private:
  Trace trace_;
  Stamp stamp_;
  std::uint32_t calls_ = 0;
};

/// docker run busybox echo hi there: 3 host tasks, one container, one refused call, a wait of 2 s.
Trace hand_trace();

}  // namespace cutaway::viz
