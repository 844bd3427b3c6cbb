// Where the effects of one call go: into the trace, each with the event that caused it.
#pragma once

#include <map>

#include "sim/kernel/kernel_impl.h"
#include "trace/effects/effects.h"

namespace cutaway::sim {

class Sink : public EffectSink {
 public:
  /// `cause`: what led to the call itself, where known (a signal that ends a task).
  explicit Sink(Kernel::Impl& kernel, EventIndex cause = kNoEvent)
      : kernel_(kernel), cause_(cause) {}

  void emit(TaskId subject, Body&& body) override;
  const World& world() const override;
  Walk look_up(const Task& task, std::string_view path, LastLink last,
               const Location* from) override;

 private:
  Kernel::Impl& kernel_;
  EventIndex cause_;
  EventIndex exit_ = kNoEvent;              ///< the task end that the following events stem from
  std::map<TaskId, EventIndex> signal_to_;  ///< the signal that each task was sent last
};

}  // namespace cutaway::sim
