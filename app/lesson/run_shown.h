// The runs of a lesson in the simulator.
#pragma once

#include "base/result.h"
#include "lessons/play.h"

namespace cutaway::app {

/// Runs what the lesson shows, and shows it.
Status run_shown(lessons::Play& play);

}  // namespace cutaway::app
