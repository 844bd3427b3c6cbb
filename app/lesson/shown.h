// The run that a lesson shows, and its timeline.
#pragma once

#include <memory>

#include "app/lesson/player.h"
#include "scenarios/runner.h"
#include "scenarios/timeline.h"
#include "sim/simulator.h"

namespace cutaway::app {

struct LessonPlayer::Shown {
  std::unique_ptr<sim::Simulator> side;
  std::unique_ptr<scenarios::TraceTimeline> run;
};

}  // namespace cutaway::app
