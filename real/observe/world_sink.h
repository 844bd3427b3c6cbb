// A sink that applies events to a World of its own: the World before the trace begins.
#pragma once

#include <utility>

#include "trace/effects/effects.h"

namespace cutaway::real {

class WorldSink : public EffectSink {
 public:
  explicit WorldSink(World& world) : world_(world) {}
  void emit(TaskId subject, Body&& body) override {
    Event event;
    event.stamp.task = subject;
    event.body = std::move(body);
    evolve(world_, event);
  }
  const World& world() const override { return world_; }

 private:
  World& world_;
};

}  // namespace cutaway::real
